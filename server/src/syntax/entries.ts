import { getLineStart } from '../text/lines';
import { skipTrivia } from './comments';
import type { MappingNode, Node, SequenceNode, Tree } from './node';

/** Where the parts of one entry of a mapping or one item of a sequence stand in the text. */
export interface Entry {
  /** The dash of a block item; else the key or the value, its anchor and tag included. */
  readonly start: number;
  /** Past the colon or dash and the anchor and tag of the value: where a value that is missing would be written. */
  readonly valueFrom: number;
  readonly hasColon: boolean;
  readonly hasAnchor: boolean;
  readonly hasTag: boolean;
  readonly value: Node | undefined;
  /** Past the last code unit of the value, comments and line breaks after it excluded. */
  readonly end: number;
}

/** True for a collection between brackets; the `b: c` in `[b: c]` is flow but has no brackets of its own. */
export function hasBrackets(tree: Tree, node: MappingNode | SequenceNode): boolean {
  return node.isFlow && tree.text[node.span.start] === (node.type === 'mapping' ? '{' : '[');
}

/**
 * The entries of a collection in source order. Undefined when their places cannot be told for sure: explicit `? key` entries.
 */
export function getEntries(tree: Tree, node: MappingNode | SequenceNode): Entry[] | undefined {
  const { text } = tree;
  const entries: Entry[] = [];
  let at = hasBrackets(tree, node) ? node.span.start + 1 : node.span.start;
  const count = node.type === 'mapping' ? node.pairs.length : node.items.length;
  for (let index = 0; index < count; index++) {
    at = skipTrivia(tree, at);
    if (node.isFlow && text[at] === ',') at = skipTrivia(tree, at + 1);
    const entry = node.type === 'mapping' ? toPairEntry(tree, node, index, at) : toItemEntry(tree, node, index, at);
    if (!entry) return undefined;
    entries.push(entry);
    at = entry.end;
  }
  return entries;
}

function toPairEntry(tree: Tree, node: MappingNode, index: number, start: number): Entry | undefined {
  const pair = node.pairs[index];
  if (!pair || start > pair.keySpan.start) return undefined;
  if (start < pair.keySpan.start && tree.text[start] === '?') return undefined;
  const colon = skipTrivia(tree, pair.keySpan.end);
  const hasColon = tree.text[colon] === ':';
  if (!hasColon && !node.isFlow) return undefined;
  const after = hasColon ? colon + 1 : pair.keySpan.end;
  return { start, hasColon, value: pair.value, ...getValuePlace(tree, after, pair.value) };
}

function toItemEntry(tree: Tree, node: SequenceNode, index: number, start: number): Entry | undefined {
  const value = node.items[index];
  if (!node.isFlow && tree.text[start] !== '-') return undefined;
  const after = node.isFlow ? start : start + 1;
  return { start, hasColon: false, value, ...getValuePlace(tree, after, value) };
}

/** Reads over the anchor and tag between a colon or dash and its value. */
function getValuePlace(
  tree: Tree,
  after: number,
  value: Node | undefined,
): Pick<Entry, 'valueFrom' | 'hasAnchor' | 'hasTag' | 'end'> {
  const { text } = tree;
  let [valueFrom, hasAnchor, hasTag] = [after, false, false];
  if (tree.language === 'yaml' && value?.type !== 'alias') {
    const limit = value && value.span.end > value.span.start ? value.span.start : getTokenLimit(text, after);
    for (let at = skipTrivia(tree, after); at < limit && (text[at] === '&' || text[at] === '!'); ) {
      if (text[at] === '&') hasAnchor = true;
      else hasTag = true;
      valueFrom = getTokenEnd(text, at);
      at = skipTrivia(tree, valueFrom);
    }
  }
  return { valueFrom, hasAnchor, hasTag, end: value ? Math.max(valueFrom, getContentEnd(tree, value)) : valueFrom };
}

/** The properties of a value that is not written stand on the line of its colon or dash. */
function getTokenLimit(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

function getTokenEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,[\]{}]/.test(text[at] ?? '')) at++;
  return at;
}

/**
 * Past the last code unit that belongs to a node's value, where its last line ends at the latest: line breaks that a block
 * scalar keeps are counted in but for the last one; comments after the value are not.
 */
export function getContentEnd(tree: Tree, node: Node): number {
  const { text } = tree;
  if (node.type === 'scalar' && (node.style === 'literal' || node.style === 'folded')) {
    let { end } = node.span;
    if (text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
    return end;
  }
  if ((node.type !== 'mapping' && node.type !== 'sequence') || node.isFlow) return node.span.end;
  if (node.type === 'mapping') {
    const last = node.pairs.at(-1);
    if (!last) return node.span.end;
    if (last.value && last.value.span.end > last.value.span.start) return getContentEnd(tree, last.value);
    const colon = skipTrivia(tree, last.keySpan.end);
    return text[colon] === ':' ? getValuePlace(tree, colon + 1, last.value).end : last.keySpan.end;
  }
  const last = node.items.at(-1);
  if (last && last.span.end > last.span.start) return getContentEnd(tree, last);
  return getEntries(tree, node)?.at(-1)?.end ?? node.span.end;
}

/**
 * Column of a place in a block, in code units. Undefined where the text before it on its line is more than blanks and the
 * dashes of compact items, or holds a tab: columns cannot be trusted there.
 */
export function getBlockColumn(text: string, offset: number): number | undefined {
  const lineStart = getLineStart(text, offset);
  const prefix = text.slice(lineStart, offset);
  return /^[ -]*$/.test(prefix) && !prefix.startsWith('---') ? offset - lineStart : undefined;
}
