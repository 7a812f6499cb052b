import { type FailingWorkload, getNamespaceLabelReport } from '../engine/namespace-hover';
import { LineIndex } from '../text/line-index';
import type { Span } from '../text/span';
import type { OpenDocument } from './documents';
import { toNamespaceHoverText } from './namespace-hover-text';
import type { Session } from './session';

/** What a hover says of the Pod Security label at an offset; undefined where there is none. */
export function hoverNamespaceLabel(
  session: Session,
  { key }: OpenDocument,
  offset: number,
): { readonly text: string; readonly span: Span } | undefined {
  if (session.configuration.isExcluded(key)) return undefined;
  const report = getNamespaceLabelReport(session.project, key, offset);
  return report && { text: toNamespaceHoverText(report, (one) => toLink(session, one)), span: report.span };
}

/** The line of a workload in its file, in the form that editors follow. */
function toLink({ project, documents }: Session, { place, uri }: FailingWorkload): string | undefined {
  const found = project.locate(place);
  if (!found) return undefined;
  const open = documents.get(uri);
  const lines = open?.text ?? new LineIndex(found.source.text);
  const { line } = lines.positionAt(found.start + found.ref.get('metadata', 'name').anchor.start);
  return `${open?.uri ?? uri}#L${line + 1}`;
}
