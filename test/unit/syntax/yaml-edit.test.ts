import { describe, expect, test } from 'vitest';
import type { Change } from '../../../server/src/syntax/change';
import { toEdits } from '../../../server/src/syntax/rewrite';
import { parseYaml } from '../../../server/src/syntax/yaml/parse';
import { applyEdits } from '../../../server/src/text/edit';

/** The text after changes that are made one after the other; undefined when one declines. */
function edit(text: string, ...changes: Change[]): string | undefined {
  const tree = parseYaml(text);
  expect(tree.problems.filter(({ kind }) => kind !== 'duplicate-key')).toEqual([]);
  const edits = toEdits(tree, changes);
  return edits && applyEdits(text, edits);
}

function lines(...content: string[]): string {
  return content.map((line) => `${line}\n`).join('');
}

const set = (path: Change['path'], value: (Change & { op: 'set' })['value']): Change => ({ op: 'set', path, value });
const append = (path: Change['path'], value: (Change & { op: 'set' })['value']): Change => {
  return { op: 'append', path, value };
};
const remove = (path: Change['path'], upTo = 0): Change => ({ op: 'remove', path, upTo });

interface Case {
  readonly name: string;
  readonly before: string;
  readonly changes: readonly Change[];
  /** Undefined when the change declines. */
  readonly after: string | undefined;
}

function run(cases: readonly Case[]): void {
  for (const { name, before, changes, after } of cases) {
    test(name, () => expect(edit(before, ...changes)).toBe(after));
    if (before.includes('\t') || !before.includes('\n')) continue;
    test(`${name} (CRLF, BOM)`, () => {
      const crlf = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
      expect(edit(crlf(before), ...changes)).toBe(after === undefined ? undefined : crlf(after));
    });
  }
}

