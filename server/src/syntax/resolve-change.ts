import type { Change, PlacedChange } from './change';
import { isNull, isSameContent, toNode } from './change';
import { getPair, type Node } from './node';
import { isFilledCollection, isPlainMapping, isPlainSequence, type PlainValue } from './plain-value';
import type { Ref, Step } from './ref';

/**
 * A change as primitive ones: a single one with its place, or several changes that together come to the same and leave what
 * is equal untouched. Undefined when the change declines: shared text, routes through scalars, keys written twice.
 */
export function resolveChange(root: Ref, change: Change): PlacedChange | readonly Change[] | undefined {
  const ref = root.get(...change.path);
  switch (change.op) {
    case 'set':
      return resolveSet(ref, change.value);
    case 'append':
      return resolveAppend(ref, change);
    case 'remove':
      return change.which ? resolveRepeated(ref, change.which) : resolveRemove(ref, change.upTo ?? 0);
    case 'rename': {
      const { parent, step } = ref;
      if (ref.isShared || parent?.node?.type !== 'mapping' || typeof step !== 'string') return undefined;
      if (countKey(parent.node, step) !== 1 || parent.node.pairs.some(({ key }) => key === change.key))
        return undefined;
      return { ref, change: { op: 'rename', key: change.key } };
    }
  }
}

function resolveSet(ref: Ref, value: PlainValue): PlacedChange | readonly Change[] | undefined {
  const missing: Step[] = [];
  let place = ref;
  while (!isPlace(place) && place.parent && place.step !== undefined) {
    missing.unshift(place.step);
    place = place.parent;
  }
  const { node } = place;
  const [step, ...rest] = missing;
  if (place.isShared) return step === undefined ? overrideUse(place, value) : undefined;
  if (step === undefined) {
    const parts = node && splitSet(place, node, value);
    return parts ?? { ref: place, change: { op: 'set', value } };
  }
  const inner = wrap(rest, value);
  if (inner === undefined) return undefined;
  if (node?.type === 'mapping' && typeof step === 'string') {
    return { ref: place, change: { op: 'insert', key: step, value: inner } };
  }
  if (node?.type === 'sequence' && typeof step === 'number') {
    if (step !== node.items.length) return undefined;
    return { ref: place, change: { op: 'insert', key: undefined, value: inner } };
  }
  if (!isNull(node) && !isEmptyCollection(node)) return undefined;
  const whole = wrap(missing, value);
  return whole === undefined ? undefined : { ref: place, change: { op: 'set', value: whole } };
}

/**
 * Writes a value where another's is used: in place of an alias, or as a key of the mapping's own before a merged one. What is
 * shared stays as it is for all others.
 */
function overrideUse(ref: Ref, value: PlainValue): PlacedChange | undefined {
  const { parent, step, node } = ref;
  // A collection may say more than is known of here.
  if (!parent || parent.isShared || step === undefined || node?.type !== 'scalar') return undefined;
  if (isAlias(ref)) return { ref, change: { op: 'set', value } };
  return isMerged(ref) ? { ref: parent, change: { op: 'insert', key: String(step), value } } : undefined;
}

/** True for what a merge key brings: the mapping has no entry of its own for it. */
function isMerged({ parent, step, isWritten }: Ref): boolean {
  return isWritten && parent?.node?.type === 'mapping' && countKey(parent.node, String(step)) === 0;
}

/** True where an alias is written, and not what it stands for. */
function isAlias({ parent, step }: Ref): boolean {
  const container = parent?.node;
  if (container?.type === 'sequence') return typeof step === 'number' && container.items[step]?.type === 'alias';
  return container?.type === 'mapping' && typeof step === 'string' && getPair(container, step)?.value?.type === 'alias';
}

function resolveAppend(ref: Ref, change: Change & { op: 'append' }): PlacedChange | readonly Change[] | undefined {
  const { node } = ref;
  const { value, comment } = change;
  if (node?.type === 'sequence' && !ref.isShared) {
    return { ref, change: { op: 'insert', key: undefined, value, ...(comment !== undefined && { comment }) } };
  }
  if (!isNull(node) && !isEmptyCollection(node)) return undefined;
  return resolveSet(ref, [value]);
}

