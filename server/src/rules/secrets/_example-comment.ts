import type { Ref } from '../../syntax/ref';

const REPLACE = /\b(?:replace|substitute|change|insert|fill in)\b[^\n]{0,40}\b(?:with|by|your|yours|this)\b/i;

/** True for what a comment on one of its lines says is only there to be replaced by the real thing. */
export function isToBeReplaced(ref: Ref): boolean {
  const { node, tree, keySpan } = ref;
  if (!node || tree.language !== 'yaml') return false;
  const start = keySpan?.start ?? node.span.start;
  const end = tree.text.indexOf('\n', node.span.end - 1);
  const lines = tree.text.slice(start, end === -1 ? undefined : end).split('\n');
  return lines.some((line) => line.includes('#') && REPLACE.test(line.slice(line.indexOf('#'))));
}
