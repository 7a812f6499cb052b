/**
 * The one of `names` that a person most likely meant by `written`: the same but for upper and lower case, or at most two
 * letters away. Undefined where none is near, where `written` is one of them, or where two are equally near.
 */
export function getNearestName(written: string, names: readonly string[]): string | undefined {
  if (names.includes(written)) return undefined;
  const folded = names.filter((name) => name.toLowerCase() === written.toLowerCase());
  if (folded.length > 0) return folded[0];
  const distances = names.map((name) => ({ name, distance: getDistance(written.toLowerCase(), name.toLowerCase()) }));
  distances.sort((a, b) => a.distance - b.distance);
  const [first, second] = distances;
  if (!first || first.distance > 2 || first.distance * 3 > first.name.length) return undefined;
  return second?.distance === first.distance ? undefined : first.name;
}

/** How many letters have to be added, removed, changed or swapped with their neighbour to make `b` of `a`. */
function getDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
