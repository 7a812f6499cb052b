import type { Edit } from '../../../text/edit';
import { getEol, getLineEnd, getLineStart } from '../../../text/lines';
import { getContentEnd } from '../../entries';
import type { MappingNode, Node, SequenceNode } from '../../node';
import { isFilledCollection, type PlainValue } from '../../plain-value';
import type { Ref } from '../../ref';
import { getTag } from '../../tag';
import { cutBlock } from './cut';
import { getSlot, type Slot, skipDeepComments } from './place';
import { type RenderedValue, renderBlock, renderInline, renderValue } from './render';
import { type BlockStyle, getBlockStyle } from './style';

/** Puts a value in place of the one at a route, or where none is written yet. */
export function planSet(ref: Ref, value: PlainValue): Edit[] | undefined {
  const slot = getSlot(ref);
  const style = getBlockStyle(ref.parent ?? ref);
  if (!slot) return ref.parent ? undefined : setRoot(ref, value, style);
  const { entry, column } = slot;
  // A tag says how its value is to be read, and would now speak of another one; a text with `!Sub` stays a text.
  if (entry.hasTag && !(getTag(ref) === '!Sub' && ref.scalar && typeof value === 'string')) return undefined;
  if (column === undefined) return setFlow(ref, slot, value, style);
  const rendered =
    slot.isItem && !entry.hasAnchor ? renderAfterDash(value, column, style) : renderValue(value, column, style);
  const node = entry.value;
  if (isBlockCollection(node)) {
    // The lines of a literal would take the comments that stay below it for text.
    if (typeof value !== 'string') return replaceCollection(ref, slot, node, rendered);
    return replaceCollection(ref, slot, node, {
      inline: ` ${renderInline(value, style, false)}`,
      lines: [],
      isAligned: false,
    });
  }
  const own =
    typeof value === 'string' && rendered.lines.length === 0 ? likeBefore(ref, node, value, style) : undefined;
  return replaceScalar(ref, slot, own === undefined ? rendered : { inline: ` ${own}`, lines: [], isAligned: false });
}

function renderAfterDash(value: PlainValue, column: number, style: BlockStyle): RenderedValue {
  if (!isFilledCollection(value)) return renderValue(value, column, style);
  const inner = column + 1 + style.dashGap;
  const [first = '', ...lines] = renderBlock(value, inner, style);
  return { inline: first.slice(column + 1), lines, isAligned: true };
}

/** A string in place of a quoted one keeps its quotes. */
function likeBefore({ tree }: Ref, node: Node | undefined, value: string, style: BlockStyle): string | undefined {
  if (node?.type !== 'scalar') return undefined;
  const mark = tree.text[node.span.start];
  if (mark !== '"' && mark !== "'") return undefined;
  return renderInline(value, { ...style, quote: mark }, false, true);
}

function setFlow(ref: Ref, { entry, isItem }: Slot, value: PlainValue, style: BlockStyle): Edit[] | undefined {
  const { tree } = ref;
  const node = entry.value;
  const hasQuotes = isQuotedLike(ref);
  const own = typeof value === 'string' ? likeBefore(ref, node, value, style) : undefined;
  const text = own ?? renderInline(value, { ...style, quote: hasQuotes ?? style.quote }, true, hasQuotes !== undefined);
  if (node && node.span.end > node.span.start) return [{ span: node.span, newText: text }];
  const at = { start: entry.valueFrom, end: entry.valueFrom };
  const isClose = tree.text[entry.valueFrom - 1] === ' ';
  return [{ span: at, newText: `${entry.hasColon || isItem ? '' : ':'}${isClose ? '' : ' '}${text}` }];
}

/** The quotes of the keys and strings around a route in flow text, when all of its collection's are quoted. */
export function isQuotedLike(ref: Ref): '"' | "'" | undefined {
  const { tree, parent, node: own } = ref;
  const container = own?.type === 'mapping' || own?.type === 'sequence' ? own : parent?.node;
  const starts =
    container?.type === 'mapping'
      ? container.pairs.map(({ keySpan }) => keySpan.start)
      : container?.type === 'sequence'
        ? container.items.flatMap((item) => (item?.type === 'scalar' ? [item.span.start] : []))
        : [];
  const mark = tree.text[starts[0] ?? tree.text.length];
  if (mark !== '"' && mark !== "'") return undefined;
  return starts.every((start) => tree.text[start] === mark) ? mark : undefined;
}

function isBlockCollection(node: Node | undefined): node is MappingNode | SequenceNode {
  return (node?.type === 'mapping' || node?.type === 'sequence') && !node.isFlow;
}

