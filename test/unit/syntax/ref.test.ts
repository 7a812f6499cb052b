import { describe, expect, test } from 'vitest';
import { Ref, type Step } from '../../../server/src/syntax/ref';
import { parseYaml } from '../../../server/src/syntax/yaml/parse';
import { LineIndex } from '../../../server/src/text/line-index';

function open(text: string, isOpen = false): Ref {
  const tree = parseYaml(text);
  expect(tree.problems).toEqual([]);
  return Ref.root(tree, isOpen);
}

/** The text that is underlined for a route. */
function pointed(ref: Ref): string {
  const { start, end } = ref.anchor;
  return ref.tree.text.slice(start, end);
}

describe('present, absent, unknown', () => {
  const text = [
    'a: 1',
    'empty:',
    'tilde: ~',
    'word: "null"',
    'map: {}',
    'list: [x, ~]',
    "helm: '{{ .Values.x }}'",
    'flux: ${image}',
    'inside: tag-${x}',
    '',
  ].join('\n');
  const cases: readonly [path: Step[], state: string, isWritten: boolean][] = [
    [['a'], 'present', true],
    [['a', 'below'], 'absent', false],
    [['empty'], 'absent', true],
    [['tilde'], 'absent', true],
    [['word'], 'present', true],
    [['map'], 'present', true],
    [['map', 'x'], 'absent', false],
    [['list', 0], 'present', true],
    [['list', 1], 'absent', true],
    [['list', 2], 'absent', false],
    [['list', 'x'], 'absent', false],
    [['none', 'at', 0, 'all'], 'absent', false],
    [['helm'], 'unknown', true],
    [['helm', 'below'], 'unknown', false],
    [['flux'], 'unknown', true],
    [['inside'], 'unknown', true],
  ];
  for (const [path, state, isWritten] of cases) {
    test(path.join('/'), () => {
      const ref = open(text).get(...path);
      expect([ref.state, ref.isWritten, ref.path]).toEqual([state, isWritten, path]);
      expect([ref.isPresent, ref.isAbsent, ref.isUnknown]).toEqual(
        ['present', 'absent', 'unknown'].map((one) => one === state),
      );
    });
  }

  test('in a fragment nothing is absent', () => {
    const root = open('a: 1\nb:\n', true);
    expect([root.get('a').state, root.get('b').state, root.get('c', 'd').state]).toEqual([
      'present',
      'unknown',
      'unknown',
    ]);
  });
});

