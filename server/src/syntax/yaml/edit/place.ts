import { getLineEnd, getNextLine } from '../../../text/lines';
import { type Entry, getBlockColumn, getContentEnd, getEntries, hasBrackets } from '../../entries';
import type { MappingNode, SequenceNode, Tree } from '../../node';
import type { Ref } from '../../ref';

/** Where a value stands, or would stand, behind its key or dash. */
export interface Slot {
  readonly entry: Entry;
  /** Column of the key or dash; undefined between brackets. */
  readonly column: number | undefined;
  readonly isItem: boolean;
}

/** The place of a value in its parent; undefined for the root and where places cannot be told for sure. */
export function getSlot(ref: Ref): Slot | undefined {
  const { tree, parent, step } = ref;
  const container = parent?.node;
  if (container?.type !== 'mapping' && container?.type !== 'sequence') return undefined;
  const entry = getEntries(tree, container)?.[getIndex(container, step)];
  if (!entry) return undefined;
  const isItem = container.type === 'sequence';
  if (container.isFlow) return hasBrackets(tree, container) ? { entry, column: undefined, isItem } : undefined;
  const column = getBlockColumn(tree.text, entry.start);
  return column === undefined ? undefined : { entry, column, isItem };
}

/** Index of a key (the last of its name, which is the one that counts) or item; -1 when there is none. */
export function getIndex(container: MappingNode | SequenceNode, step: string | number | undefined): number {
  if (container.type === 'sequence') return typeof step === 'number' ? step : -1;
  return container.pairs.findLastIndex(({ key }) => key === step);
}

/** Column at which the keys or dashes of a block collection stand; undefined where it cannot be told for sure. */
export function getCollectionColumn(tree: Tree, entries: readonly Entry[]): number | undefined {
  const [first] = entries;
  return first && getBlockColumn(tree.text, first.start);
}

/**
 * Where a further entry of a block collection goes: past its last line, and past the comments below that are indented as deep
 * as its entries. A comment that is less deep, or as deep as the key above, belongs to what follows.
 */
export function getBlockEnd(ref: Ref, node: MappingNode | SequenceNode, column: number): number {
  const { tree, parent } = ref;
  const outer = parent?.node?.type === 'mapping' ? getSlot(ref)?.column : -1;
  const depth = !parent || outer === column ? column + 1 : column;
  return skipDeepComments(tree.text, getContentEnd(tree, node), depth);
}

/** End of the line of `from`, or of the last comment line below it of which no line but blank ones and such comments is before. */
export function skipDeepComments(text: string, from: number, depth: number): number {
  let end = getLineEnd(text, from);
  for (let line = getNextLine(text, from); line < text.length; line = getNextLine(text, line)) {
    const lineEnd = getLineEnd(text, line);
    const content = text.slice(line, lineEnd);
    if (content.trim() === '') continue;
    const indent = /^ *(?=#)/.exec(content)?.[0];
    if (indent === undefined || indent.length < depth) break;
    end = lineEnd;
  }
  return end;
}
