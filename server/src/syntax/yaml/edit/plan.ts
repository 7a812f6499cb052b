import type { Edit } from '../../../text/edit';
import { getEol, getLineStart } from '../../../text/lines';
import { getChangedIndex, type PrimitiveChange } from '../../change';
import { getEntries, hasBrackets } from '../../entries';
import { planFlowInsert, planFlowRemove } from '../../flow-edit';
import type { MappingNode, SequenceNode } from '../../node';
import type { PlainValue } from '../../plain-value';
import type { Ref } from '../../ref';
import { cutBlock, getCommentLines } from './cut';
import { getBlockEnd, getCollectionColumn, getIndex, getSlot } from './place';
import { writeString } from './quote';
import { renderEntry, renderInline, renderItem } from './render';
import { isQuotedLike, planSet } from './set';
import { getBlockStyle } from './style';

/**
 * The edits of one change in a YAML document, in units of its text. Undefined when the change declines: explicit `? key`
 * entries, tags, tabs in indentation, and whatever else has a shape whose places cannot be told for sure.
 */
export function planYamlChange(ref: Ref, change: PrimitiveChange): Edit[] | undefined {
  switch (change.op) {
    case 'set':
      return planSet(ref, change.value);
    case 'insert':
      return planInsert(ref, change);
    case 'remove':
      return planRemove(ref, change);
    case 'rename':
      return planRename(ref, change.key);
  }
}

function planInsert(ref: Ref, change: PrimitiveChange & { op: 'insert' }): Edit[] | undefined {
  const { tree, node, parent } = ref;
  const { text } = tree;
  const { key, value, comment } = change;
  if (node?.type !== 'mapping' && node?.type !== 'sequence') return undefined;
  if (node.isFlow) {
    const isInBlock = !parent || (parent.node && 'isFlow' in parent.node && !parent.node.isFlow);
    const isBare = countEntries(node) === 0 && text.slice(node.span.start + 1, node.span.end - 1).trim() === '';
    if (isInBlock && isBare) return planSet(ref, key === undefined ? [value] : { [key]: value });
    return planFlowInsert(tree, node, () => writeFlowEntry(ref, key, value));
  }
  const entries = getEntries(tree, node);
  const column = entries && getCollectionColumn(tree, entries);
  if (column === undefined) return undefined;
  const style = getBlockStyle(ref);
  const lines = key === undefined ? renderItem(value, column, style) : renderEntry(key, value, column, style);
  const notes =
    comment === undefined ? [] : comment.split('\n').map((line) => `${' '.repeat(column)}# ${line}`.trimEnd());
  const eol = getEol(text);
  const at = getBlockEnd(ref, node, column);
  return [{ span: { start: at, end: at }, newText: [...notes, ...lines].map((line) => eol + line).join('') }];
}

function writeFlowEntry(ref: Ref, key: string | undefined, value: PlainValue): string {
  const mark = isQuotedLike(ref);
  const style = getBlockStyle(ref);
  const quote = mark ?? style.quote;
  const text = renderInline(value, { quote }, true, mark !== undefined);
  return key === undefined ? text : `${writeString(key, true, quote, mark !== undefined)}: ${text}`;
}

function planRemove(ref: Ref, change: PrimitiveChange): Edit[] | undefined {
  const { tree, parent, step } = ref;
  const container = parent?.node;
  if (container?.type !== 'mapping' && container?.type !== 'sequence') return undefined;
  const index = container.type === 'mapping' ? getChangedIndex(container, step, change) : getIndex(container, step);
  if (container.isFlow) return hasBrackets(tree, container) ? planFlowRemove(tree, container, index) : undefined;
  if (countEntries(container) === 1) return parent && planSet(parent, container.type === 'mapping' ? {} : []);
  const entries = getEntries(tree, container);
  const entry = entries?.[index];
  const next = entries?.[index + 1];
  if (!entry || !entries || getCollectionColumn(tree, entries) === undefined) return undefined;
  const { text } = tree;
  const prefix = text.slice(getLineStart(text, entry.start), entry.start);
  if (prefix.trim() === '') return cutBlock(tree, entry.start, entry.end);
  // The first entry of a compact item: the next one moves up behind the dash, unless a comment stands in between.
  if (!next) return undefined;
  if (getCommentLines(tree, entry.start, next.start).length === 0) {
    return [{ span: { start: entry.start, end: next.start }, newText: '' }];
  }
  return cutBlock(tree, entry.start, entry.end);
}

function planRename(ref: Ref, key: string): Edit[] | undefined {
  const { tree, parent } = ref;
  const slot = getSlot(ref);
  const container = parent?.node;
  if (!slot || container?.type !== 'mapping') return undefined;
  const keySpan = container.pairs[getIndex(container, ref.step)]?.keySpan;
  if (!keySpan) return undefined;
  const mark = tree.text[keySpan.start];
  const isQuoted = mark === '"' || mark === "'";
  const quote = isQuoted ? mark : getBlockStyle(ref).quote;
  return [{ span: keySpan, newText: writeString(key, slot.column === undefined, quote, isQuoted) }];
}

function countEntries(node: MappingNode | SequenceNode): number {
  return node.type === 'mapping' ? node.pairs.length : node.items.length;
}