/** In place of a block collection: its lines go, comments of their own line stay below what is written. */
function replaceCollection(ref: Ref, { entry }: Slot, node: Node, { inline, lines }: RenderedValue): Edit[] {
  const { tree } = ref;
  const { text } = tree;
  const start = node.span.start;
  const isCompact = getLineStart(text, start) === getLineStart(text, entry.start);
  const cuts = cutBlock(tree, start, getContentEnd(tree, node));
  const behind = entry.valueFrom;
  const edits: Edit[] = inline === '' ? [] : [insert(behind, inline)];
  if (isCompact) {
    // The first cut begins where the value is to stand.
    const [first, ...rest] = cuts;
    if (!first) return [];
    return [{ span: first.span, newText: [inline, ...lines].join(getEol(text)) }, ...rest];
  }
  if (lines.length > 0) edits.push(insert(getLineEnd(text, behind), toLines(text, lines)));
  return [...edits, ...cuts];
}

/** In place of a scalar, an empty collection, or nothing: a comment behind it stays on its line. */
function replaceScalar({ tree }: Ref, { entry, column = 0 }: Slot, rendered: RenderedValue): Edit[] {
  const { inline, lines } = rendered;
  const { text } = tree;
  const node = entry.value;
  const edits: Edit[] = [];
  let lineEnd = getLineEnd(text, entry.valueFrom);
  if (!node || node.span.end === node.span.start) {
    if (inline !== '') edits.push(insert(entry.valueFrom, inline));
    // Comments below an empty key are what was meant to be in it.
    else lineEnd = skipDeepComments(text, entry.valueFrom, column + 1);
  } else if (node.type === 'scalar' && (node.style === 'literal' || node.style === 'folded')) {
    const header = /^[|>][-+0-9]*/.exec(text.slice(node.span.start, node.span.end))?.[0].length ?? 1;
    edits.push(replaceInline(entry.valueFrom, node.span.start, node.span.start + header, rendered));
    lineEnd = getLineEnd(text, node.span.start);
    const end = getContentEnd(tree, node);
    if (end > lineEnd) edits.push({ span: { start: lineEnd, end }, newText: '' });
  } else if (getLineStart(text, node.span.start) === getLineStart(text, entry.valueFrom)) {
    edits.push(replaceInline(entry.valueFrom, node.span.start, node.span.end, rendered));
    lineEnd = getLineEnd(text, node.span.end);
  } else if (lines.length === 0) {
    return [{ span: node.span, newText: inline.trimStart() }];
  } else {
    edits.push(...cutBlock(tree, node.span.start, node.span.end));
  }
  if (lines.length > 0) edits.push(insert(lineEnd, toLines(text, lines)));
  return edits;
}

/** Replaces a value on the line of its key; the blanks before it go where what is written aligns with lines below. */
function replaceInline(from: number, start: number, end: number, { inline, isAligned }: RenderedValue): Edit {
  if (isAligned) return { span: { start: from, end }, newText: inline };
  return { span: { start, end }, newText: inline.trimStart() };
}

function setRoot({ tree, node }: Ref, value: PlainValue, style: BlockStyle): Edit[] | undefined {
  if (!node || node.span.end === node.span.start) return undefined;
  const { text } = tree;
  const start = node.span.start;
  const end = getContentEnd(tree, node);
  if (!isFilledCollection(value)) {
    const inline = renderInline(value, style, false);
    if (!isBlockCollection(node)) return [{ span: { start, end }, newText: inline }];
    const [first, ...rest] = cutBlock(tree, start, end);
    if (!first) return undefined;
    // The line breaks around what goes stay around what comes.
    const old = text.slice(first.span.start, first.span.end);
    const [before = '', after = ''] = [/^\r?\n/.exec(old)?.[0], /\r?\n$/.exec(old)?.[0]];
    return [{ span: first.span, newText: before + inline + after }, ...rest];
  }
  if (isBlockCollection(node)) return undefined;
  const eol = getEol(text);
  const lines = renderBlock(value, 0, style).join(eol);
  if (getLineStart(text, start) === start) return [{ span: { start, end }, newText: lines }];
  return [{ span: { start, end }, newText: '' }, insert(getLineEnd(text, end), `${eol}${lines}`)];
}

function insert(offset: number, newText: string): Edit {
  return { span: { start: offset, end: offset }, newText };
}

function toLines(text: string, lines: readonly string[]): string {
  const eol = getEol(text);
  return eol + lines.join(eol);
}
