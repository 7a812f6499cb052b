import type { Ref } from '../../syntax/ref';
import type { Span } from '../../text/span';

/** The text of a value without its quotes; the ref's own anchor where it is no scalar that is written in this place. */
export function getTextSpan(ref: Ref): Span {
  const { anchor, scalar } = ref;
  if (!scalar || anchor.start !== scalar.span.start) return anchor;
  const isQuoted = scalar.style === 'double-quoted' || scalar.style === 'single-quoted';
  return isQuoted ? withoutQuotes(ref.tree.text, anchor) : anchor;
}

/** The text of a key without its quotes; the ref's anchor where no key is written in this place. */
export function getKeySpan(ref: Ref): Span {
  const { keySpan, tree } = ref;
  if (!keySpan) return ref.anchor;
  const isQuoted = /^(\\?".*"|'.*')$/s.test(tree.text.slice(keySpan.start, keySpan.end));
  return isQuoted ? withoutQuotes(tree.text, keySpan) : keySpan;
}

/** In JSON that is written inside a quoted string, the quotes are escaped. */
function withoutQuotes(text: string, span: Span): Span {
  const width = text.startsWith('\\"', span.start) ? 2 : 1;
  return span.end - span.start > 2 * width ? { start: span.start + width, end: span.end - width } : span;
}
