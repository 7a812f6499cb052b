import type { Node, Tree } from '../../server/src/syntax/node';
import { readSource } from '../../server/src/syntax/source-file';

/** The plain value of a node, aliases followed; keys that are no scalars are left out. */
export function toPlain(node: Node | undefined): unknown {
  if (!node) return null;
  if (node.type === 'scalar') return node.value;
  if (node.type === 'alias') return toPlain(node.target);
  if (node.type === 'sequence') return node.items.map(toPlain);
  return Object.fromEntries(
    node.pairs.flatMap((pair) => (pair.key === undefined ? [] : [[pair.key, toPlain(pair.value)]])),
  );
}

/** The plain values of all documents of a YAML text that hold something. */
export function resourcesToPlain(text: string): unknown[] {
  return readSource(text, 'yaml').documents.flatMap(({ tree }) => (tree.root ? [toPlain(tree.root)] : []));
}

/** The scalars of a tree by their route, written `/spec/containers/0/name`; empty mappings and sequences are entries too. */
export function toLeaves(tree: Tree): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const walk = (node: Node | undefined, path: string): void => {
    if (node?.type === 'mapping' && node.pairs.length > 0) {
      for (const { key, value } of node.pairs) walk(value, `${path}/${key}`);
    } else if (node?.type === 'sequence' && node.items.length > 0) {
      for (const [index, item] of node.items.entries()) walk(item, `${path}/${index}`);
    } else {
      leaves.set(path, node?.type === 'alias' ? `*${node.name}` : node?.type === 'scalar' ? node.value : node?.type);
    }
  };
  walk(tree.root, '');
  return leaves;
}

/** The comments of a YAML text, each as written from its `#`; a `#` inside a scalar is none. */
export function toComments(text: string): string[] {
  const comments: string[] = [];
  for (const { tree } of readSource(text, 'yaml').documents) {
    const covered: [number, number][] = [];
    const cover = (node: Node | undefined): void => {
      if (node?.type === 'scalar') covered.push([node.span.start, node.span.end]);
      if (node?.type === 'sequence') node.items.forEach(cover);
      if (node?.type === 'mapping') {
        for (const { keySpan, value } of node.pairs) {
          covered.push([keySpan.start, keySpan.end]);
          cover(value);
        }
      }
    };
    cover(tree.root);
    for (const match of tree.text.matchAll(/(?<=^|\s)#[^\r\n]*/gm)) {
      const at = match.index;
      if (!covered.some(([from, to]) => at >= from && at < to)) comments.push(match[0].trimEnd());
    }
  }
  return comments;
}
