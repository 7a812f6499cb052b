import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance } from '../../../server/src/text/distance';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 7 });

/** The recurrence as it is defined, without rows or limits. */
function reference(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const changes = [reference(x, b) + 1, reference(a, y) + 1, reference(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1)];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    changes.push(reference(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...changes);
}

describe('editDistance', () => {
  test.each([
    ['s3-reader', 's3-raeder', 1],
    ['reader', 'reder', 1],
    ['writer', 'writers', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%j and %j: %i', (a, b, expected) => expect(editDistance(a, b)).toBe(expected));

  test('agrees with its definition, either way round', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(reference(a, b));
        expect(editDistance(b, a)).toBe(reference(a, b));
      }),
    );
  });

  test('says limit + 1 for anything beyond the limit', () => {
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(reference(a, b), limit + 1));
      }),
    );
  });
});
