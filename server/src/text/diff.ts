import type { Edit } from './edit';

/** Beyond this many differing lines the search for the smallest script stops, and one edit covers them all. */
const MAX_DISTANCE = 1_000;

interface Hunk {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

/**
 * The edits that turn `before` into `after`: several small ones, none of which covers a line that stays. Applying them to
 * `before` gives exactly `after`.
 */
export function diffTexts(before: string, after: string): Edit[] {
  if (before === after) return [];
  const a = toLines(before);
  const b = toLines(after);
  const startOf = toStarts(a);
  return diffLines(a, b).flatMap(({ beforeStart, beforeEnd, afterStart, afterEnd }) => {
    const old = a.slice(beforeStart, beforeEnd);
    const fresh = b.slice(afterStart, afterEnd);
    const start = startOf[beforeStart] ?? before.length;
    if (old.length !== fresh.length) return diffWords(start, old.join(''), fresh.join(''));
    // Lines that correspond one to one are compared each with its own, which keeps what is between the changes out.
    return old.flatMap((line, index) => trim(startOf[beforeStart + index] ?? start, line, fresh[index] ?? ''));
  });
}

function toLines(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function toStarts(parts: readonly string[]): number[] {
  const starts = [0];
  for (const part of parts) starts.push((starts.at(-1) ?? 0) + part.length);
  return starts;
}

/** Compares word by word, so that a comment or value that stays among changed lines is not written again. */
function diffWords(start: number, old: string, fresh: string): Edit[] {
  const a = toWords(old);
  const b = toWords(fresh);
  const startOf = toStarts(a);
  return diffLines(a, b).map(({ beforeStart, beforeEnd, afterStart, afterEnd }) => ({
    span: { start: start + (startOf[beforeStart] ?? 0), end: start + (startOf[beforeEnd] ?? old.length) },
    newText: b.slice(afterStart, afterEnd).join(''),
  }));
}

function toWords(text: string): string[] {
  return text.match(/\r?\n|[^\S\n\r]+|[^\s]+|\r/g) ?? [];
}

/** Takes what both texts begin and end with out of a replacement; never cuts a surrogate pair or a CRLF in two. */
function trim(start: number, old: string, fresh: string): Edit[] {
  if (old === fresh) return [];
  const limit = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < limit && old[head] === fresh[head]) head++;
  if (isInside(old, head) || isInside(fresh, head)) head--;
  let tail = 0;
  while (tail < limit - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  if (isInside(old, old.length - tail) || isInside(fresh, fresh.length - tail)) tail--;
  const span = { start: start + head, end: start + old.length - tail };
  return [{ span, newText: fresh.slice(head, fresh.length - tail) }];
}

function isInside(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  const [before, after] = [text.charCodeAt(offset - 1), text.charCodeAt(offset)];
  const isPair = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return isPair || (before === 13 && after === 10);
}

function diffLines(a: readonly string[], b: readonly string[]): Hunk[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const matches = matchLines(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const hunks: Hunk[] = [];
  let [x, y] = [head, head];
  for (const [i, j] of [...matches, [a.length - tail - head, b.length - tail - head] as const]) {
    const [toX, toY] = [i + head, j + head];
    if (toX > x || toY > y) hunks.push({ beforeStart: x, beforeEnd: toX, afterStart: y, afterEnd: toY });
    [x, y] = [toX + 1, toY + 1];
  }
  return hunks;
}

/** The pairs of equal lines of a shortest edit script, in order (Myers, 1986, the greedy algorithm). */
function matchLines(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  const isDown = (reach: ReadonlyMap<number, number>, k: number, d: number): boolean =>
    k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
  for (let d = 0; d <= Math.min(a.length + b.length, MAX_DISTANCE); d++) {
    history.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(furthest, k, d) ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtrack(history, a.length, b.length, isDown);
    }
  }
  return [];
}

function backtrack(
  history: readonly ReadonlyMap<number, number>[],
  width: number,
  height: number,
  isDown: (reach: ReadonlyMap<number, number>, k: number, d: number) => boolean,
): (readonly [number, number])[] {
  const matches: (readonly [number, number])[] = [];
  let [x, y] = [width, height];
  for (let d = history.length - 1; d >= 0; d--) {
    const reach = history[d] ?? new Map<number, number>();
    const k = x - y;
    const previous = isDown(reach, k, d) ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (reach.get(previous) ?? 0);
    const fromY = d === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY && x > 0 && y > 0) matches.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return matches.reverse();
}
