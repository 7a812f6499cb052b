import { getAccountHover } from '../engine/account-hover';
import type { Span } from '../text/span';
import type { OpenDocument } from './documents';
import type { Session } from './session';

/** What a hover says of the pods and the IAM role of the ServiceAccount meant at an offset; undefined where none is. */
export function hoverAccount(
  { project, documents, configuration }: Session,
  { key }: OpenDocument,
  offset: number,
): { readonly text: string; readonly span: Span } | undefined {
  if (configuration.isExcluded(key)) return undefined;
  const found = getAccountHover(project, key, offset, (uri) => documents.get(uri)?.uri ?? uri);
  return found && { text: found.markdown, span: found.span };
}
