import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../server/src/syntax/json';
import { MAX_DOCUMENT_LENGTH } from '../../../server/src/syntax/limits';
import type { Node, SyntaxProblem, Tree } from '../../../server/src/syntax/node';
import { Ref } from '../../../server/src/syntax/ref';
import { readSource } from '../../../server/src/syntax/source-file';
import { parseYaml } from '../../../server/src/syntax/yaml/parse';

type Kind = SyntaxProblem['kind'];

/** How many nodes the tree holds; what an alias stands for is not counted again, for it is not built again. */
function countNodes(node: Node | undefined): number {
  if (!node) return 0;
  if (node.type === 'mapping') return node.pairs.reduce((sum, { value }) => sum + countNodes(value), 1);
  if (node.type === 'sequence') return node.items.reduce((sum, item) => sum + countNodes(item), 1);
  return 1;
}

function kindsOf(tree: Tree): Kind[] {
  return [...new Set(tree.problems.map(({ kind }) => kind))];
}

describe('a text that is no YAML is said to be so, and judged by nothing', () => {
  const cases: readonly [name: string, text: string, kind: Kind][] = [
    ['an open bracket', 'a: [1, 2\nb: 1\n', 'syntax'],
    ['an open quote', 'a: "x\n', 'syntax'],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'syntax'],
    ['a mapping in a scalar', 'a: b: c\n', 'syntax'],
    ['a lost dash', 'a:\n  - b\n c\n', 'syntax'],
    ['an alias without an anchor', 'a: *none\n', 'syntax'],
    ['an anchor that holds itself', 'a: &a [*a]\n', 'syntax'],
    ['a template', 'a: {{ .Values.a }}\n', 'template'],
    ['control flow of a template', '{{- if .Values.a }}\na: 1\n{{- end }}\n', 'template'],
    ['a directive alone', '%YAML 1.2\n', 'syntax'],
    ['brackets without end', '['.repeat(1_000_000), 'budget'],
    ['braces without end', '{'.repeat(100_000), 'budget'],
    ['brackets that are closed', '['.repeat(5_000) + ']'.repeat(5_000), 'budget'],
    ['dashes without end', '- '.repeat(100_000), 'budget'],
    ['keys in keys', '? '.repeat(100_000), 'budget'],
    [
      'a block a thousand levels deep',
      Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'budget',
    ],
    ['five megabytes', 'a: 1\n'.repeat(1_000_000), 'budget'],
  ];
  for (const [name, text, kind] of cases) {
    test(name, () => {
      const tree = parseYaml(text);
      expect(tree.isReliable).toBe(false);
      expect(kindsOf(tree)).toEqual([kind]);
      for (const { message, span } of tree.problems) {
        expect(message.length).toBeLessThan(500);
        expect(message).toMatch(/^Not checked: .*\.$/s);
        expect(span.start).toBeLessThanOrEqual(span.end);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    });
  }

  test('faults without end are not all told', () => {
    for (const text of ['"'.repeat(20_000), '\ta: 1\n'.repeat(5_000), '%x\n'.repeat(5_000), `!${'!'.repeat(20_000)}`]) {
      const tree = parseYaml(text);
      expect(tree.isReliable).toBe(false);
      expect(tree.problems.length).toBeGreaterThan(0);
      expect(tree.problems.length).toBeLessThanOrEqual(500);
    }
  });

  test('JSON has the same limits', () => {
    for (const text of [
      '['.repeat(1_000_000),
      '['.repeat(300) + ']'.repeat(300),
      ' '.repeat(MAX_DOCUMENT_LENGTH + 1),
    ]) {
      expect(kindsOf(parseJson(text))).toEqual(['budget']);
    }
    expect(kindsOf(parseJson('{"a": }'))).toEqual(['syntax']);
    expect(kindsOf(parseJson(''))).toEqual(['syntax']);
    expect(parseJson('{"a": 1, "a": 2}')).toMatchObject({ isReliable: true, problems: [{ kind: 'duplicate-key' }] });
  });
});

