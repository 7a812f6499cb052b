import type { Known } from '../../model/workspace/fact';

/**
 * Those of several objects that one in the file `uri` and the namespace it writes (undefined: none) means. Objects that write
 * the same namespace are meant wherever they are. Where one of the two leaves it open, kustomize, Helm or kubectl fills it in:
 * the objects whose folders have most in common with that of the file are meant then; with `isClosest`, only those of them that
 * are the fewest folders away.
 */
export function chooseMeant<V>(
  candidates: readonly Known<V>[],
  getNamespace: (value: V) => string | undefined,
  namespace: string | undefined,
  uri: string,
  isClosest = false,
): readonly Known<V>[] {
  const keepNearest = (found: readonly Known<V>[]) => {
    const near = keepCommon(found, uri);
    return isClosest ? keepHighest(near) : near;
  };
  const same = candidates.filter(({ value }) => getNamespace(value) === namespace);
  if (same.length > 0) return namespace === undefined ? keepNearest(same) : same;
  const open = candidates.filter(({ value }) => namespace === undefined || getNamespace(value) === undefined);
  return keepNearest(open);
}

function keepCommon<V>(candidates: readonly Known<V>[], uri: string): readonly Known<V>[] {
  const own = uri.split('/').slice(0, -1);
  const depths = candidates.map((candidate) => countCommon(own, candidate.uri.split('/').slice(0, -1)));
  const best = Math.max(...depths, 0);
  return candidates.filter((_, index) => depths[index] === best);
}

function keepHighest<V>(candidates: readonly Known<V>[]): readonly Known<V>[] {
  const depths = candidates.map(({ uri }) => uri.split('/').length);
  const best = Math.min(...depths);
  return candidates.filter((_, index) => depths[index] === best);
}

function countCommon(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}
