import { expect, test } from 'vitest';
import rule from '../../../server/src/rules/irsa/irsa-default-service-account';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { ACCOUNT, job, policy, TITLE } from './default-account';

test('the role moves with its only workload, and the trust policy follows', () => {
  const files = {
    'account.yaml': ACCOUNT,
    'job.yaml': job('reports'),
    'reports-trust.json': policy('system:serviceaccount:shop:default'),
  };
  check(rule, files, 1);
  expect(inspect(rule, files)[0]?.fixes).toEqual([TITLE]);
  const after = applyFix(rule, files, TITLE);
  expect(after['reports-trust.json']).toBe(policy('system:serviceaccount:shop:reports'));
  expect(after['job.yaml']).toContain('      serviceAccountName: reports\n');
  expect(after['account.yaml']).toContain('  name: reports\n');
});

test('no fix where another workload would lose the role, none that runs as default is here, or the name is taken', () => {
  const others: readonly Record<string, string>[] = [
    { 'a.yaml': job('reports'), 'b.yaml': job('web') },
    { 'a.yaml': job('reports', '      serviceAccountName: reports\n') },
    { 'a.yaml': job('reports'), 'b.yaml': job('web', '      serviceAccountName: "{{ .account }}"\n') },
    { 'a.yaml': job('reports'), 'b.yaml': ACCOUNT.replace('name: default', 'name: reports') },
  ];
  for (const files of others) {
    expect(inspect(rule, { 'account.yaml': ACCOUNT, ...files }).map(({ fixes }) => fixes)).toEqual([[]]);
  }
});

test('an account of another name, and a default one without a role, are left alone', () => {
  check(rule, ACCOUNT.replace('name: default', 'name: reports'), 0);
  check(rule, ACCOUNT.replace(/ {2}annotations:\n.*\n/, ''), 0);
});
