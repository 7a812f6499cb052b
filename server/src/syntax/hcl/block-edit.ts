import type { Edit } from '../../text/edit';
import { getLineEnd, getLineStart, getNextLine } from '../../text/lines';
import type { Span } from '../../text/span';
import type { Node, Tree } from '../node';

/** The edit that takes a block such as `statement { … }` away; undefined where `node` is no block of this type. */
export function planBlockRemove(tree: Tree, node: Node | undefined, type: string): Edit[] | undefined {
  if (node?.type !== 'mapping') return undefined;
  const written = tree.text.slice(node.span.start, node.span.end);
  const isBlock = written.startsWith(type) && /^\s*\{/.test(written.slice(type.length)) && written.endsWith('}');
  return isBlock ? [{ span: toLines(tree.text, node.span), newText: '' }] : undefined;
}

/** The lines of a span where nothing else is on them, with the blank line before or behind; else the span itself. */
function toLines(text: string, { start, end }: Span): Span {
  const from = getLineStart(text, start);
  const isAlone = text.slice(from, start).trim() === '' && text.slice(end, getLineEnd(text, end)).trim() === '';
  if (!isAlone) return { start, end };
  const to = getNextLine(text, end);
  const before = getLineStart(text, Math.max(0, from - 1));
  const isBlankBefore = from > 0 && text.slice(before, from).trim() === '';
  return { start: isBlankBefore ? before : from, end: to };
}
