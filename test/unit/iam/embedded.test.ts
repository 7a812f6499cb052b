import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMBEDDED, getEmbedded } from '../../../server/src/syntax/embedded';
import { DocumentRewriter } from '../../../server/src/syntax/embedded-rewrite';
import type { Node } from '../../../server/src/syntax/node';
import { readTree } from '../../../server/src/syntax/read-tree';
import { Ref } from '../../../server/src/syntax/ref';
import { applyEdits } from '../../../server/src/text/edit';

/** Ways to write a text as the value of a key `policy` of a YAML document. */
const WAYS: Readonly<Record<string, (text: string) => string>> = {
  literal: (text) => `|\n${indent(text, '    ')}\n`,
  'literal without final break': (text) => `|-\n${indent(text, '   ')}\n\n`,
  'literal with tag and comment': (text) => `!Sub | # filled in\n${indent(text, '      ')}\n`,
  'literal with indicator': (text) => `|2\n${indent(text, '    ')}\n`,
  folded: (text) => `>\n${indent(text, '    ')}\n`,
  'folded with blank lines': (text) => `>-\n${indent(text, '    ').replaceAll('\n', '\n\n')}\n`,
  'single-quoted': (text) => `'${text.replaceAll("'", "''").replaceAll('\n', ' ')}'\n`,
  'single-quoted on lines': (text) => `'${text.replaceAll("'", "''").replaceAll('\n', '\n    ')}'\n`,
  'double-quoted': (text) => `${JSON.stringify(text)}\n`,
  'double-quoted on lines': (text) =>
    `"${text
      .split('\n')
      .map((line) => JSON.stringify(line).slice(1, -1))
      .join('\\\n    \\n')}"\n`,
};

function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : by + line))
    .join('\n');
}

const toDocument = (value: string) => `# before\nkind: Any\nspec:\n  policy: ${value}  after: [1] # behind\n`;
const PATH = ['spec', 'policy'];

function readText(text: string, language: 'yaml' | 'json' = 'yaml') {
  const tree = readTree(text, language);
  const ref = Ref.root(tree).get(...PATH);
  const embedded = ref.scalar && getEmbedded(tree, ref.scalar);
  if (!embedded) throw new Error(`no JSON in ${text}`);
  return { tree, ref, embedded };
}

/** Every scalar and key of two trees of one shape, side by side. */
function* pairsOf(outer: Node | undefined, inner: Node | undefined): Iterable<readonly [Node['span'], Node['span']]> {
  if (!outer || !inner) return;
  if (outer.type === 'mapping' && inner.type === 'mapping') {
    for (const [index, pair] of outer.pairs.entries()) {
      const other = inner.pairs[index];
      if (!other) continue;
      yield [pair.keySpan, other.keySpan];
      yield* pairsOf(pair.value, other.value);
    }
  } else if (outer.type === 'sequence' && inner.type === 'sequence') {
    for (const [index, item] of outer.items.entries()) yield* pairsOf(item, inner.items[index]);
  } else {
    yield [outer.span, inner.span];
  }
}

const word = fc.constantFrom(
  'a',
  'key: b',
  "it's",
  'say "so"',
  'x\\y',
  'ü😀漢',
  '#no',
  '',
  ' blanks  inside ',
  '{}',
  '\t',
);
const json = fc.dictionary(
  word,
  fc.oneof(word, fc.integer(), fc.array(word, { maxLength: 3 }), fc.dictionary(word, word, { maxKeys: 2 })),
  { maxKeys: 4 },
);

test.each(['|', '>', '|-'])('JSON in the last lines of a file without a line break at its end, %s', (style) => {
  const text = `kind: Any\nspec:\n  policy: ${style}\n    {\n      "last": "x"\n    }`;
  const { tree, embedded } = readText(text);
  const [pair] = [...pairsOf(embedded.root, embedded.tree.root)];
  expect(pair && tree.text.slice(pair[0].start, pair[0].end)).toBe('"last"');
  const rewriter = new DocumentRewriter(tree);
  expect(rewriter.apply([{ op: 'set', path: [...PATH, EMBEDDED, 'last'], value: 'y' }])).toBe('changed');
  expect(applyEdits(text, rewriter.finish()?.edits ?? [])).toBe(text.replace('"x"', '"y"'));
});

