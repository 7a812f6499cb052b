import { describe } from 'vitest';
import type { Change } from '../../../../server/src/syntax/change';
import { append, lines, remove, runCases, set } from './cases';

describe('append', () => {
  runCases([
    {
      name: 'to a block sequence, before what follows',
      before: lines('a:', '  - b # c', '  # d', '# e', 'f: 1'),
      changes: [append(['a'], { name: 'x', args: ['--y', 'no'] })],
      after: lines(
        'a:',
        '  - b # c',
        '  # d',
        '  - name: x',
        '    args:',
        '      - --y',
        '      - "no"',
        '# e',
        'f: 1',
      ),
    },
    {
      name: 'to a sequence that is not indented: a comment as deep as its key belongs to what follows',
      before: lines('a:', '- b', '# about f', 'f: 1'),
      changes: [append(['a'], 'c')],
      after: lines('a:', '- b', '- c', '# about f', 'f: 1'),
    },
    {
      name: 'to a sequence between brackets, quoted as its items are',
      before: lines('a: ["X"] # c', 'b: []', 'c: [x, ]', 'd: [', '  y', ']'),
      changes: [append(['a'], 'ALL'), append(['b'], 'ALL'), append(['c'], 'ALL'), append(['d'], 'ALL')],
      after: lines('a: ["X", "ALL"] # c', 'b:', '  - ALL', 'c: [x, ALL, ]', 'd: [', '  y,', '  ALL', ']'),
    },
    {
      name: 'to one that is missing, and again',
      before: lines('a: 1'),
      changes: [append(['b', 'c'], 'x'), append(['b', 'c'], 'z')],
      after: lines('a: 1', 'b:', '  c:', '    - x', '    - z'),
    },
    {
      name: 'to the items of a List, with a comment above',
      before: lines('kind: List', 'items:', '- kind: A'),
      changes: [{ op: 'append', path: ['items'], value: { kind: 'B' }, comment: 'why\nso' }],
      after: lines('kind: List', 'items:', '- kind: A', '# why', '# so', '- kind: B'),
    },
    { name: 'declines on a mapping', before: lines('a: {b: 1}'), changes: [append(['a'], 1)], after: undefined },
  ]);
});

describe('remove', () => {
  runCases([
    {
      name: 'an entry goes with its line and the comment behind it; others stay',
      before: lines('a:', '  # own', '  b: 1 # goes', '  # about c', '  c: 2'),
      changes: [remove(['a', 'b'])],
      after: lines('a:', '  # own', '  # about c', '  c: 2'),
    },
    {
      name: 'comments on lines of their own inside a removed block stay',
      before: lines('a:', '  b:', '    # why', '    x: 1', '    y: |', '      # text', '  c: 2'),
      changes: [remove(['a', 'b'])],
      after: lines('a:', '    # why', '  c: 2'),
    },
    {
      name: 'the last entry leaves an empty mapping, or takes its parents along',
      before: lines('a:', '  b: # note', '    c: 1', 'd:', '  e:', '    f: 1', '  g: 1'),
      changes: [remove(['a', 'b', 'c']), remove(['d', 'e', 'f'], 5)],
      after: lines('a:', '  b: {} # note', 'd:', '  g: 1'),
    },
    { name: 'the last entry of all', before: lines('a: 1'), changes: [remove(['a'], 3)], after: lines('{}') },
    {
      name: 'items, by their places at the start',
      before: lines('a:', '  - x # x', '  - y', '  - z', '  - w'),
      changes: [remove(['a', 0]), remove(['a', 2]), set(['a', 3], 'v')],
      after: lines('a:', '  - y', '  - v'),
    },
    {
      name: 'the first entry of a compact item',
      before: lines('- a: 1 # goes', '  b: 2', '- c: 3', '  # why', '  d: 4', '- - e', '  - f'),
      changes: [remove([0, 'a']), remove([1, 'c']), remove([2, 0])],
      after: lines('- b: 2', '-', '  # why', '  d: 4', '- - f'),
    },
    {
      name: 'between brackets',
      before: lines('a: {b: 1, c: 2} # d', 'e: [x, y, z]', 'f: { g: 1 }', 'h: [i, j,]'),
      changes: [remove(['a', 'c']), remove(['e', 0]), remove(['f', 'g']), remove(['h', 1])],
      after: lines('a: {b: 1} # d', 'e: [y, z]', 'f: {}', 'h: [i,]'),
    },
    {
      name: 'a line between brackets goes with its comment, comments of their own stay',
      before: lines('a: [', '  # first', '  x, # x', '  # second', '  y # y', ']'),
      changes: [remove(['a', 0])],
      after: lines('a: [', '  # first', '  # second', '  y # y', ']'),
    },
    {
      name: 'the last line of a document without a final line break',
      before: 'a: 1\nb: 2 # c',
      changes: [remove(['b'])],
      after: 'a: 1',
    },
    { name: 'declines what is not there', before: lines('a: 1'), changes: [remove(['b'])], after: undefined },
    {
      name: 'declines twice the same',
      before: lines('a: [b, c]'),
      changes: [remove(['a', 0]), remove(['a', 0])],
      after: undefined,
    },
    { name: 'declines a key written twice', before: lines('a: 1', 'a: 2'), changes: [remove(['a'])], after: undefined },
    {
      name: 'one of the entries of a key written twice, where it is said which',
      before: lines('a: 1 # x', 'b:', '  - c: 1', '    c: 2', 'a: {d: 1, d: 2}'),
      changes: [
        { op: 'remove', path: ['b', 0, 'c'], which: 'first' },
        { op: 'remove', path: ['a', 'd'], which: 'last' },
        { op: 'remove', path: ['a'], which: 'first' },
      ],
      after: lines('b:', '  - c: 2', 'a: {d: 1}'),
    },
    {
      name: 'declines to say which of one',
      before: lines('a: 1'),
      changes: [{ op: 'remove', path: ['a'], which: 'first' }],
      after: undefined,
    },
    {
      name: 'an alias',
      before: lines('a: &x 1', 'b: *x', 'c: {d: *x}'),
      changes: [remove(['b']), remove(['c', 'd'], 1)],
      after: lines('a: &x 1'),
    },
    {
      name: 'declines what a merge key brings, and keeps what else it brings',
      before: lines('a: &x {b: 1, c: 2}', 'd:', '  e:', '    <<: *x'),
      changes: [remove(['d', 'e', 'b'], 2)],
      after: undefined,
    },
    {
      name: 'declines an anchor that is used',
      before: lines('a:', '  b: &x 1', '  c: 2', 'd: *x'),
      changes: [remove(['a'])],
      after: undefined,
    },
  ]);
});

describe('rename', () => {
  const rename = (path: Change['path'], key: string): Change => ({ op: 'rename', path, key });
  runCases([
    {
      name: 'leaves the value, its comments and the quotes of the key',
      before: lines('a: # c', '  "b": 1', "'c': {d: 1}"),
      changes: [rename(['a'], 'z'), set(['a', 'b'], 2), rename(['c', 'd'], 'on'), rename(['c'], 'y')],
      after: lines('z: # c', '  "b": 2', `'y': {"on": 1}`),
    },
    {
      name: 'declines a key that is there',
      before: lines('a: 1', 'b: 2'),
      changes: [rename(['a'], 'b')],
      after: undefined,
    },
  ]);
});
