import type { Operation } from '../../engine/operation';
import type { Ref } from '../../syntax/ref';

/**
 * Turns a list of strings into one with these strings. Items that stay are not touched, so that their comments stay with them;
 * the others are rewritten in place before any is added or removed.
 */
export function toListOperations(list: Ref, strings: readonly string[]): Operation[] {
  const items = list.items();
  if (items.length === 0) return [{ op: 'set', at: list, value: strings }];
  const kept = new Set<string>();
  const free = items.filter(({ string }) => {
    if (string === undefined || !strings.includes(string) || kept.has(string)) return true;
    kept.add(string);
    return false;
  });
  const missing = strings.filter((string) => !kept.has(string));
  return [
    ...free.slice(0, missing.length).map((at, index): Operation => ({ op: 'set', at, value: missing[index] ?? '' })),
    ...missing.slice(free.length).map((value): Operation => ({ op: 'append', at: list, value })),
    ...free
      .slice(missing.length)
      .reverse()
      .map((at): Operation => ({ op: 'remove', at })),
  ];
}
