import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../server/src/engine/settings';
import { RULES } from '../../server/src/rules/index';
import { checkFile, openProject } from '../harness/lint-text';

type Files = Readonly<Record<string, string>>;

/** What is found in each file, with what is related and offered, as one text. */
function judge(files: Files, order: readonly string[], settings: Partial<Settings> = {}): string {
  const project = openProject(Object.fromEntries(order.map((name) => [name, files[name] ?? ''])), settings);
  const found = Object.keys(files).map((name) => {
    const { findings } = checkFile(project, name);
    return findings.map(({ rule, severity, message, span, related, fixes }) => {
      const others = related.map((one) => one.message);
      return { name, rule, severity, message, span, others, titles: fixes.map(({ title }) => title) };
    });
  });
  return JSON.stringify(found);
}

function expectSameInAnyOrder(files: Files, settings?: Partial<Settings>): void {
  const names = Object.keys(files);
  const expected = judge(files, names, settings);
  const orders = fc.shuffledSubarray(names, { minLength: names.length });
  fc.assert(
    fc.property(orders, (order) => judge(files, order, settings) === expected),
    { numRuns: 10 },
  );
}

const EXAMPLES = RULES.flatMap((rule) =>
  [rule.docs.flags, rule.docs.passes].flatMap((example, index) =>
    typeof example === 'string' ? [] : [[`${rule.id} ${index + 1}`, example, rule.docs.settings] as const],
  ),
);

describe('the same is found in whatever order files are read', () => {
  test.each(EXAMPLES)('%s', (_, files, settings) => expectSameInAnyOrder(files, settings));

  test('the examples, as one cluster', () => {
    const folder = join(import.meta.dirname, '../../examples');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(ya?ml|json)$/.test(name));
    expect(names.length).toBeGreaterThan(5);
    expectSameInAnyOrder(Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])));
  });

  test('every cross-file example at once, each in a folder of its own', () => {
    const files = EXAMPLES.flatMap(([id, example]) =>
      Object.entries(example).map(([name, text]) => [`${id.replace(' ', '-')}/${name}`, text] as const),
    );
    expectSameInAnyOrder(Object.fromEntries(files));
  });
});