function resolveRemove(ref: Ref, upTo: number): PlacedChange | undefined {
  let target = ref;
  if (!isPlace(target) || isMerged(target)) return undefined;
  for (let left = upTo; left > 0; left--) {
    const { parent } = target;
    if (!parent?.parent || countEntries(parent.node) !== 1 || parent.isShared) break;
    target = parent;
  }
  const { parent, step } = target;
  if (!parent || parent.isShared || (target.isShared && !isAlias(target))) return undefined;
  if (parent.node?.type === 'mapping' && (typeof step !== 'string' || countKey(parent.node, step) !== 1))
    return undefined;
  return { ref: target, change: { op: 'remove' } };
}

/** Removes one of the entries of a key that is written more than once. */
function resolveRepeated(ref: Ref, which: 'first' | 'last'): PlacedChange | undefined {
  const { parent, step } = ref;
  if (parent?.node?.type !== 'mapping' || typeof step !== 'string' || parent.isShared || ref.isShared) return undefined;
  if (countKey(parent.node, step) < 2) return undefined;
  return { ref, change: which === 'first' ? { op: 'remove', isFirst: true } : { op: 'remove' } };
}

/** Takes a set of a collection apart where one is there, so that what stays is not written again. */
function splitSet(ref: Ref, node: Node, value: PlainValue): readonly Change[] | undefined {
  const wanted = toNode(value);
  if (isSameContent(node, wanted)) return [];
  if (!isFilledCollection(value) || isEmptyCollection(node)) return undefined;
  const { path } = ref;
  if (node.type === 'mapping' && isPlainMapping(value)) {
    const keys = new Set(node.pairs.map(({ key }) => key));
    if (keys.size !== node.pairs.length || keys.has('<<') || keys.has(undefined)) return undefined;
    const sets = Object.entries(value).map(([key, item]): Change => ({ op: 'set', path: [...path, key], value: item }));
    const removed = [...keys].filter((key) => key !== undefined && !Object.hasOwn(value, key));
    return [...sets, ...removed.map((key): Change => ({ op: 'remove', path: [...path, key ?? ''] }))];
  }
  if (node.type !== 'sequence' || !isPlainSequence(value)) return undefined;
  const kept = matchItems(node.items, value);
  if (kept) {
    const rest = value.slice(kept.size).map((item): Change => ({ op: 'append', path, value: item }));
    const removed = node.items.flatMap((_, index) => (kept.has(index) ? [] : [index])).reverse();
    return [...rest, ...removed.map((index): Change => ({ op: 'remove', path: [...path, index] }))];
  }
  const sets = value.map((item, index): Change => ({ op: 'set', path: [...path, index], value: item }));
  const extra = node.items.length - value.length;
  const removed = Array.from({ length: Math.max(0, extra) }, (_, i) => node.items.length - 1 - i);
  return [...sets, ...removed.map((index): Change => ({ op: 'remove', path: [...path, index] }))];
}

/** Which items stay as they are, when the wanted sequence is some of them in order and then new ones; undefined when none do. */
function matchItems(items: readonly (Node | undefined)[], value: readonly PlainValue[]): Set<number> | undefined {
  const kept = new Set<number>();
  items.forEach((item, index) => {
    const wanted = value[kept.size];
    if (wanted !== undefined && isSameContent(item, toNode(wanted))) kept.add(index);
  });
  return kept.size > 0 ? kept : undefined;
}

/** True where the text has a place for a value: a key, an item (an empty one too) or the root. */
function isPlace(ref: Ref): boolean {
  const { parent, step } = ref;
  if (ref.isWritten || !parent) return true;
  return parent.node?.type === 'sequence' && typeof step === 'number' && step < parent.node.items.length;
}

/** The value under keys that are not there; undefined when a route names an item past the first of a missing sequence. */
function wrap(steps: readonly Step[], value: PlainValue): PlainValue | undefined {
  let wrapped: PlainValue = value;
  for (const step of steps.toReversed()) {
    if (typeof step === 'number' && step !== 0) return undefined;
    wrapped = typeof step === 'number' ? [wrapped] : { [step]: wrapped };
  }
  return wrapped;
}

function isEmptyCollection(node: Node | undefined): boolean {
  return countEntries(node) === 0;
}

function countEntries(node: Node | undefined): number | undefined {
  if (node?.type === 'mapping') return node.pairs.length;
  return node?.type === 'sequence' ? node.items.length : undefined;
}

function countKey(node: Node & { type: 'mapping' }, step: string): number {
  return node.pairs.filter(({ key }) => key === step).length;
}
