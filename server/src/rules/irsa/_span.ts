import type { Ref } from '../../syntax/ref';
import type { Span } from '../../text/span';

/** The text of a value without its quotes; the ref's own anchor where it is no scalar that is written in this place. */
export function getTextSpan(ref: Ref): Span {
  const { anchor, scalar } = ref;
  if (!scalar || anchor.start !== scalar.span.start) return anchor;
  const isQuoted = scalar.style === 'double-quoted' || scalar.style === 'single-quoted';
  if (scalar.style === 'literal') return toContent(ref.tree.text, anchor);
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

/** The lines of a here-document of Terraform, without the words around them and the blanks beside them. */
function toContent(text: string, span: Span): Span {
  const written = text.slice(span.start, span.end);
  const [header] = /^<<-?\w+[^\n]*\n/.exec(written) ?? [];
  if (header === undefined) return span;
  const content = written.slice(header.length, Math.max(header.length, written.lastIndexOf('\n')));
  const start = span.start + header.length + (content.length - content.trimStart().length);
  const end = start + content.trim().length;
  return end > start ? { start, end } : span;
}
