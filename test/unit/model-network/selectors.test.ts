import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isEmptySelector,
  isSelected,
  type LabelSelector,
  readLabelSelector,
} from '../../../server/src/model/kubernetes/selectors';
import { Ref } from '../../../server/src/syntax/ref';
import { readSource } from '../../../server/src/syntax/source-file';

function read(text: string): LabelSelector {
  const [document] = readSource(text, 'yaml').documents;
  if (!document) throw new Error('no document');
  return readLabelSelector(Ref.root(document.tree));
}

describe('reading', () => {
  test('labels and expressions', () => {
    const text =
      'matchLabels: { app: web }\nmatchExpressions:\n  - { key: tier, operator: In, values: [front, back] }\n';
    expect(read(text)).toEqual({
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'back'] }],
      isKnown: true,
    });
  });

  test.each(['{}', '', 'matchLabels: {}', 'matchLabels:\nmatchExpressions: []'])('%j is empty', (text) => {
    expect(isEmptySelector(read(text))).toBe(true);
  });

  test.each([
    'matchLabels: { app: "{{ .name }}" }',
    'matchLabels: ${LABELS}',
    'matchExpressions: [{ key: app, operator: In, values: ["${A}"] }]',
  ])('%j is not known', (text) => {
    const selector = read(text);
    expect(selector.isKnown).toBe(false);
    expect(isEmptySelector(selector)).toBe(false);
    expect(isSelected(selector, {})).toBeUndefined();
  });
});

describe('selecting', () => {
  test.each([
    ['In', ['a'], { k: 'a' }, true],
    ['In', ['a'], { k: 'b' }, false],
    ['In', ['a'], {}, false],
    ['NotIn', ['a'], { k: 'a' }, false],
    ['NotIn', ['a'], { k: 'b' }, true],
    ['NotIn', ['a'], {}, true],
    ['Exists', [], { k: '' }, true],
    ['Exists', [], {}, false],
    ['DoesNotExist', [], { k: 'a' }, false],
    ['DoesNotExist', [], {}, true],
    ['Like', ['a'], { k: 'a' }, undefined],
  ])('%s %j of %j is %s', (operator, values, labels, expected) => {
    const selector = { matchLabels: {}, matchExpressions: [{ key: 'k', operator, values }], isKnown: true };
    expect(isSelected(selector, labels as Record<string, string>)).toBe(expected);
  });

  const word = fc.constantFrom('a', 'b', 'c');
  const labels = fc.dictionary(word, word, { noNullPrototype: true });
  const requirement = fc.record({
    key: word,
    operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
    values: fc.array(word, { minLength: 1 }),
  });
  const selectors = fc.record({
    matchLabels: labels,
    matchExpressions: fc.array(requirement),
    isKnown: fc.constant(true),
  });

  test('is the conjunction of its parts', () => {
    fc.assert(
      fc.property(selectors, labels, (selector, own) => {
        const parts: LabelSelector[] = [
          ...Object.entries(selector.matchLabels).map(([key, value]) => ({
            matchLabels: { [key]: value },
            matchExpressions: [],
            isKnown: true,
          })),
          ...selector.matchExpressions.map((one) => ({ matchLabels: {}, matchExpressions: [one], isKnown: true })),
        ];
        expect(isSelected(selector, own)).toBe(parts.every((part) => isSelected(part, own)));
      }),
    );
  });

  test('an operator and its opposite never agree', () => {
    const opposites = { In: 'NotIn', NotIn: 'In', Exists: 'DoesNotExist', DoesNotExist: 'Exists' } as const;
    fc.assert(
      fc.property(requirement, labels, (one, own) => {
        const other = { ...one, operator: opposites[one.operator as keyof typeof opposites] };
        const select = (part: typeof one) =>
          isSelected({ matchLabels: {}, matchExpressions: [part], isKnown: true }, own);
        expect(select(one)).toBe(!select(other));
      }),
    );
  });
});
