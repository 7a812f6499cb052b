import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScalarValue } from '../../../server/src/syntax/node';
import { isPlainSafe, quote, writeString } from '../../../server/src/syntax/yaml/edit/quote';
import { parseYaml } from '../../../server/src/syntax/yaml/parse';
import { resolveScalar } from '../../../server/src/syntax/yaml/scalar';

/** What go-yaml v2 reads for plain text: the tables of its resolver. */
const TABLE: readonly [value: ScalarValue, texts: readonly string[]][] = [
  [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']],
  [false, ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']],
  [null, ['', '~', 'null', 'Null', 'NULL']],
  [
    12,
    [
      '12',
      '+12',
      '0xC',
      '0XC',
      '0xc',
      '0b1100',
      '0B1100',
      '014',
      '0o14',
      '0O14',
      '1_2',
      '12.0',
      '12.',
      '1.2e1',
      '1.2E+1',
    ],
  ],
  [-12, ['-12', '-0xC', '-0b1100', '-014', '-12.0']],
  [0, ['0', '+0', '0x0', '00', '0.0', '.0']],
  [0.5, ['0.5', '.5', '+.5', '5e-1']],
  [511, ['0777']],
  [8, ['08', '8', '0_8']],
  [65534, ['65534', '65_534', '0xfffe']],
];

const STRINGS = [
  'tRue',
  'yES',
  'oN',
  'nULL',
  'nil',
  'none',
  '1:30',
  '190:20:30',
  '2001-01-01',
  '2001-12-14t21:59:43.10-05:00',
  '0x',
  '0xg',
  '0b2',
  '1.2.3',
  '1e',
  'e3',
  '.',
  '-',
  '+',
  '--1',
  '1,000',
  '12Mi',
  '1e400',
  'v1',
  '_1',
  '<<',
  '=',
];

describe('plain text means what it means to the API server', () => {
  for (const [value, texts] of TABLE) {
    test(`${value}`, () => {
      for (const text of texts) expect([text, resolveScalar(text, 'plain')]).toEqual([text, value]);
    });
  }

  test('all else is a string, and so is everything that is quoted or in a block', () => {
    for (const text of STRINGS) expect(resolveScalar(text, 'plain')).toBe(text);
    for (const text of TABLE.flatMap(([, texts]) => texts)) {
      for (const style of ['single-quoted', 'double-quoted', 'literal', 'folded'] as const) {
        expect(resolveScalar(text, style)).toBe(text);
      }
    }
  });
});

/** The string that a document of one entry (or flow item) says. */
function readBack(written: string, isFlow: boolean): unknown {
  const { root, problems } = parseYaml(isFlow ? `[${written}, x]\n` : `k: ${written}\n`);
  const node = root?.type === 'sequence' ? root.items[0] : root?.type === 'mapping' ? root.pairs[0]?.value : undefined;
  return problems.length === 0 && node?.type === 'scalar' ? node.value : undefined;
}

describe('a string that is written is read back as that string', () => {
  const hard = [
    ...TABLE.flatMap(([, texts]) => texts),
    ...STRINGS,
    ...[
      '---',
      '...',
      '- a',
      '-a',
      '? a',
      ': a',
      'a: b',
      'a:',
      'a #b',
      'a#b',
      '#a',
      ' a',
      'a ',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '%a',
    ],
    ...[
      '@a',
      '`a',
      '"a',
      "'a",
      "it's",
      'a"b',
      '[a',
      'a]',
      '{a',
      'a}',
      'a, b',
      ',',
      'a\nb',
      'a\tb',
      '\ta',
      'a\\b',
      '{{ x }}',
    ],
    ...['\u0000', '\u0085', '\u2028', '\uFEFF', '\u007f', '日本', '😀', '\ud800', 'http://x.example:80/y?z#w'],
  ];

  test('every kind that is hard', () => {
    for (const text of hard) {
      for (const isFlow of [false, true]) {
        for (const mark of ['"', "'"] as const) {
          const written = writeString(text, isFlow, mark);
          expect([text, isFlow, written, readBack(written, isFlow)]).toEqual([text, isFlow, written, text]);
          expect(readBack(quote(text, mark), isFlow)).toBe(text);
        }
      }
    }
  });

  test('and any other', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...' :#-?,[]{}\'"&*!|>%@`\n\t0eEx_.yn~') }),
    );
    fc.assert(
      fc.property(text, fc.boolean(), fc.constantFrom('"' as const, "'" as const), (value, isFlow, mark) => {
        expect(readBack(writeString(value, isFlow, mark), isFlow)).toBe(value);
      }),
      { numRuns: 800 },
    );
  });

  test('a question mark between brackets is quoted: YAML 1.1 readers end the scalar there', () => {
    expect([isPlainSafe('a?b', true), isPlainSafe('a?b', false)]).toEqual([false, true]);
  });

  test('names are left without quotes', () => {
    for (const text of [
      'ALL',
      'RuntimeDefault',
      'app.kubernetes.io/name',
      'a-b_c.d',
      '-x',
      '--flag=1',
      'two words',
      '12Mi',
      'a:b',
    ]) {
      expect(isPlainSafe(text, false)).toBe(true);
    }
  });
});
