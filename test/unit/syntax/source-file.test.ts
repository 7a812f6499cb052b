import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDocument, readSource, type SourceFile, updateSource } from '../../../server/src/syntax/source-file';
import { parseYaml } from '../../../server/src/syntax/yaml/parse';
import { splitDocuments } from '../../../server/src/syntax/yaml/split';

/** Everything that a file says, places included. */
function describeSource({ text, documents }: SourceFile) {
  return { text, documents: documents.map(({ start, tree }) => ({ start, tree })) };
}

function slices(text: string): string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

describe('documents are cut', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['', ['']],
    ['a: 1', ['a: 1']],
    ['a: 1\n---\nb: 1\n', ['a: 1\n', '---\nb: 1\n']],
    ['# head\n---\na: 1\n---\nb: 1', ['# head\n---\na: 1\n', '---\nb: 1']],
    ['%YAML 1.1\n---\na: 1\n...\n# c\n---\nb: 1\n', ['%YAML 1.1\n---\na: 1\n...\n', '# c\n---\nb: 1\n']],
    ['---\n---\n', ['---\n', '---\n']],
    ['--- a\n--- |\n  b\n', ['--- a\n', '--- |\n  b\n']],
    ['a: |\n  ---\n  x\n', ['a: |\n  ---\n  x\n']],
    ['a: ---\n---x: 1\n', ['a: ---\n---x: 1\n']],
    ['a: 1\r\n---\r\nb: 1\r\n', ['a: 1\r\n', '---\r\nb: 1\r\n']],
    ['\uFEFFa: 1\n---\nb: 1', ['\uFEFFa: 1\n', '---\nb: 1']],
    ['a: 1\n---', ['a: 1\n', '---']],
    ['---\ta: 1\n---\t\n', ['---\ta: 1\n', '---\t\n']],
  ];
  for (const [text, expected] of cases) test(JSON.stringify(text), () => expect(slices(text)).toEqual(expected));

  test('without gaps, whatever the text', () => {
    fc.assert(
      fc.property(fragments(30), (text) => {
        expect(slices(text).join('')).toBe(text);
      }),
    );
  });
});

const PIECES = [
  '---\n',
  '---\r\n',
  '--- # c\n',
  '---',
  '--',
  '-',
  '...\n',
  '...',
  '.',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  '\uFEFF',
  '# comment\n',
  '#',
  '%YAML 1.1\n',
  'a: 1\n',
  'b: {c: [1, 2]}\r\n',
  'd: |\n  text\n  ---\n',
  '  e: &x 1\n',
  'f: *x\n',
  '- g\n',
  '"',
  "'",
  '{',
  '}',
  '{{ x }}',
  '😀日本: 本\n',
  'kind: Pod\n',
];

function fragments(maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...PIECES), { maxLength }).map((pieces) => pieces.join(''));
}

describe('a file that was edited is the file that would be read', () => {
  test('after random edits, one after the other', () => {
    const change = fc.record({ at: fc.nat(), length: fc.nat(12), newText: fragments(3) });
    fc.assert(
      fc.property(fragments(40), fc.array(change, { minLength: 1, maxLength: 8 }), (text, changes) => {
        let file = readSource(text, 'yaml');
        for (const { at, length, newText } of changes) {
          const start = at % (file.text.length + 1);
          const end = Math.min(file.text.length, start + length);
          const after = file.text.slice(0, start) + newText + file.text.slice(end);
          file = updateSource(file, { span: { start, end }, newText }, after);
          expect(describeSource(file)).toEqual(describeSource(readSource(after, 'yaml')));
        }
      }),
      { numRuns: 400 },
    );
  });

  test('and documents that the edit does not touch keep their trees', () => {
    const text = Array.from({ length: 9 }, (_, index) => `---\nname: n${index}\n`).join('');
    const file = readSource(text, 'yaml');
    const at = text.indexOf('n4');
    const after = text.replace('n4', 'other');
    const edited = updateSource(file, { span: { start: at, end: at + 2 }, newText: 'other' }, after);
    const kept = edited.documents.map(({ tree }, index) => tree === file.documents[index]?.tree);
    expect(kept.filter((isKept) => !isKept)).toHaveLength(1);
    expect(edited.documents[findDocument(edited.documents, at)]?.tree.text).toContain('other');
  });

  test('JSON is read as a whole', () => {
    const file = readSource('{"a": 1}', 'json');
    const at = file.text.indexOf('1');
    const after = '{"a": 22}';
    const edited = updateSource(file, { span: { start: at, end: at + 1 }, newText: '22' }, after);
    expect(describeSource(edited)).toEqual(describeSource(readSource(after, 'json')));
  });
});

test('a document is found by any offset in it', () => {
  const text = 'a: 1\n---\nb: 1\n---\nc: 1\n';
  const { documents } = readSource(text, 'yaml');
  for (let offset = 0; offset <= text.length; offset++) {
    const index = findDocument(documents, offset);
    expect(documents[index]?.start).toBeLessThanOrEqual(offset);
    expect(documents[index + 1]?.start ?? text.length + 1).toBeGreaterThan(offset);
  }
});

test('the trees of a file are those of its slices', () => {
  const text = 'a: 1\n---\nb: [\n---\nc: 1\n';
  const { documents } = readSource(text, 'yaml');
  expect(documents.map(({ tree }) => tree)).toEqual(slices(text).map(parseYaml));
  expect(documents.map(({ tree }) => tree.isReliable)).toEqual([true, false, true]);
});
