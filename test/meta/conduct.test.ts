import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runRules } from '../../server/src/engine/run';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import { readFacts } from '../../server/src/model/workspace/read-facts';
import { WorkspaceIndex } from '../../server/src/model/workspace/workspace';
import { RULES } from '../../server/src/rules/index';
import { readSource } from '../../server/src/syntax/source-file';
import { languageOf, RULE_SET, toUri } from '../harness/lint-text';

/** Lets nobody change a value, nor what it holds. */
function freeze(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part, seen);
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(['flags', 'passes'] as const)('changes nothing of what it reads: its example that it %s', (name) => {
    const example = rule.docs[name];
    const files = typeof example === 'string' ? { 'example.yaml': example } : example;
    const index = new WorkspaceIndex();
    const documents = Object.entries(files).flatMap(([file, text]) =>
      readSource(text, languageOf(file)).documents.map(({ tree }, order) => ({ file, tree, order })),
    );
    for (const { file, tree, order } of documents) {
      const { facts } = readFacts(tree);
      freeze(facts);
      freeze(tree);
      index.replace(`${file}#${order}`, toUri(file), order, facts);
    }
    const settings = { ...DEFAULT_SETTINGS, ...rule.docs.settings, rules: { [rule.id]: 'error' as const } };
    freeze(settings);
    const found = documents.flatMap(({ file, tree, order }) => {
      const document = `${file}#${order}`;
      return index.ask(document, (workspace) => {
        const input = { rules: RULE_SET, settings, workspace, uri: toUri(file), document, tree };
        return runRules(input).findings.filter((finding) => finding.rule === rule.id);
      });
    });
    expect(found).toHaveLength(name === 'flags' ? 1 : 0);
  });
});

test('tests wait for events and not for time, and measure none', () => {
  const folder = join(import.meta.dirname, '..');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(0);
  const isTimed = (name: string) =>
    /\bset(Timeout|Interval)\(|\bsleep\(|performance\.now\(|Date\.now\(/.test(readFileSync(join(folder, name), 'utf8'));
  expect(files.filter((name) => name !== join('meta', 'conduct.test.ts') && isTimed(name))).toEqual([]);
});
