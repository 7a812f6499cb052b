import { expect, test } from 'vitest';
import { toAccountExample, toExactPolicyExample } from '../../server/src/rules/irsa/_examples';
import { lintJson, makeFolder, runCli } from './run-cli';

const ROLE = 'arn:aws:iam::111122223333:role/s3-reader';
const READER = toAccountExample('production', 's3-reader', 's3-reader');
const TRUST = toExactPolicyExample('system:serviceaccount:billing:invoices');
const configure = (path: string) => `irsa:\n  roles:\n    "${ROLE}": ${path}\n`;

test('the configuration joins a role and its policy, also where only the account is checked', () => {
  const cwd = makeFolder({
    'app/a.yaml': READER,
    'iam/trust.json': TRUST,
    '.breakwater.yaml': configure('iam/trust.json'),
  });
  for (const paths of [['.'], ['app']]) {
    const { report } = lintJson(paths, { cwd });
    const [finding, ...rest] = report.findings.filter(({ rule }) => rule === 'irsa-role-not-admitting');
    expect(rest).toEqual([]);
    expect(finding?.message).toContain('that the configuration gives role "s3-reader"');
  }
});

test.each([
  ['no such file', 'iam/other.json', 'there is no such file'],
  ['no trust policy in the file', 'app/a.yaml', 'there is no trust policy for web identities in that file'],
])('%s is an error with its place', (_, path, words) => {
  const text = configure(path);
  const cwd = makeFolder({ 'app/a.yaml': READER, '.breakwater.yaml': text });
  const { code, stderr } = runCli(['lint'], { cwd });
  expect(code).toBe(2);
  const lines = text.slice(0, text.indexOf(path)).split('\n');
  expect(stderr).toContain(`.breakwater.yaml:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}: "irsa.roles" says`);
  expect(stderr).toContain(words);
});