describe('set', () => {
  run([
    {
      name: 'a scalar keeps its comment, its alignment and what follows',
      before: lines('a:   true   # why', 'b: 1'),
      changes: [set(['a'], false)],
      after: lines('a:   false   # why', 'b: 1'),
    },
    {
      name: 'a quoted string keeps its quotes',
      before: lines("a: 'x'", 'b: "y"', 'c: z'),
      changes: [set(['a'], 'p'), set(['b'], 'q'), set(['c'], 'r')],
      after: lines("a: 'p'", 'b: "q"', 'c: r'),
    },
    {
      name: 'a key without a value',
      before: lines('a: # why', 'b:', 'c: ~'),
      changes: [set(['a'], 1), set(['b'], 'x'), set(['c'], [])],
      after: lines('a: 1 # why', 'b: x', 'c: []'),
    },
    {
      name: 'a tab after the colon stays',
      before: 'a:\ttrue\t# why\nb: 1\n',
      changes: [set(['a'], false)],
      after: 'a:\tfalse\t# why\nb: 1\n',
    },
    {
      name: 'parents that are missing are made, at the end of what is there',
      before: lines('spec:', '    containers:', '        - name: a # first', '          image: b', '# end'),
      changes: [set(['spec', 'containers', 0, 'securityContext', 'capabilities', 'drop'], ['ALL'])],
      after: lines(
        'spec:',
        '    containers:',
        '        - name: a # first',
        '          image: b',
        '          securityContext:',
        '              capabilities:',
        '                  drop:',
        '                      - ALL',
        '# end',
      ),
    },
    {
      name: 'sequences are not indented where the document does not indent them',
      before: lines('spec:', '  containers:', '  - name: a', '    image: b', '  hostNetwork: true'),
      changes: [set(['spec', 'containers', 0, 'securityContext', 'capabilities', 'drop'], ['ALL'])],
      after: lines(
        'spec:',
        '  containers:',
        '  - name: a',
        '    image: b',
        '    securityContext:',
        '      capabilities:',
        '        drop:',
        '        - ALL',
        '  hostNetwork: true',
      ),
    },
    {
      name: 'an empty mapping opens, its comment stays on its line',
      before: lines('a:', '  securityContext: {} # later', '  b: 1'),
      changes: [set(['a', 'securityContext', 'runAsNonRoot'], true)],
      after: lines('a:', '  securityContext: # later', '    runAsNonRoot: true', '  b: 1'),
    },
    {
      name: 'an empty value opens below the comments that stand in it',
      before: lines('a:', '  securityContext:', '    # privileged: true', '  # about b', '  b: 1'),
      changes: [set(['a', 'securityContext', 'runAsNonRoot'], true)],
      after: lines(
        'a:',
        '  securityContext:',
        '    # privileged: true',
        '    runAsNonRoot: true',
        '  # about b',
        '  b: 1',
      ),
    },
    {
      name: 'a flow mapping stays one',
      before: lines('a: { b: 1 } # c', 'd: {e: [x,y]}', 'f: {"g": "h"}'),
      changes: [set(['a', 'c'], { d: ['yes'] }), set(['d', 'e', 2], 'z'), set(['f', 'i'], 'j')],
      after: lines('a: { b: 1, c: {d: ["yes"]} } # c', 'd: {e: [x,y, z]}', 'f: {"g": "h", "i": "j"}'),
    },
    {
      name: 'a flow mapping of several lines gets one more',
      before: lines('a: {', '  "b": 1, # one', '  "c": 2 # two', '}', 'd: {e: 1,', '    f: 2}'),
      changes: [set(['a', 'x'], true), set(['d', 'g'], 3)],
      after: lines(
        'a: {',
        '  "b": 1, # one',
        '  "c": 2, # two',
        '  "x": true',
        '}',
        'd: {e: 1,',
        '    f: 2,',
        '    g: 3}',
      ),
    },
    {
      name: 'after a comment that is as deep as the entries, before one that is less deep',
      before: lines('a:', '  b:', '    c: 1', '    # d: 2', '', '    # e: 3', '  # about f', '  f: 1'),
      changes: [set(['a', 'b', 'x'], 1)],
      after: lines('a:', '  b:', '    c: 1', '    # d: 2', '', '    # e: 3', '    x: 1', '  # about f', '  f: 1'),
    },
    {
      name: 'at the end of a document without a final line break',
      before: 'a:\n  b: 1 # c',
      changes: [set(['a', 'd', 'e'], 'f')],
      after: 'a:\n  b: 1 # c\n  d:\n    e: f',
    },
    {
      name: 'before the marker that ends the document',
      before: lines('---', 'a: 1', '...'),
      changes: [set(['b'], 2)],
      after: lines('---', 'a: 1', 'b: 2', '...'),
    },
    {
      name: 'behind block scalars: clipped, stripped, kept, with an indicator',
      before: lines(
        'a:',
        '  s: |',
        '    text',
        '',
        'b:',
        '  s: >-',
        '    text',
        'c:',
        '  s: |+',
        '    text',
        '',
        'd: 1',
      ),
      changes: [set(['a', 'x'], 1), set(['b', 'x'], 1), set(['c', 'x'], 1)],
      after: lines(
        'a:',
        '  s: |',
        '    text',
        '  x: 1',
        '',
        'b:',
        '  s: >-',
        '    text',
        '  x: 1',
        'c:',
        '  s: |+',
        '    text',
        '',
        '  x: 1',
        'd: 1',
      ),
    },
    {
      name: 'in place of a block scalar',
      before: lines('a: |2- # text', '    x', '', '    y', 'b: >', '  z', 'c: 1'),
      changes: [set(['a'], 'one'), set(['b'], { d: 1 })],
      after: lines('a: one # text', 'b:', '  d: 1', 'c: 1'),
    },
    {
      name: 'several lines as a literal',
      before: lines('a:', '  b: x # why', '  c: 1'),
      changes: [set(['a', 'b'], 'one\n\n  two: # no comment\n'), set(['a', 'd'], 'no end\nhere')],
      after: lines(
        'a:',
        '  b: | # why',
        '    one',
        '',
        '      two: # no comment',
        '  c: 1',
        '  d: |-',
        '    no end',
        '    here',
      ),
    },
    {
      name: 'a collection over another keeps what is equal, with its comments',
      before: lines('caps:', '  # least', '  drop: # all', '    - NET_RAW # raw', '    - ALL # every', '  add: [X]'),
      changes: [set(['caps'], { drop: ['ALL'], extra: true })],
      after: lines('caps:', '  # least', '  drop: # all', '    - ALL # every', '  extra: true'),
    },
    {
      name: 'a scalar over a block: comments on lines of their own stay',
      before: lines('a: # head', '  # own', '  b: 1 # goes', '  c: 2', 'd: 3'),
      changes: [set(['a'], false)],
      after: lines('a: false # head', '  # own', 'd: 3'),
    },
    {
      name: 'in compact items',
      before: lines('- - x', '  - y # why', '- key: v', '  other: w', '-', '-   wide: 1'),
      changes: [
        set([0, 1], 'z'),
        set([1, 'new'], 1),
        set([2], { a: 1, b: 2 }),
        set([3, 'more'], 2),
        set([0, 2], 'end'),
      ],
      after: lines(
        '- - x',
        '  - z # why',
        '  - end',
        '- key: v',
        '  other: w',
        '  new: 1',
        '- a: 1',
        '  b: 2',
        '-   wide: 1',
        '    more: 2',
      ),
    },
    {
      name: 'an anchor that nobody uses stays with the value',
      before: lines('a: &x 1', 'b: &y', '  c: 1'),
      changes: [set(['a'], 2), set(['b', 'd'], 2)],
      after: lines('a: &x 2', 'b: &y', '  c: 1', '  d: 2'),
    },
    {
      name: 'keys and strings that mean something else without quotes',
      before: lines('a: 1'),
      changes: [
        set(['on'], 'off'),
        set(['8080'], '0777'),
        set(['x: y'], '# z'),
        set(['~'], '1e3'),
        set(['k8s.io/a'], '-x'),
      ],
      after: lines('a: 1', '"on": "off"', '"8080": "0777"', '"x: y": "# z"', '"~": "1e3"', 'k8s.io/a: -x'),
    },
    {
      name: 'new strings are quoted as the document quotes',
      before: lines("a: 'x'", "b: 'y'", 'c: "z"'),
      changes: [set(['d'], 'no')],
      after: lines("a: 'x'", "b: 'y'", 'c: "z"', "d: 'no'"),
    },
    {
      name: 'the last one of a key that is written twice, which is the one that counts',
      before: lines('a: 1', 'a: 2'),
      changes: [set(['a'], 3)],
      after: lines('a: 1', 'a: 3'),
    },
    { name: 'declines to write what is there', before: lines('a: yes'), changes: [set(['a'], true)], after: undefined },
    { name: 'declines below a scalar', before: lines('a: b'), changes: [set(['a', 'c'], 1)], after: undefined },
    {
      name: 'declines past the end of a sequence',
      before: lines('a: [b]'),
      changes: [set(['a', 3], 1)],
      after: undefined,
    },
    { name: 'declines explicit keys', before: lines('? a', ': b'), changes: [set(['c'], 1)], after: undefined },
    { name: 'declines behind a tag', before: lines('a: !!str 1'), changes: [set(['a'], true)], after: undefined },
    {
      name: 'declines what is used elsewhere',
      before: lines('a: &x', '  b: 1', 'c: *x'),
      changes: [set(['a', 'b'], 2)],
      after: undefined,
    },
    {
      name: 'declines through an alias',
      before: lines('a: &x', '  b: 1', 'c: *x'),
      changes: [set(['c', 'b'], 2)],
      after: undefined,
    },
    {
      name: 'declines what a merge key brings',
      before: lines('a: &x', '  b: 1', 'c:', '  <<: *x'),
      changes: [set(['c', 'b'], 2)],
      after: undefined,
    },
    {
      name: 'beside a merge key',
      before: lines('a: &x', '  b: 1', 'c:', '  <<: *x'),
      changes: [set(['c', 'd'], 2)],
      after: lines('a: &x', '  b: 1', 'c:', '  <<: *x', '  d: 2'),
    },
    {
      name: 'declines where a comment between brackets would be lost',
      before: lines('a: [', '  # why', '  b', ']'),
      changes: [set(['a'], 'x')],
      after: undefined,
    },
  ]);
});

describe('append', () => {
  run([
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
  run([
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
      name: 'declines an anchor that is used',
      before: lines('a:', '  b: &x 1', '  c: 2', 'd: *x'),
      changes: [remove(['a'])],
      after: undefined,
    },
  ]);
});

describe('rename', () => {
  const rename = (path: Change['path'], key: string): Change => ({ op: 'rename', path, key });
  run([
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
