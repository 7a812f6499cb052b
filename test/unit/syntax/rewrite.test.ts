import { expect, test } from 'vitest';
import type { Change } from '../../../server/src/syntax/change';
import { Rewriter } from '../../../server/src/syntax/rewrite';
import { parseYaml } from '../../../server/src/syntax/yaml/parse';

const set = (...path: string[]): readonly Change[] => [{ op: 'set', path, value: 1 }];

test('a change near another may wait until that one is written', () => {
  const rewriter = new Rewriter(parseYaml('a:\n  b: 0\nc:\n  d: 0\n'));
  expect(rewriter.apply(set('a', 'x'), true)).toBe('changed');
  expect(rewriter.apply(set('a', 'y'), true)).toBe('waiting');
  expect(rewriter.apply(set('c', 'x'), true)).toBe('changed');
  expect(rewriter.settle()).toBe(true);
  expect(rewriter.apply(set('a', 'y'), true)).toBe('changed');
  expect(rewriter.finish()?.tree.text).toBe('a:\n  b: 0\n  x: 1\n  "y": 1\nc:\n  d: 0\n  x: 1\n');
});

test('changes that are near only each other do not wait', () => {
  const rewriter = new Rewriter(parseYaml('a:\n  b: 0\n'));
  expect(rewriter.apply([...set('a', 'x'), ...set('a', 'z')], true)).toBe('changed');
  expect(rewriter.finish()?.tree.text).toBe('a:\n  b: 0\n  x: 1\n  z: 1\n');
});
