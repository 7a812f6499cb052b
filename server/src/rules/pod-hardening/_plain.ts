import type { PlainValue } from '../../engine/operation';
import type { Node, Tree } from '../../syntax/node';
import type { Ref } from '../../syntax/ref';

/**
 * What stands at a ref as a plain value, to be written elsewhere; undefined where that would lose something: an alias, a
 * comment inside, or a value that is not known here.
 */
export function toPlainValue(ref: Ref): PlainValue | undefined {
  const { node, tree } = ref;
  return !node || !ref.isPresent || ref.isShared ? undefined : toPlainNode(node, tree);
}

/** The same of a node that no route leads to. */
export function toPlainNode(node: Node, tree: Tree): PlainValue | undefined {
  if (/(^|\s)#/m.test(tree.text.slice(node.span.start, node.span.end)) && node.type !== 'scalar') return undefined;
  return toPlain(node);
}

function toPlain(node: Node | undefined): PlainValue | undefined {
  if (!node) return null;
  if (node.type === 'scalar') return node.value;
  if (node.type === 'alias') return undefined;
  if (node.type === 'sequence') {
    const items: PlainValue[] = [];
    for (const item of node.items) {
      const value = toPlain(item);
      if (value === undefined) return undefined;
      items.push(value);
    }
    return items;
  }
  // Entries, since an assignment to the key `__proto__` makes no property.
  const entries: [string, PlainValue][] = [];
  for (const { key, value } of node.pairs) {
    const plain = key === undefined || key === '<<' ? undefined : toPlain(value);
    if (key === undefined || plain === undefined) return undefined;
    entries.push([key, plain]);
  }
  return Object.fromEntries(entries);
}
