import { describe, expect, test } from 'vitest';
import { planBesideParts, toOuterSpan, trimEdit } from '../../../server/src/syntax/hcl/named-parts';
import type { ComputedPart } from '../../../server/src/syntax/hcl/template';
import { applyEdits } from '../../../server/src/text/edit';

const WRITTEN = 'system:${local.ns}:writer@${var.x}';
const READ = 'system:shop:writer@everywhere';
const partOf = (name: string, value: string): ComputedPart => {
  const [outer, inner] = [WRITTEN.indexOf(name), READ.indexOf(value)];
  return {
    inner: { start: inner, end: inner + value.length },
    outer: { start: outer, end: outer + name.length },
    isKnown: true,
  };
};
const PARTS = [partOf('${local.ns}', 'shop'), partOf('${var.x}', 'everywhere')];
const CONTENT = { start: 0, end: WRITTEN.length };

/** The written text after its value has become another. */
function change(after: string, read = READ): string | undefined {
  const edit = planBesideParts(read, after, PARTS, CONTENT);
  return edit && applyEdits(WRITTEN, [edit]);
}

describe('a text of which parts are names', () => {
  test.each([
    [READ.replace('writer', 'scribe'), WRITTEN.replace('writer', 'scribe')],
    [READ.replace('writer', ''), WRITTEN.replace('writer', '')],
    [READ.replace('system', 'group'), WRITTEN.replace('system', 'group')],
    [`${READ}!`, `${WRITTEN}!`],
    [`!${READ}`, `!${WRITTEN}`],
    [READ, WRITTEN],
  ])('is changed beside them: %s', (after, written) => expect(change(after)).toBe(written));

  test.each([READ.replace('shop', 'bank'), READ.replace('shop:', ''), READ.replace('everywhere', ''), ''])(
    'is not where it would take one away: %s',
    (after) => expect(change(after)).toBeUndefined(),
  );

  test('is not where it is not written as it is read', () => expect(change('x', `${READ} `)).toBeUndefined());

  test('has each place where it is written; what lies in a name is all of the name', () => {
    const at = (needle: string) => {
      const start = READ.indexOf(needle);
      const span = toOuterSpan(PARTS, 0, { start, end: start + needle.length });
      return WRITTEN.slice(span.start, span.end);
    };
    expect(['system', 'shop', 'ho', 'op:wr', 'writer', 'where'].map(at)).toEqual([
      'system',
      '${local.ns}',
      '${local.ns}',
      '${local.ns}:wr',
      'writer',
      '${var.x}',
    ]);
  });
});

test('what is the same at both ends is no part of an edit, and no character is cut in two', () => {
  const trimmed = (before: string, after: string) => {
    const edit = trimEdit(before, { span: { start: 0, end: before.length }, newText: after });
    return [before.slice(edit.span.start, edit.span.end), edit.newText];
  };
  expect(trimmed('abcabc', 'abc')).toEqual(['abc', '']);
  expect(trimmed('a🚢b', 'a🚀b')).toEqual(['🚢', '🚀']);
  expect(trimmed('same', 'same')).toEqual(['', '']);
});
