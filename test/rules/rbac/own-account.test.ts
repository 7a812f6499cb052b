import { describe, expect, test } from 'vitest';
import defaultServiceAccountBound from '../../../server/src/rules/rbac/default-service-account-bound';
import serviceAccountGroupBound from '../../../server/src/rules/rbac/service-account-group-bound';
import defaultServiceAccountUsed from '../../../server/src/rules/service-account/default-service-account-used';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const workload = (name: string, account = '', namespace = '  namespace: shop\n') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${namespace}spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
${account}      containers:
        - name: web
          image: registry.example.com/web:1.0.0
`;
const account = (name: string, namespace = 'shop') =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;
const bound = (subject = 'ServiceAccount default shop', kind = 'RoleBinding') => binding(kind, 'view', [subject]);
const OWN = 'Bind a ServiceAccount "web" of its own for Deployment "web" instead';

describe('rights of the default account', () => {
  const fixesOf = (files: Readonly<Record<string, string>>) =>
    inspect(defaultServiceAccountBound, files)[0]?.fixes.filter((title) => title.startsWith('Bind'));

  test('go to an account of the workload that runs as default', () => {
    const files = { 'a/binding.yaml': bound(), 'b/web.yaml': workload('web') };
    check(defaultServiceAccountBound, files, 1);
    const after = applyFix(defaultServiceAccountBound, files, OWN);
    expect(after['a/binding.yaml']).toContain('name: web');
    expect(after['a/binding.yaml']?.split('---\n')[1]).toBe(account('web'));
    expect(after['b/web.yaml']).toContain('      serviceAccountName: web\n');
  });

  test('the account that is there already is taken', () => {
    const files = { 'a.yaml': bound(), 'b.yaml': workload('web'), 'c.yaml': account('web') };
    check(defaultServiceAccountBound, files, 1);
    expect(applyFix(defaultServiceAccountBound, files, OWN)['a.yaml']).not.toContain('kind: ServiceAccount\nmetadata');
  });

  test('what that brings to light may be said', () => {
    const wide = binding('ClusterRoleBinding', 'cluster-admin', ['ServiceAccount default shop']);
    check(defaultServiceAccountBound, { 'a.yaml': wide, 'b.yaml': workload('web') }, 1);
  });

  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    [
      'each of few workloads',
      { 'a.yaml': bound(), 'b.yaml': `${workload('api')}---\n${workload('web')}` },
      ['api', 'web'],
    ],
    [
      'one that has an account',
      { 'a.yaml': bound(), 'b.yaml': workload('web', '      serviceAccountName: web\n') },
      [],
    ],
    ['one of another namespace', { 'a.yaml': bound(), 'b.yaml': workload('web').replaceAll('shop', 'other') }, []],
    ['one of no namespace', { 'a.yaml': bound(), 'b.yaml': workload('web', '', '') }, []],
    [
      'neither says the namespace',
      {
        'a.yaml': bound('ServiceAccount default').replace('  namespace: shop\n', ''),
        'b.yaml': workload('web', '', ''),
        'c/b.yaml': workload('api', '', ''),
      },
      ['web'],
    ],
    ['too many', { 'a.yaml': bound(), 'b.yaml': ['a', 'b', 'c', 'd'].map((name) => workload(name)).join('---\n') }, []],
  ])('%s', (_, files, names) => {
    const expected = names.map((name) => `Bind a ServiceAccount "${name}" of its own for Deployment "${name}" instead`);
    expect(fixesOf(files)).toEqual(expected);
  });
});

describe('a pod that runs as default', () => {
  const TITLE = 'Give it a ServiceAccount "web" of its own';

  test('gets an account of its own', () => {
    check(defaultServiceAccountUsed, workload('web'), 1);
    check(defaultServiceAccountUsed, { 'a.yaml': workload('web'), 'b.yaml': account('web') }, 1);
    const after = applyFix(defaultServiceAccountUsed, workload('web'), TITLE)['example.yaml'];
    expect(after).toBe(`${workload('web')}      serviceAccountName: web\n---\n${account('web')}`);
  });

  test('not where it would lose rights by that', () => {
    const files = { 'a.yaml': workload('web'), 'b.yaml': bound() };
    expect(inspect(defaultServiceAccountUsed, files)[0]?.fixes).not.toContain(TITLE);
  });
});

describe('rights of every account of a namespace', () => {
  const GROUP = 'Group system:serviceaccounts:shop';

  test('go to one of them', () => {
    const files = {
      'a.yaml': bound(GROUP),
      'b.yaml': `${account('api')}---\n${account('web')}---\n${account('web', 'other')}`,
    };
    check(serviceAccountGroupBound, files, 1);
    expect(inspect(serviceAccountGroupBound, files)[0]?.fixes).toEqual([
      'Bind ServiceAccount api of namespace shop instead',
      'Bind ServiceAccount web of namespace shop instead',
      'Remove the subject Group system:serviceaccounts:shop',
    ]);
  });

  test('of every namespace, to one of that of the binding', () => {
    const files = { 'a.yaml': bound('Group system:serviceaccounts'), 'b.yaml': account('web') };
    expect(inspect(serviceAccountGroupBound, files)[0]?.fixes[0]).toBe(
      'Bind ServiceAccount web of namespace shop instead',
    );
  });

  test('the role of the group may be one that rules the cluster', () => {
    const files = {
      'a.yaml': binding('ClusterRoleBinding', 'operator', [GROUP]),
      'b.yaml': account('web'),
      'c.yaml': role(rule('""', 'secrets', 'list')),
      'd.yaml': workload('web', '      serviceAccountName: web\n'),
    };
    check(serviceAccountGroupBound, files, 1);
  });
});
