import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from '../../../server/src/text/line-index';
import { getEol, getLineEnd, getLineStart, getNextLine } from '../../../server/src/text/lines';

const text = fc
  .array(fc.constantFrom('a', 'b c', '😀', '日本', '\n', '\r\n', '\r', '\t'), { maxLength: 30 })
  .map((pieces) => pieces.join(''));

test('positions and offsets lead back to each other, in UTF-16 code units', () => {
  fc.assert(
    fc.property(text, (source) => {
      const index = new LineIndex(source);
      expect(index.lineCount).toBe(source.split(/\r\n|\r|\n/).length);
      for (let offset = 0; offset <= source.length; offset++) {
        const position = index.positionAt(offset);
        expect(index.offsetAt(position)).toBe(offset);
        expect(index.lineStart(position.line)).toBe(offset - position.character);
      }
    }),
  );
});

test('what lies outside is moved to the nearest end', () => {
  const source = 'ab\n😀c';
  const index = new LineIndex(source);
  expect(index.positionAt(-1)).toEqual(index.positionAt(0));
  expect(index.positionAt(99)).toEqual(index.positionAt(source.length));
  expect(index.offsetAt({ line: 99, character: 0 })).toBe(source.length);
  expect(index.offsetAt({ line: -1, character: 5 })).toBe(0);
  expect(index.offsetAt({ line: 0, character: 99 })).toBe(source.indexOf('😀'));
});

test('lines end before their break, CRLF or not, and a BOM is no part of the first', () => {
  const source = '\uFEFFab\r\ncd\n\nef';
  for (const [line, content] of ['ab', 'cd', '', 'ef'].entries()) {
    const at = content === '' ? source.indexOf('\n\n') + 1 : source.indexOf(content);
    expect(source.slice(getLineStart(source, at), getLineEnd(source, at))).toBe(content);
    expect(getLineStart(source, getLineEnd(source, at))).toBe(at);
    if (line < 3) expect(source.slice(at, getNextLine(source, at)).trim()).toBe(content);
  }
  expect(getNextLine(source, source.length)).toBe(source.length);
  expect(getLineStart('\uFEFFa', 0)).toBe(0);
});

test('a text has the line break of its first line', () => {
  expect(['a', 'a\nb\r\n', 'a\r\nb\n', '\n'].map(getEol)).toEqual(['\n', '\n', '\r\n', '\n']);
});
