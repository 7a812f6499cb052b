import type { PlainValue } from '../../engine/operation';
import type { Node } from '../../syntax/node';

/**
 * What several nodes say together: mappings are merged key by key, equal texts once. Undefined where two of them contradict
 * each other (which of them the author meant is not known), or are of a kind that is never merged.
 */
export function toMerged(nodes: readonly (Node | undefined)[]): PlainValue | undefined {
  const [first, ...others] = nodes;
  if (!first) return undefined;
  if (nodes.every((node) => node?.type === 'mapping')) {
    const byKey = new Map<string, (Node | undefined)[]>();
    for (const node of nodes) {
      for (const { key, value } of node?.type === 'mapping' ? node.pairs : []) {
        if (key === undefined) return undefined;
        byKey.set(key, [...(byKey.get(key) ?? []), value]);
      }
    }
    // Entries, since an assignment to the key `__proto__` makes no property.
    const merged: [string, PlainValue][] = [];
    for (const [key, values] of byKey) {
      const value = toMerged(values);
      if (value === undefined) return undefined;
      merged.push([key, value]);
    }
    return Object.fromEntries(merged);
  }
  const value = toPlain(first);
  return others.every((node) => node && JSON.stringify(toPlain(node)) === JSON.stringify(value)) ? value : undefined;
}

function toPlain(node: Node): PlainValue | undefined {
  if (node.type === 'scalar') return node.value;
  if (node.type !== 'sequence') return undefined;
  const items = node.items.map((item) => item && toPlain(item));
  return items.every((item): item is PlainValue => item !== undefined) ? items : undefined;
}
