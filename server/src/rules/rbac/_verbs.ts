import { isTypo } from '../../model/iam/near';
import { STANDARD_VERBS } from '../../standards/api-resources';
import { NON_RESOURCE_VERBS, SPECIAL_VERBS } from '../../standards/rbac-verbs';

// Words for what people want, and HTTP methods, which only rules on URLs may hold.
const MEANT: Readonly<Record<string, readonly string[]>> = {
  read: ['get', 'list', 'watch'],
  view: ['get', 'list', 'watch'],
  describe: ['get'],
  head: ['get'],
  write: ['create', 'update', 'patch'],
  edit: ['update', 'patch'],
  modify: ['update', 'patch'],
  put: ['update'],
  post: ['create'],
  add: ['create'],
  remove: ['delete'],
  deleteall: ['deletecollection'],
};

/** True for an upper-case or misspelt form of a verb: wrong wherever it stands, whatever its group may know. */
export function findMisspelt(word: string, isForUrls: boolean): string | undefined {
  const lower = word.toLowerCase();
  const known: readonly string[] = isForUrls
    ? NON_RESOURCE_VERBS
    : [...STANDARD_VERBS, ...SPECIAL_VERBS.map(({ verb }) => verb)];
  if (known.includes(lower)) return lower;
  return known.find((verb) => isTypo(lower, verb));
}

/** The verbs that are meant by a word that is none; none where that is not clear. */
export function findMeantVerbs(word: string, isForUrls: boolean): readonly string[] {
  const misspelt = findMisspelt(word, isForUrls);
  if (misspelt !== undefined) return [misspelt];
  if (isForUrls) return [];
  const lower = word.toLowerCase();
  return Object.hasOwn(MEANT, lower) ? (MEANT[lower] ?? []) : [];
}
