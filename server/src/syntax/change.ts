import type { MappingNode, Node, Pair } from './node';
import { isPlainMapping, isPlainSequence, type PlainValue } from './plain-value';
import type { Ref, Step } from './ref';

/** A change to one document, said as what to do and not as text. */
export type Change =
  /** Writes a value, making the parents that are missing. */
  | { readonly op: 'set'; readonly path: readonly Step[]; readonly value: PlainValue }
  /** Removes an entry or item, and up to `upTo` parents that this leaves empty; of a key that is written more than once, `which`. */
  | {
      readonly op: 'remove';
      readonly path: readonly Step[];
      readonly upTo?: number;
      readonly which?: 'first' | 'last';
    }
  /** Adds an item at the end of a sequence, making the sequence that is missing. */
  | { readonly op: 'append'; readonly path: readonly Step[]; readonly value: PlainValue; readonly comment?: string }
  /** Gives an entry another key. */
  | { readonly op: 'rename'; readonly path: readonly Step[]; readonly key: string };

/** A change that is made at one place of the text. */
export type PrimitiveChange =
  /** Puts a value in place of the one that is there, or where none is written behind a colon or dash. */
  | { readonly op: 'set'; readonly value: PlainValue }
  /** Adds an entry (an item where `key` is undefined) at the end of the collection. */
  | { readonly op: 'insert'; readonly key: string | undefined; readonly value: PlainValue; readonly comment?: string }
  /** `isFirst`: of a key that is written more than once the first entry, which does not count. */
  | { readonly op: 'remove'; readonly isFirst?: boolean }
  | { readonly op: 'rename'; readonly key: string };

/** A primitive change and where it is made. */
export interface PlacedChange {
  readonly ref: Ref;
  readonly change: PrimitiveChange;
}

const NOWHERE = { start: 0, end: 0 };

/** The node that a value stands for, without a place. */
export function toNode(value: PlainValue): Node {
  if (isPlainSequence(value)) return { type: 'sequence', span: NOWHERE, isFlow: true, items: value.map(toNode) };
  if (isPlainMapping(value)) {
    const pairs = Object.entries(value).map(([key, item]): Pair => ({ key, keySpan: NOWHERE, value: toNode(item) }));
    return { type: 'mapping', span: NOWHERE, isFlow: true, pairs };
  }
  return { type: 'scalar', span: NOWHERE, style: 'plain', text: String(value), value };
}

/** What the document is to say after a change. Undefined when the route does not lead through it. */
export function changeRoot(root: Node | undefined, path: readonly Step[], change: PrimitiveChange): Node | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return changeHere(root, change);
  const isLeaf = rest.length === 0;
  if (root?.type === 'mapping' && typeof step === 'string') {
    const index = isLeaf ? getChangedIndex(root, step, change) : root.pairs.findLastIndex(({ key }) => key === step);
    const pair = root.pairs[index];
    if (!pair) return undefined;
    if (isLeaf && change.op === 'remove') return { ...root, pairs: root.pairs.filter((_, i) => i !== index) };
    if (isLeaf && change.op === 'rename')
      return { ...root, pairs: root.pairs.with(index, { ...pair, key: change.key }) };
    const value = changeRoot(pair.value, rest, change);
    return value && { ...root, pairs: root.pairs.with(index, { ...pair, value }) };
  }
  if (root?.type === 'sequence' && typeof step === 'number' && step < root.items.length) {
    if (isLeaf && change.op === 'remove') return { ...root, items: root.items.filter((_, i) => i !== step) };
    const item = changeRoot(root.items[step], rest, change);
    return item && { ...root, items: root.items.with(step, item) };
  }
  return undefined;
}

/** Index of the entry that a change is made to: the last of its key, which is the one that counts, unless it says the first. */
export function getChangedIndex({ pairs }: MappingNode, step: Step | undefined, change: PrimitiveChange): number {
  const isFirst = change.op === 'remove' && change.isFirst === true;
  return isFirst ? pairs.findIndex(({ key }) => key === step) : pairs.findLastIndex(({ key }) => key === step);
}

function changeHere(node: Node | undefined, change: PrimitiveChange): Node | undefined {
  if (change.op === 'set') return toNode(change.value);
  if (change.op !== 'insert') return undefined;
  const value = toNode(change.value);
  if (node?.type === 'sequence' && change.key === undefined) return { ...node, items: [...node.items, value] };
  if (node?.type !== 'mapping' || change.key === undefined) return undefined;
  return { ...node, pairs: [...node.pairs, { key: change.key, keySpan: NOWHERE, value }] };
}

/** True when two nodes say the same; layout, style and anchors do not count, and an alias is the same as one of its name. */
export function isSameContent(a: Node | undefined, b: Node | undefined): boolean {
  if (a === b) return true;
  if (isNull(a) || isNull(b)) return isNull(a) && isNull(b);
  if (a?.type === 'scalar') return b?.type === 'scalar' && a.value === b.value;
  if (a?.type === 'alias') return b?.type === 'alias' && a.name === b.name;
  if (a?.type === 'sequence') {
    if (b?.type !== 'sequence' || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => isSameContent(item, b.items[index]));
  }
  if (a?.type !== 'mapping' || b?.type !== 'mapping' || a.pairs.length !== b.pairs.length) return false;
  return a.pairs.every((pair, index) => {
    const other = b.pairs[index];
    return pair.key === other?.key && isSameContent(pair.value, other?.value);
  });
}

/** True where nothing or null is written. */
export function isNull(node: Node | undefined): boolean {
  return node === undefined || (node.type === 'scalar' && node.value === null);
}

/** Where a route leads after entries before it were removed or renamed; undefined when its target is gone. */
export function movePath(path: readonly Step[], { ref, change }: PlacedChange): Step[] | undefined {
  const moved = ref.path;
  const last = moved.at(-1);
  const at = moved.length - 1;
  const isBelow = path.length > at && moved.slice(0, at).every((step, index) => step === path[index]);
  const step = path[at];
  if (!isBelow || step === undefined) return [...path];
  if (change.op === 'rename' && step === last) return path.with(at, change.key);
  // Routes lead to the last entry of a key, so that the first one may go.
  if (change.op !== 'remove' || change.isFirst) return [...path];
  if (step === last) return undefined;
  return typeof step === 'number' && typeof last === 'number' && step > last ? path.with(at, step - 1) : [...path];
}
