import { expect, test } from 'vitest';
import { parseCalicoSelector } from '../../../server/src/model/kubernetes/calico-selector';

const has = (key: string) => ({ key, operator: 'Exists', values: [] });

test.each([
  ['', []],
  [' all() ', []],
  ['has(a)', [has('a')]],
  ['!has(a.b/c-d)', [{ key: 'a.b/c-d', operator: 'DoesNotExist', values: [] }]],
  ['a == "x"', [{ key: 'a', operator: 'In', values: ['x'] }]],
  ["a=='x'&&has(b)", [{ key: 'a', operator: 'In', values: ['x'] }, has('b')]],
  ['a != "x y"', [{ key: 'a', operator: 'NotIn', values: ['x y'] }]],
  ['(a in {"x", \'y\'}) && (has(b) && all())', [{ key: 'a', operator: 'In', values: ['x', 'y'] }, has('b')]],
  ['a not in { "x" }', [{ key: 'a', operator: 'NotIn', values: ['x'] }]],
])('%s', (text, expected) => {
  expect(parseCalicoSelector(text)).toEqual(expected);
});

test.each([
  'has(a) || has(b)',
  'a contains "x"',
  'a starts with "x"',
  '!(has(a))',
  '!all()',
  '!a == "x"',
  'a == x',
  'a not "x"',
  'a in {x}',
  'a in {"x"',
  'has(a',
  'has()',
  '(has(a)',
  'has(a))',
  'a',
  '&&',
  'a == "x',
  '§',
])('what is more, or broken, is not understood: %s', (text) => {
  expect(parseCalicoSelector(text)).toBeUndefined();
});

test('what is outside of every namespace is asked for by nothing that one has', () => {
  expect(parseCalicoSelector('global()')).toEqual([{ key: '', operator: 'In', values: [] }]);
});

test.each([['('.repeat(9_000)], ['('.repeat(1_000_000)], ['!'.repeat(1_000_000)]])(
  'a text without end is refused',
  (text) => {
    expect(parseCalicoSelector(text)).toBeUndefined();
  },
);
