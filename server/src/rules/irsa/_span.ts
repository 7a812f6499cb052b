import type { Ref } from '../../syntax/ref';
import type { Span } from '../../text/span';

/** The text of a value without its quotes; the ref's own anchor where it is no scalar that is written in this place. */
export function getTextSpan(ref: Ref): Span {
  const { anchor, scalar } = ref;
  if (!scalar || anchor.start !== scalar.span.start) return anchor;
  const isQuoted = scalar.style === 'double-quoted' || scalar.style === 'single-quoted';
  return isQuoted && anchor.end - anchor.start > 2 ? { start: anchor.start + 1, end: anchor.end - 1 } : anchor;
}

/** The text of a key without its quotes; the ref's anchor where no key is written in this place. */
export function getKeySpan(ref: Ref): Span {
  const { keySpan, tree } = ref;
  if (!keySpan) return ref.anchor;
  const isQuoted = /^(".*"|'.*')$/s.test(tree.text.slice(keySpan.start, keySpan.end));
  return isQuoted && keySpan.end - keySpan.start > 2 ? { start: keySpan.start + 1, end: keySpan.end - 1 } : keySpan;
}