describe('what is large or strange is read', () => {
  test('aliases of aliases are not multiplied', () => {
    const level = (name: string, of: string): string => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]\n`;
    const names = Array.from({ length: 12 }, (_, index) => `l${index}`);
    const text = `l: &l [x]\n${names.map((name, index) => level(name, names[index - 1] ?? 'l')).join('')}`;
    const tree = parseYaml(text);
    expect(tree).toMatchObject({ isReliable: true, problems: [] });
    expect(countNodes(tree.root)).toBeLessThan(text.length);
    const deep = Ref.root(tree).get('l11', ...names.map(() => 0), 0);
    expect([deep.string, deep.isShared]).toEqual(['x', true]);
  });

  test('merges of merges are not multiplied', () => {
    const names = Array.from({ length: 14 }, (_, index) => `l${index}`);
    const level = (name: string, of: string): string =>
      `${name}: &${name}\n  <<: [${Array(9).fill(`*${of}`).join(', ')}]\n`;
    const text = `l: &l {x: 1}\n${names.map((name, index) => level(name, names[index - 1] ?? 'l')).join('')}`;
    const last = Ref.root(parseYaml(text)).get('l13');
    expect([last.keys(), last.get('x').number, last.get('none').isAbsent]).toEqual([['x'], 1, true]);
  });

  test('ten thousand aliases of one anchor', () => {
    const aliases = Array.from({ length: 10_000 }, (_, index) => `k${index}: *a\n`).join('');
    const root = Ref.root(parseYaml(`a: &a {b: 1}\n${aliases}`));
    expect(root.get('k9999', 'b').number).toBe(1);
    expect(root.entries()).toHaveLength(10_001);
  });

  test('a mapping of forty thousand keys', () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `k${index}: ${index}\n`).join('');
    const root = Ref.root(parseYaml(text));
    expect(root.get('k39999').number).toBe(39_999);
    expect(root.entries().every(([key, ref]) => key === `k${ref.number}`)).toBe(true);
  });

  test('beginnings of placeholders without an end, and one that has an end after all', () => {
    const text = ['{{', '${'].map((start) => `- "${start.repeat(400_000)}"\n`).join('');
    const isUnknown = (yaml: string): boolean[] =>
      Ref.root(parseYaml(yaml))
        .items()
        .map((ref) => ref.isUnknown);
    expect(isUnknown(text)).toEqual([false, false]);
    expect(isUnknown(text.replaceAll('"\n', '}}"\n'))).toEqual([true, true]);
    expect(isUnknown('- "}} {{"\n- "} ${"\n- "{{}}"\n- "${}"\n')).toEqual([false, false, true, true]);
  });

  test('a key that is written twice: the last one counts', () => {
    const tree = parseYaml('a: 1\nb: 2\na: 3\n');
    expect(tree).toMatchObject({ isReliable: true, problems: [{ kind: 'duplicate-key' }] });
    expect(Ref.root(tree).get('a').number).toBe(3);
    const many = `${Array.from({ length: 40 }, (_, index) => `k${index}: 0\n`).join('')}k7: 1\n`;
    expect(Ref.root(parseYaml(many)).get('k7').number).toBe(1);
  });

  test('a BOM, tabs that are no indentation, CRLF, a text of nothing', () => {
    const text = '\uFEFFa:\t1\t# c\r\nb:\r\n  - x\t\r\n';
    const root = Ref.root(parseYaml(text));
    expect(root.tree.problems).toEqual([]);
    expect([root.get('a').number, root.get('b', 0).string]).toEqual([1, 'x']);
    const { keySpan } = root.get('b');
    expect(keySpan && text.slice(keySpan.start, keySpan.end)).toBe('b');
    for (const empty of ['', '\n', '# c', '---\n', '\uFEFF', '...\n']) {
      expect(parseYaml(empty)).toMatchObject({ isReliable: true, problems: [] });
    }
  });
});

test('a document that is broken leaves its neighbours alone', () => {
  const { documents } = readSource('a: 1\n---\nb: [\n---\n\tc: 1\n---\nd: 1\n', 'yaml');
  expect(documents.map(({ tree }) => tree.isReliable)).toEqual([true, false, false, true]);
  expect(Ref.root(documents.at(-1)?.tree ?? parseYaml('')).get('d').number).toBe(1);
});
