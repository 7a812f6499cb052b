import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { guardRequest } from './guard';
import { toHoverText } from './hover-text';
import type { Session } from './session';
import { toRange } from './to-proto';

/** Answers textDocument/hover on what a finding underlines, and stays silent elsewhere. */
export function registerHover({
  connection,
  log,
  features,
  documents,
  reports,
  project,
  configuration,
  getDocsUrl,
}: Session): void {
  connection.onHover(
    guardRequest(
      log,
      'textDocument/hover',
      (): Hover | null => null,
      async ({ textDocument, position }: HoverParams) => {
        const document = documents.find(textDocument.uri);
        if (!document) return null;
        await configuration.prepare(document.key, document.uri);
        const offset = document.text.offsetAt(position);
        const found = reports
          .check(document)
          ?.findings.filter(({ span }) => span.start <= offset && offset <= span.end)
          .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
        const [first] = found ?? [];
        if (!found || !first) return null;
        const isMarkdown = features.hasMarkdownHover;
        return {
          contents: {
            kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
            value: toHoverText(found, project.rules, getDocsUrl),
          },
          range: toRange(first.span, document.text),
        };
      },
    ),
  );
}