describe.each(Object.keys(WAYS))('JSON in a YAML string, %s', (way) => {
  const write = WAYS[way] ?? String;

  test.each(['\n', '\r\n'])('every key and value is at its place (line ends %j)', (eol) => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), (value, width) => {
        const text = toDocument(write(JSON.stringify(value, null, width))).replaceAll('\n', eol);
        const { tree, embedded } = readText(text);
        for (const [outer, inner] of pairsOf(embedded.root, embedded.tree.root)) {
          const written = tree.text.slice(outer.start, outer.end);
          const meant = embedded.tree.text.slice(inner.start, inner.end);
          // Within a string of JSON nothing is folded, so that quotes and escapes are all that may differ.
          expect(toPlain(written, way)).toBe(meant);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a change is made where it is meant, and nothing else changes', () => {
    fc.assert(
      fc.property(json, word, fc.constantFrom(0, 2), (value, fresh, width) => {
        const text = toDocument(write(JSON.stringify({ ...value, last: 'x' }, null, width)));
        const rewriter = new DocumentRewriter(readTree(text, 'yaml'));
        const path = [...PATH, EMBEDDED, 'last'];
        expect(rewriter.apply([{ op: 'set', path, value: [fresh] }])).toBe('changed');
        const result = rewriter.finish();
        if (!result) throw new Error(`declined in ${text}`);
        const after = applyEdits(text, result.edits) ?? '';
        expect(after).toBe(result.tree.text);
        expect(JSON.parse(readText(after).embedded.tree.text)).toEqual({ ...value, last: [fresh] });
        expect(after.startsWith('# before\nkind: Any\nspec:\n  policy: ')).toBe(true);
        expect(after.endsWith('  after: [1] # behind\n')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

function toPlain(written: string, way: string): string {
  if (way.startsWith('single')) return written.replaceAll("''", "'");
  if (way.startsWith('double')) return JSON.parse(`"${written}"`) as string;
  return written;
}

test('changes inside and outside of the text go together, several inside too', () => {
  const text = toDocument(WAYS.literal?.('{\n  "a": 1,\n  "b": { "c": 2 }\n}') ?? '');
  const rewriter = new DocumentRewriter(readTree(text, 'yaml'));
  const inside = (...steps: string[]) => [...PATH, EMBEDDED, ...steps];
  expect(rewriter.apply([{ op: 'set', path: inside('a'), value: 5 }])).toBe('changed');
  expect(
    rewriter.apply([
      { op: 'rename', path: inside('b'), key: 'd' },
      { op: 'set', path: inside('b', 'c'), value: 'x' },
      { op: 'set', path: ['kind'], value: 'Other' },
    ]),
  ).toBe('changed');
  const after = rewriter.finish()?.tree.text ?? '';
  expect(after).toBe(
    text.replace('Any', 'Other').replace('"a": 1', '"a": 5').replace('"b": { "c": 2 }', '"d": { "c": "x" }'),
  );
});

test('one change that declines takes the others of its fix back, and leaves those of earlier fixes', () => {
  const text = toDocument(WAYS.literal?.('{ "a": 1, "b": 2 }') ?? '');
  const rewriter = new DocumentRewriter(readTree(text, 'yaml'));
  const inside = (step: string) => [...PATH, EMBEDDED, step];
  rewriter.apply([{ op: 'set', path: inside('a'), value: 5 }]);
  const outcome = rewriter.apply([
    { op: 'set', path: inside('b'), value: 6 },
    { op: 'rename', path: inside('missing'), key: 'x' },
  ]);
  expect(outcome).toBe('declined');
  expect(rewriter.finish()?.tree.text).toBe(text.replace('"a": 1', '"a": 5'));
});

describe('where the text is not written as it is read', () => {
  const encoded = toDocument(`"${encodeURIComponent('{"a": "b"}')}"\n`);

  test('URL-encoded JSON is read, with the whole string for a place', () => {
    const { ref, tree } = readText(encoded);
    const inner = ref.get(EMBEDDED, 'a');
    expect(inner.string).toBe('b');
    expect(tree.text.slice(inner.anchor.start, inner.anchor.end)).toBe(
      tree.text.slice(ref.anchor.start, ref.anchor.end),
    );
  });

  test('and not changed', () => {
    const rewriter = new DocumentRewriter(readTree(encoded, 'yaml'));
    expect(rewriter.apply([{ op: 'set', path: [...PATH, EMBEDDED, 'a'], value: 'c' }])).toBe('declined');
  });

  test('a shared text is not changed', () => {
    const text = `one: &same '{"a": 1}'\nspec:\n  policy: *same\n`;
    const rewriter = new DocumentRewriter(readTree(text, 'yaml'));
    expect(rewriter.apply([{ op: 'set', path: [...PATH, EMBEDDED, 'a'], value: 2 }])).toBe('declined');
  });

  test.each(['%7B%zz', '{"a": ', '[1]', 'text', '{ a: 1 }'])('%s is no JSON object', (text) => {
    const tree = readTree(toDocument(`'${text}'\n`), 'yaml');
    expect(Ref.root(tree).get(...PATH, EMBEDDED).isWritten).toBe(false);
  });
});

test('JSON in a string of JSON', () => {
  const text = JSON.stringify({ spec: { policy: JSON.stringify({ a: 'say "so"', b: ['x'] }) } }, null, 2);
  const rewriter = new DocumentRewriter(readTree(text, 'json'));
  expect(rewriter.apply([{ op: 'append', path: [...PATH, EMBEDDED, 'b'], value: 'y' }])).toBe('changed');
  const after = rewriter.finish()?.tree.text ?? '';
  expect(JSON.parse(JSON.parse(after).spec.policy)).toEqual({ a: 'say "so"', b: ['x', 'y'] });
});
