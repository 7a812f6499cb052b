import { expect, test } from 'vitest';
import { RULES } from '../../server/src/rules/index';
import { findShown, SECRET_FILES } from '../harness/secret-files';
import { makeFolder, runCli } from './run-cli';

const CONFIGURATION = `rules:\n${RULES.map(({ id, severity }) => `  ${id}: ${severity}\n`).join('')}`;

test.each([
  ['the report for people', ['lint']],
  ['the report for programs', ['lint', '--format', 'json']],
  ['what --fix says', ['lint', '--fix', '--unsafe-fixes']],
])('%s shows no secret', (_what, args) => {
  const cwd = makeFolder({ ...SECRET_FILES, '.breakwater.yaml': CONFIGURATION });
  const { stdout, stderr, code } = runCli(args, { cwd });
  expect(code).not.toBe(0);
  expect(stdout).toContain('secret-in-args');
  expect(findShown(stdout)).toEqual([]);
  expect(findShown(stderr)).toEqual([]);
});
