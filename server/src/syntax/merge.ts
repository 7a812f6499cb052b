import type { Span } from '../text/span';
import { getPair, type MappingNode } from './node';

/** What a mapping merges, the first to count first; a source that is no mapping, or cannot be followed, is undefined. */
export function getMergeSources(
  node: MappingNode,
): readonly { readonly source: MappingNode | undefined; readonly span: Span }[] {
  const merge = node.pairs.some((pair) => pair.key === '<<') ? getPair(node, '<<')?.value : undefined;
  if (!merge) return [];
  const values = merge.type === 'sequence' ? merge.items : [merge];
  return values.map((value) => {
    const target = value?.type === 'alias' ? value.target : value;
    return { source: target?.type === 'mapping' ? target : undefined, span: (value ?? merge).span };
  });
}
