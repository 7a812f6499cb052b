import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../server/src/syntax/change';
import { parseJson } from '../../../server/src/syntax/json';
import { toEdits } from '../../../server/src/syntax/rewrite';
import { applyEdits } from '../../../server/src/text/edit';

/** The text after a change; undefined when it declines. */
function edit(text: string, ...changes: Change[]): string | undefined {
  const edits = toEdits(parseJson(text), changes);
  return edits && applyEdits(text, edits);
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const { tree: json } = fc.letrec<{ tree: Json; leaf: Json }>((tie) => ({
  leaf: fc.oneof(fc.constantFrom(null, true, 1.5, 'word', 'a "quoted" // word', '日本 😀'), fc.integer()),
  tree: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'spec', 'x y', '"'), tie('tree'), { maxKeys: 3 }),
  ),
}));

const VALUES: readonly Json[] = [false, 'text', ['ALL'], { drop: ['ALL'], add: [] }, {}, 7];

describe('a document that is laid out as a program writes it stays so', () => {
  for (const unit of ['  ', '    ', '\t']) {
    for (const eol of ['\n', '\r\n']) {
      test(JSON.stringify(unit + eol), () => {
        fc.assert(
          fc.property(json, json, fc.constantFrom(...VALUES), (first, second, value) => {
            const before = { first, second, list: [first] };
            const write = (data: Json): string => `\uFEFF${JSON.stringify(data, null, unit)}\n`.replaceAll('\n', eol);
            const text = write(before);
            const cases: [Change, Json][] = [
              [
                { op: 'set', path: ['fresh', 'deep'], value },
                { ...before, fresh: { deep: value } },
              ],
              [
                { op: 'append', path: ['list'], value },
                { ...before, list: [first, value] },
              ],
              [
                { op: 'remove', path: ['second'] },
                { first, list: [first] },
              ],
              [
                { op: 'remove', path: ['list'] },
                { first, second },
              ],
              [
                { op: 'set', path: ['list'], value: 3 },
                { ...before, list: 3 },
              ],
            ];
            for (const [change, after] of cases) expect(edit(text, change)).toBe(write(after));
          }),
          { numRuns: 60 },
        );
      });
    }
  }
});

test('JSON on one line stays on it, with or without blanks', () => {
  const set: Change = { op: 'set', path: ['b', 'c'], value: ['x'] };
  expect(edit('{"a":1}', set)).toBe('{"a":1,"b":{"c":["x"]}}');
  expect(edit('{"a": 1}', set)).toBe('{"a": 1, "b": {"c": ["x"]}}');
  expect(edit('{}', set)).toBe('{"b": {"c": ["x"]}}');
  expect(edit('{"a":1,"b":{}}', set)).toBe('{"a":1,"b":{"c":["x"]}}');
});

test('comments and trailing commas survive', () => {
  const text = ['{', '  // about a', '  "a": 1, // one', '  "b": 2, /* two */', '}', ''].join('\n');
  expect(edit(text, { op: 'set', path: ['c'], value: true })).toBe(
    ['{', '  // about a', '  "a": 1, // one', '  "b": 2, /* two */', '  "c": true,', '}', ''].join('\n'),
  );
  expect(edit(text, { op: 'remove', path: ['a'] })).toBe(
    ['{', '  // about a', '  "b": 2, /* two */', '}', ''].join('\n'),
  );
  expect(edit(text, { op: 'rename', path: ['a'], key: 'z' })).toBe(text.replace('"a"', '"z"'));
});

test('the last entry goes with the comma before it', () => {
  const text = '{\n  "a": 1, // one\n  "b": 2 // two\n}\n';
  expect(edit(text, { op: 'remove', path: ['b'] })).toBe('{\n  "a": 1 // one\n}\n');
  expect(edit('{"a": [1]}', { op: 'remove', path: ['a', 0] })).toBe('{"a": []}');
  expect(edit('{"x": {"a": [1]}}', { op: 'remove', path: ['x', 'a', 0], upTo: 2 })).toBe('{}');
});

test('declines on keys that are written twice, on routes through scalars and on broken text', () => {
  expect(edit('{"a": 1, "a": 2}', { op: 'remove', path: ['a'] })).toBeUndefined();
  expect(edit('{"a": 1}', { op: 'set', path: ['a', 'b'], value: 1 })).toBeUndefined();
  expect(edit('{"a": 1', { op: 'set', path: ['a'], value: 2 })).toBeUndefined();
  expect(edit('{"a": 1, "b": 2}', { op: 'rename', path: ['a'], key: 'b' })).toBeUndefined();
});
