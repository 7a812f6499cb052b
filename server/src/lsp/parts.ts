/** Of which lists a long list was joined. */
const known = new WeakMap<readonly unknown[], readonly (readonly unknown[])[]>();

/** Joins lists, and remembers of which, so that who writes the long one may keep what was written of its parts. */
export function joinParts<T>(parts: readonly (readonly T[])[]): T[] {
  const joined: T[] = [];
  for (const part of parts) joined.push(...part);
  known.set(joined, parts);
  return joined;
}

/** The lists of which a list was joined; undefined for any other list. */
export function getParts(list: readonly unknown[]): readonly (readonly unknown[])[] | undefined {
  return known.get(list);
}
