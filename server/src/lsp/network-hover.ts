import { getNetworkHover } from '../engine/network-hover';
import type { Span } from '../text/span';
import type { OpenDocument } from './documents';
import type { Session } from './session';

/** What a hover says of a NetworkPolicy at an offset; undefined where none is named. */
export function hoverPolicy(
  { project, documents, configuration }: Session,
  { key }: OpenDocument,
  offset: number,
): { readonly text: string; readonly span: Span } | undefined {
  if (configuration.isExcluded(key)) return undefined;
  const found = getNetworkHover(project, key, offset, (uri) => documents.get(uri)?.uri ?? uri);
  return found && { text: found.markdown, span: found.span };
}
