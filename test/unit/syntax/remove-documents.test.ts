import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameContent } from '../../../server/src/syntax/change';
import { getComments } from '../../../server/src/syntax/comments';
import type { Tree } from '../../../server/src/syntax/node';
import { readSource } from '../../../server/src/syntax/source-file';
import { planRemoveDocuments } from '../../../server/src/syntax/yaml/edit/remove-documents';
import { applyEdits } from '../../../server/src/text/edit';
import { drawYaml } from './random-yaml';

const stream = fc.gen().map((draw) => {
  const count = 1 + draw(fc.nat, 4);
  const eol = draw(fc.boolean) ? '\r\n' : '\n';
  const parts = Array.from({ length: count }, (_, index) => {
    const text = drawYaml(draw)
      .text.replace(/^\uFEFF/, '')
      .replace(/\r?\n/g, eol);
    const isLast = index === count - 1;
    const body = !isLast && !text.endsWith('\n') ? text + eol : text;
    const isApart = index === 0 || /^(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*---/.test(body);
    return isApart ? body : `---${eol}${body}`;
  });
  const bom = draw(fc.nat, 6) === 0 ? '\uFEFF' : '';
  const picks = parts.map(() => draw(fc.boolean));
  return { text: bom + parts.join(''), picks };
});

/** A document without what belongs to the file around it: the marker, its end, and comments that a neighbour may have left. */
function toBody({ text }: Tree): string {
  const lines = text.replace(/^\uFEFF/, '').split(/(?<=\n)/);
  const isFiller = (line = '') => /^[ \t]*(?:#[^\n]*)?\r?\n?$/.test(line);
  while (lines.length > 0 && isFiller(lines[0])) lines.shift();
  if (/^---[ \t]*\r?\n$/.test(lines[0] ?? '')) lines.shift();
  while (lines.length > 0 && isFiller(lines[0])) lines.shift();
  while (lines.length > 0 && (isFiller(lines.at(-1)) || /^\.\.\.\s*$/.test(lines.at(-1) ?? ''))) lines.pop();
  return lines.join('');
}

test('the other documents keep their texts, values and comments, and the rest is gone', () => {
  let removals = 0;
  fc.assert(
    fc.property(stream, ({ text, picks }) => {
      const source = readSource(text, 'yaml');
      const { documents } = source;
      const removed = new Set(documents.flatMap(({ tree }, index) => (picks[index] && tree.root ? [index] : [])));
      const edits = planRemoveDocuments(source, removed);
      if (!edits) return documents.some(({ tree }, index) => removed.has(index) && !tree.isReliable);
      removals += removed.size;
      const result = applyEdits(text, edits) ?? '';
      const after = readSource(result, 'yaml').documents.map(({ tree }) => tree);
      const others = documents.filter((_, index) => !removed.has(index)).map(({ tree }) => tree);
      const filled = (trees: readonly Tree[]) => trees.filter(({ root }) => root);
      expect(filled(after).map(toBody)).toEqual(filled(others).map(toBody));
      expect(filled(after).every((tree, index) => isSameContent(tree.root, filled(others)[index]?.root))).toBe(true);
      const left = after.flatMap((tree) => getComments(tree).map(({ span }) => tree.text.slice(span.start, span.end)));
      for (const tree of others) {
        for (const { span } of getComments(tree)) expect(left).toContain(tree.text.slice(span.start, span.end));
      }
      expect(result.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
      if (text.includes('\r\n')) expect(result).not.toMatch(/[^\r]\n/);
      if (filled(others).length === 0 && left.length === 0) expect(result.replace('\uFEFF', '')).toBe('');
      return true;
    }),
    { numRuns: 1500 },
  );
  expect(removals).toBeGreaterThan(1000);
});

test.each([
  [
    'a last item that is not written ends the document, not the comment before it',
    '- word\n# of the item\n-\n# of the next\n---\nonly: null\n',
    [0],
    '# of the next\nonly: null\n',
  ],
  [
    'of two ends that go, one stays where the next document needs it',
    'a: 1\n---\nb: 1\n...\n---\nc: 1\n...\n# of the next\n---\nd: 1\n',
    [1, 2],
    'a: 1\n...\n# of the next\n---\nd: 1\n',
  ],
])('%s', (_, text, removed, expected) => {
  const edits = planRemoveDocuments(readSource(text, 'yaml'), new Set(removed));
  expect(edits && applyEdits(text, edits)).toBe(expected);
});
