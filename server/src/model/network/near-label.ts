import { isTypo } from '../iam/near';
import { type LabelSelector, type LabelSet, matchSelector } from '../kubernetes/selectors';

/** A label of a selector that was most likely meant otherwise. */
export interface NearLabel<T> {
  /** The label in the selector. */
  readonly key: string;
  readonly value: string;
  /** What an object has instead: another value under the key, or the value under another key. */
  readonly right: { readonly key: string; readonly value: string };
  /** The object that has it. */
  readonly found: T;
}

/**
 * The one label of `matchLabels` that keeps a selector from selecting an object which it was most likely meant for: all the
 * rest fits, and the label differs by a slip of the pen.
 */
export function findNearLabel<T extends { readonly labels: LabelSet }>(
  selector: LabelSelector,
  objects: readonly T[],
): NearLabel<T> | undefined {
  for (const [key, value] of Object.entries(selector.matchLabels)) {
    const { [key]: _, ...others } = selector.matchLabels;
    for (const found of objects) {
      const right = getRight(key, value, found.labels.values);
      if (right && matchSelector({ ...selector, matchLabels: others }, found.labels))
        return { key, value, right, found };
    }
  }
  return undefined;
}

// The two ways of naming an application, old and recommended.
const SYNONYMS = [['app', 'app.kubernetes.io/name', 'k8s-app']];

function getRight(key: string, value: string, labels: Readonly<Record<string, string>>) {
  const own = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (own !== undefined) return isNear(value, own) ? { key, value: own } : undefined;
  const isMeant = (other: string) =>
    isNear(key, other) || SYNONYMS.some((keys) => keys.includes(key) && keys.includes(other));
  const other = Object.keys(labels).find((candidate) => labels[candidate] === value && isMeant(candidate));
  return other === undefined ? undefined : { key: other, value };
}

// Separators that are left out, and no more than that: most pairs need no closer look.
const MAX_LENGTH_DIFFERENCE = 4;

const withoutDigits = (text: string) => (/\d/.test(text) ? text.replace(/\d+/g, '') : text);

const fold = (text: string) => text.toLowerCase().replace(/[-_.]/g, '');

/** True for a slip of the pen, which in case or separators is one at any length. */
export function isNear(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > MAX_LENGTH_DIFFERENCE) return false;
  // Names that differ in numbers are told apart on purpose, and are the most frequent neighbours.
  if (withoutDigits(a) === withoutDigits(b)) return false;
  return isTypo(a, b) || fold(a) === fold(b);
}