describe('values are those of the API server', () => {
  const root = open('yes: on\nquoted: "true"\nmode: 0444\nname: web\nlist: [1, two]\nmap: {b: 1, a: 2}\n');

  test('scalars', () => {
    expect(root.get('yes').boolean).toBe(true);
    expect([root.get('quoted').boolean, root.get('quoted').string]).toEqual([undefined, 'true']);
    expect([root.get('mode').number, root.get('mode').written]).toEqual([0o444, '0444']);
    expect([root.get('name').string, root.get('name').number]).toEqual(['web', undefined]);
    expect([root.get('none').string, root.get('none').written, root.get('map').string]).toEqual(
      Array(3).fill(undefined),
    );
  });

  test('collections', () => {
    expect(
      root
        .get('list')
        .items()
        .map((item) => item.written),
    ).toEqual(['1', 'two']);
    expect(root.get('map').keys()).toEqual(['b', 'a']);
    expect(
      root
        .get('map')
        .entries()
        .map(([key, ref]) => [key, ref.number]),
    ).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
    expect([root.get('name').items(), root.get('name').keys()]).toEqual([[], []]);
    expect([root.get('map').isMapping, root.get('list').isSequence, root.get('list').isMapping]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('aliases and merge keys', () => {
  const text = [
    'base: &base',
    '  a: 1',
    '  deep: &deep {x: 1}',
    'more: &more',
    '  <<: *base',
    '  b: 2',
    '  a: 3',
    'use: *base',
    'merged:',
    '  <<: *more',
    '  own: 4',
    'several:',
    '  <<: [*base, *more]',
    'alone: &alone 5',
    '',
  ].join('\n');
  const root = open(text);

  test('are followed, the nearest value first', () => {
    expect(root.get('use', 'a').number).toBe(1);
    expect(root.get('use', 'deep', 'x').number).toBe(1);
    expect([root.get('merged', 'a').number, root.get('merged', 'b').number]).toEqual([3, 2]);
    expect(root.get('merged', 'deep', 'x').number).toBe(1);
    expect([root.get('several', 'a').number, root.get('several', 'b').number]).toEqual([1, 2]);
    expect(root.get('merged', 'none').state).toBe('absent');
    expect(root.get('merged').keys()).toEqual(['own', 'b', 'a', 'deep']);
  });

  test('point at the use, never at what is used', () => {
    expect(pointed(root.get('use', 'a'))).toBe('*base');
    expect(pointed(root.get('merged', 'a'))).toBe('*more');
    expect(pointed(root.get('merged', 'deep', 'x'))).toBe('*more');
    expect(root.get('merged', 'a').keySpan).toBeUndefined();
    expect(pointed(root.get('merged', 'own'))).toBe('4');
  });

  test('make what is used elsewhere shared; an anchor that nobody uses is not', () => {
    const shared = (...path: Step[]): boolean => root.get(...path).isShared;
    expect([shared('base'), shared('base', 'a'), shared('use', 'a'), shared('merged', 'a')]).toEqual(
      Array(4).fill(true),
    );
    expect([shared('merged', 'own'), shared('merged'), shared('alone')]).toEqual(Array(3).fill(false));
  });

  test('of something that is not there leave everything open', () => {
    const broken = Ref.root(parseYaml('a: *none\nb:\n  <<: *none\n  c: 1\n'));
    expect([broken.get('a', 'x').state, broken.get('b', 'x').state, broken.get('b', 'c').state]).toEqual([
      'unknown',
      'unknown',
      'present',
    ]);
  });

  test('that hold themselves come to an end', () => {
    const text = 'a: &a\n  b: 1\n  <<: *a\n';
    expect(Ref.root(parseYaml(text)).get('a', 'none').isPresent).toBe(false);
    expect(Ref.root(parseYaml(text)).get('a').keys()).toEqual(['b']);
  });
});

describe('what is pointed at', () => {
  const text = [
    'kind: Pod',
    'spec:',
    '  containers:',
    '    - image: x',
    '      name: web',
    '      empty:',
    '    - [1]',
    '    - plain',
    '',
  ].join('\n');
  const containers = open(text).get('spec', 'containers');
  const cases: readonly [name: string, ref: Ref, expected: string][] = [
    ['a scalar', containers.get(0, 'image'), 'x'],
    ['the key of a collection', containers, 'containers'],
    ['the name of an item', containers.get(0), 'name: web'],
    ['an item that is a scalar', containers.get(2), 'plain'],
    ['a key without a value', containers.get(0, 'empty'), 'empty'],
    ['the nearest thing above what is absent', containers.get(0, 'securityContext', 'privileged'), 'name: web'],
    ['the key above an absent item', open(text).get('spec', 'none'), 'spec'],
    ['the kind of the object for the root', open(text), 'Pod'],
    ['the first key of what has no kind', open('a:\n  b: 1\n'), 'a'],
    ['a sequence in a sequence by its first character', containers.get(1), '['],
  ];
  for (const [name, ref, expected] of cases) test(name, () => expect(pointed(ref)).toBe(expected));

  test('is counted in UTF-16 code units', () => {
    const written = '日本: {"😀": "𝒳", k: v}';
    const ref = open(`# 😀😀\n${written}\n`).get('日本', 'k');
    const { start } = new LineIndex(ref.tree.text).rangeOf(ref.anchor);
    const line = ref.tree.text.split('\n').indexOf(written);
    expect(start).toEqual({ line, character: written.indexOf('v') });
    expect(pointed(ref)).toBe('v');
  });

  test('of nothing at all is a place in the text', () => {
    for (const empty of ['', '# c\n']) {
      const { start, end } = open(empty).anchor;
      expect([start, end <= empty.length]).toEqual([0, true]);
    }
  });
});
