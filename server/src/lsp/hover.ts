import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { hoverAccount } from './account-hover';
import type { OpenDocument } from './documents';
import { guardRequest } from './guard';
import { toHoverText } from './hover-text';
import { hoverNamespaceLabel } from './namespace-hover';
import { hoverPolicy } from './network-hover';
import { hoverRights } from './rbac-hover';
import type { Session } from './session';
import { toRange } from './to-proto';

/** Answers textDocument/hover on findings, Pod Security labels, network policies, ServiceAccounts and whoever has rights, and stays silent elsewhere. */
export function registerHover(session: Session): void {
  const { connection, log, documents, configuration } = session;
  connection.onHover(
    guardRequest(
      log,
      'textDocument/hover',
      (): Hover | null => null,
      async ({ textDocument, position }: HoverParams) => {
        const document = documents.find(textDocument.uri);
        if (!document) return null;
        await configuration.prepare(document.key, document.uri);
        return toHover(session, document, document.text.offsetAt(position));
      },
    ),
  );
}

function toHover(session: Session, document: OpenDocument, offset: number): Hover | null {
  const { features, reports, project, getDocsUrl } = session;
  const findings = (reports.check(document)?.findings ?? [])
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  const label = hoverNamespaceLabel(session, document, offset);
  const account = hoverAccount(session, document, offset);
  const rights = hoverRights(session, document, offset);
  const policy = hoverPolicy(session, document, offset);
  const span = findings[0]?.span ?? label?.span ?? account?.span ?? rights?.span ?? policy?.span;
  if (!span) return null;
  const explained = findings.length > 0 ? toHoverText(findings, project.rules, getDocsUrl) : undefined;
  const parts = [explained, label?.text, rights?.text, account?.text, policy?.text];
  return {
    contents: {
      kind: features.hasMarkdownHover ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: parts.filter((part) => part !== undefined).join('\n\n---\n\n'),
    },
    range: toRange(span, document.text),
  };
}
