import { editDistance } from '../../text/distance';

/**
 * The one of `names` that a person most likely meant by `written`: the same but for upper and lower case, or at most two
 * letters away. Undefined where none is near, where `written` is one of them, or where two are equally near.
 */
export function getNearestName(written: string, names: readonly string[]): string | undefined {
  if (names.includes(written)) return undefined;
  const folded = names.filter((name) => name.toLowerCase() === written.toLowerCase());
  if (folded.length > 0) return folded[0];
  const distances = names.map((name) => ({
    name,
    distance: editDistance(written.toLowerCase(), name.toLowerCase(), 2),
  }));
  distances.sort((a, b) => a.distance - b.distance);
  const [first, second] = distances;
  if (!first || first.distance > 2 || first.distance * 3 > first.name.length) return undefined;
  return second?.distance === first.distance ? undefined : first.name;
}
