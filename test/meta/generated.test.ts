import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toRuleFiles } from '../../scripts/generate/registry.mjs';
import { RULES } from '../../server/src/rules/index';

const root = join(import.meta.dirname, '../..');

test('what is generated from the rules is fresh', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('every rule file is registered under its own stem and folder', () => {
  const files = toRuleFiles(join(root, 'server/src/rules'));
  expect(RULES.map(({ category, id }) => `${category}/${id}`)).toEqual(
    files.map(({ category, id }) => `${category}/${id}`),
  );
});

test('every runtime dependency has its line of reason', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const reasons = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
  for (const name of Object.keys(dependencies)) expect(reasons).toContain(`| \`${name}\` |`);
});
