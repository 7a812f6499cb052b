import type { Edit } from '../../text/edit';
import { getLineEnd, getLineStart, getNextLine } from '../../text/lines';
import type { Span } from '../../text/span';
import { skipTrivia } from '../comments';
import type { MappingNode, Tree } from '../node';

/** The edit that takes a block such as `statement { … }` away; undefined where `span` is no block of this type. */
export function planBlockRemove(tree: Tree, span: Span, type: string): Edit[] | undefined {
  const written = tree.text.slice(span.start, span.end);
  const isBlock = written.startsWith(type) && /^\s*\{/.test(written.slice(type.length)) && written.endsWith('}');
  return isBlock ? [{ span: toLines(tree, span), newText: '' }] : undefined;
}

/** The edit that takes an entry of an object between braces away, with the comma behind or before it. */
export function planEntryRemove(tree: Tree, object: MappingNode, key: string): Edit[] | undefined {
  const { text } = tree;
  const index = object.pairs.findIndex((pair) => pair.key === key);
  const pair = object.pairs[index];
  if (!pair?.value || text[object.span.start] !== '{') return undefined;
  const { start } = pair.keySpan;
  const comma = skipTrivia(tree, pair.value.span.end);
  if (text[comma] === ',') {
    const end = comma + 1 + (/^[ \t]*/.exec(text.slice(comma + 1))?.[0].length ?? 0);
    return [{ span: isAlone(tree, { start, end }) ? toLines(tree, { start, end }) : { start, end }, newText: '' }];
  }
  const own = { start, end: pair.value.span.end };
  const before = object.pairs[index - 1]?.value;
  if (isAlone(tree, own) || !before) return [{ span: toLines(tree, own), newText: '' }];
  return [{ span: { start: before.span.end, end: own.end }, newText: '' }];
}

/** The lines of a span where nothing else is on them, with the blank line before; else the span itself. */
function toLines(tree: Tree, span: Span): Span {
  const { text } = tree;
  if (!isAlone(tree, span)) return span;
  const from = getLineStart(text, span.start);
  const before = getLineStart(text, Math.max(0, from - 1));
  const isBlankBefore = from > 0 && text.slice(before, from).trim() === '';
  return { start: isBlankBefore ? before : from, end: getNextLine(text, span.end) };
}

/** True when nothing but a comment stands on the lines of a span beside it. */
function isAlone(tree: Tree, { start, end }: Span): boolean {
  const { text } = tree;
  const isFirst = text.slice(getLineStart(text, start), start).trim() === '';
  return isFirst && skipTrivia(tree, end) >= getLineEnd(text, end);
}
