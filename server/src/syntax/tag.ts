import type { Ref } from './ref';

/** A tag stands close before its value; a longer way back is not looked at. */
const REACH = 200;

/** The YAML tag before the value here, such as `!Sub`; undefined where none is written. */
export function getTag(ref: Ref): string | undefined {
  const { node, tree } = ref;
  if (!node || tree.language !== 'yaml') return undefined;
  const before = tree.text.slice(Math.max(0, node.span.start - REACH), node.span.start);
  const [, tag, gap = ''] = /(?:^|[\s:[{,-])(![^\s,[\]{}]*)((?:\s+#[^\n]*)?(?:\s+&\S+)?\s+)$/.exec(before) ?? [];
  // On the line of a block collection the tag is that of its first key or item.
  const isBlock = node.type !== 'scalar' && node.type !== 'alias' && !node.isFlow;
  return isBlock && !gap.includes('\n') ? undefined : tag;
}
