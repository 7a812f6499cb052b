import type { Span } from '../text/span';
import { getPair, type MappingNode, type Tree } from './node';

/** The entry by which a mapping in a list is known: its name, else its first. */
export function getFirstEntry(node: MappingNode): Span | undefined {
  const named = getPair(node, 'name') ?? node.pairs[0];
  if (!named) return undefined;
  const end = named.value?.type === 'scalar' ? named.value.span.end : named.keySpan.end;
  return { start: named.keySpan.start, end };
}

/** The place to point at for a whole document: the kind of its object, else its first key. */
export function getRootAnchor(tree: Tree): Span {
  const { root } = tree;
  if (root?.type === 'mapping') {
    const kind = getPair(root, 'kind');
    if (kind?.value) return kind.value.span;
    const first = root.pairs[0];
    if (first) return first.keySpan;
  }
  const start = root?.span.start ?? 0;
  return { start, end: Math.min(tree.text.length, start + 1) };
}
