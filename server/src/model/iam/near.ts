import { editDistance } from '../../text/distance';
import type { Subject } from './subject';

/** A ServiceAccount as far as being mistaken for another goes. */
export interface Account extends Subject {
  /** False when the namespace is only the default that kubectl would use; kustomize or Helm may put it anywhere. */
  readonly isNamespaceWritten: boolean;
}

/** How a subject misses an account: by its name, by its namespace, by case or separators, or with both parts exchanged. */
export type Difference = 'name' | 'namespace' | 'spelling' | 'exchanged';

/** True when the subject is the account's, or may be, since nobody says in which namespace it will be. */
export function isSubjectOf(subject: Subject, account: Account): boolean {
  return account.name === subject.name && (!account.isNamespaceWritten || account.namespace === subject.namespace);
}

/**
 * How a subject that is not the account's may have been meant for it; undefined where it is not near. `default` is near to
 * nothing, because each namespace has an account of that name without anybody writing it.
 */
export function getDifference(subject: Subject, account: Account): Difference | undefined {
  if (isSubjectOf(subject, account) || subject.name === 'default' || account.name === 'default') return undefined;
  const isHere = !account.isNamespaceWritten || account.namespace === subject.namespace;
  if (isHere)
    return fold(subject.name) === fold(account.name)
      ? 'spelling'
      : isTypo(subject.name, account.name)
        ? 'name'
        : undefined;
  if (fold(subject.namespace) === fold(account.namespace) && fold(subject.name) === fold(account.name))
    return 'spelling';
  if (subject.name === account.name) return 'namespace';
  return subject.name === account.namespace && subject.namespace === account.name ? 'exchanged' : undefined;
}

/** The accounts that are near to a subject, the nearest first; none when the subject is some account's. */
export function findNear<A extends Account>(
  subject: Subject,
  accounts: readonly A[],
): { readonly account: A; readonly difference: Difference }[] {
  if (subject.name === 'default' || accounts.some((account) => isSubjectOf(subject, account))) return [];
  const near = accounts.flatMap((account) => {
    const difference = getDifference(subject, account);
    return difference ? [{ account, difference, rank: toRank(subject, account, difference) }] : [];
  });
  return near.sort((a, b) => a.rank - b.rank).map(({ account, difference }) => ({ account, difference }));
}

function toRank(subject: Subject, account: Account, difference: Difference): number {
  if (difference === 'spelling') return 0;
  if (difference === 'name') return editDistance(subject.name, account.name);
  return 10 + editDistance(subject.namespace, account.namespace);
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[-_.]/g, '');
}

const MAX_CHANGES = 2;

/**
 * True when one name looks like a slip of the pen for the other. Names that are told apart on purpose do not: by a number
 * (`worker-1`, `worker-2`), by a short word (`ebs-csi`, `efs-csi`; `loader-eu`, `loader-us`) or by a word more.
 */
export function isTypo(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  const limit = length >= 6 ? MAX_CHANGES : length >= 4 ? 1 : 0;
  if (limit === 0 || editDistance(a, b, limit) > limit) return false;
  if (withoutDigits(a) === withoutDigits(b)) return false;
  const [wordsOfA, wordsOfB] = [toWords(a), toWords(b)];
  if (wordsOfA.length !== wordsOfB.length) return !isPrefix(wordsOfA, wordsOfB) && !isPrefix(wordsOfB, wordsOfA);
  return wordsOfA.every((word, index) => {
    const other = wordsOfB[index] ?? '';
    return word === other || Math.max(word.length, other.length) > 3 || isShuffled(word, other);
  });
}

function toWords(name: string): string[] {
  return name.split(/[-_.]/);
}

function isPrefix(words: readonly string[], of: readonly string[]): boolean {
  return (
    words.every((word, index) => word === of[index]) ||
    words.every((word, index) => word === of.slice(-words.length)[index])
  );
}

function withoutDigits(name: string): string {
  return name.replace(/\d+/g, '');
}

function isShuffled(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}
