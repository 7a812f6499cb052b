import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffTexts } from '../../../server/src/text/diff';
import { applyEdits, areEditsDisjoint, type Edit, sortEdits } from '../../../server/src/text/edit';
import { shiftSpan } from '../../../server/src/text/span';

function edit(start: number, end: number, newText: string): Edit {
  return { span: { start, end }, newText };
}

describe('edits', () => {
  test('name places in the text before any of them, in any order', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'X'), edit(0, 1, ''), edit(2, 2, '__')])).toBe('b__cdXf');
  });

  test('at one place keep their order', () => {
    expect(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 1, 'y'), edit(1, 2, 'z')])).toBe('axyz');
    expect(sortEdits([edit(1, 2, 'b'), edit(1, 1, 'a')]).map(({ newText }) => newText)).toEqual(['a', 'b']);
  });

  test('that overlap or lie outside change nothing', () => {
    expect(applyEdits('abc', [edit(0, 2, ''), edit(1, 3, '')])).toBeUndefined();
    expect(applyEdits('abc', [edit(2, 4, '')])).toBeUndefined();
    expect(applyEdits('abc', [edit(2, 1, '')])).toBeUndefined();
    expect(areEditsDisjoint([edit(0, 1, ''), edit(1, 2, '')], 2)).toBe(true);
  });

  test('a span is moved as a whole', () => {
    expect(shiftSpan({ start: 1, end: 2 }, 3)).toEqual({ start: 4, end: 5 });
  });
});

describe('the difference of two texts', () => {
  const word = fc.constantFrom('a', 'b', 'key: ', '  ', '😀', '😁', '日', '#', '\n', '\n', '\r\n', 'x y');
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));

  test('leads from one to the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = diffTexts(before, after);
        expect(applyEdits(before, edits)).toBe(after);
        expect(edits.length === 0).toBe(before === after);
      }),
      { numRuns: 800 },
    );
  });

  test('cuts no pair of surrogates and no CRLF in two', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const { span } of diffTexts(before, after)) {
          for (const offset of [span.start, span.end]) {
            const around = before.slice(Math.max(0, offset - 1), offset + 1);
            expect(around).not.toBe('\r\n');
            expect(around.length === 2 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(around)).toBe(false);
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  test('leaves out the lines that stay', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}\n`);
    const after = lines.with(3, 'other 3\n').toSpliced(20, 1).toSpliced(40, 0, 'new\n');
    const before = lines.join('');
    const edits = diffTexts(before, after.join(''));
    expect(edits.map(({ span, newText }) => [before.slice(span.start, span.end), newText])).toEqual([
      ['line', 'other'],
      ['line 20\n', ''],
      ['', 'new\n'],
    ]);
  });

  test('of texts that have nothing in common is one edit', () => {
    const before = Array.from({ length: 3_000 }, (_, index) => `a${index}\n`).join('');
    const after = Array.from({ length: 2_000 }, (_, index) => `b${index}\n`).join('');
    expect(applyEdits(before, diffTexts(before, after))).toBe(after);
  });
});
