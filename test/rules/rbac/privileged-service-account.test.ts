import { expect, test } from 'vitest';
import privilegedServiceAccount from '../../../server/src/rules/rbac/privileged-service-account';
import { inspect } from '../../harness/inspect';
import { aggregated, binding, role, rule } from './roles';

const pod = (extra = '', namespace = '  namespace: shop\n') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
${namespace}spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      serviceAccountName: web
${extra}      containers:
        - name: web
          image: registry.example.com/web:1.0.0
`;
const bound = (roleName = 'operator', kind = 'ClusterRoleBinding') =>
  binding(kind, roleName, ['ServiceAccount web shop']);
const SECRETS = role(rule('""', 'secrets', 'list'));
const seen = (files: Readonly<Record<string, string>>) => inspect(privilegedServiceAccount, files);

test('a pod is followed to its account, its bindings and their rules', () => {
  const [found, ...rest] = seen({ 'x/pod.yaml': pod(), 'y/b.yaml': bound(), 'z/role.yaml': SECRETS });
  expect(rest).toEqual([]);
  expect(found?.text).toBe('web');
  expect(found?.message).toContain('runs as "web", which can read every Secret by ClusterRoleBinding "operators".');
  expect(found?.related).toEqual([
    'ClusterRoleBinding "operators" gives ClusterRole "operator".',
    'This rule of ClusterRole "operator" grants it.',
  ]);
});

test.each([
  ['cluster-admin', { 'p.yaml': pod(), 'b.yaml': bound('cluster-admin') }, 1],
  ['edit in the whole cluster', { 'p.yaml': pod(), 'b.yaml': bound('edit') }, 1],
  ['view in the whole cluster', { 'p.yaml': pod(), 'b.yaml': bound('view') }, 0],
  ['wildcards', { 'p.yaml': pod(), 'b.yaml': bound(), 'r.yaml': role(rule('"*"', '"*"', '"*"')) }, 1],
  [
    'a role bound in a namespace',
    { 'p.yaml': pod(), 'b.yaml': bound('operator', 'RoleBinding'), 'r.yaml': SECRETS },
    0,
  ],
  ['harmless rights', { 'p.yaml': pod(), 'b.yaml': bound(), 'r.yaml': role(rule('""', 'pods', 'list')) }, 0],
  ['named Secrets', { 'p.yaml': pod(), 'b.yaml': bound(), 'r.yaml': role(rule('""', 'secrets', 'get', 'one')) }, 0],
  [
    'a pod without a token',
    { 'p.yaml': pod('      automountServiceAccountToken: false\n'), 'b.yaml': bound(), 'r.yaml': SECRETS },
    0,
  ],
  [
    'a pod of another namespace',
    { 'p.yaml': pod('', '  namespace: other\n'), 'b.yaml': bound(), 'r.yaml': SECRETS },
    0,
  ],
  ['a pod of no namespace beside it', { 'p.yaml': pod('', ''), 'b.yaml': bound(), 'r.yaml': SECRETS }, 1],
  [
    'a pod of no namespace whose file has bindings of its own',
    { 'p.yaml': `${pod('', '')}---\n${bound('view', 'RoleBinding')}`, 'b.yaml': bound(), 'r.yaml': SECRETS },
    0,
  ],
  ['a pod of no namespace elsewhere', { 'x/p.yaml': pod('', ''), 'b.yaml': bound(), 'r.yaml': SECRETS }, 0],
])('%s', (_, files, count) => expect(seen(files as Record<string, string>)).toHaveLength(count));

test.each([
  [rule('""', 'pods/attach', 'get'), 'attach to the processes of every pod'],
  [rule('""', 'pods/ephemeralcontainers', 'patch'), 'start debug containers in every pod'],
  [rule('""', 'serviceaccounts/token', 'create'), 'make tokens of every account'],
  [rule('""', 'groups', 'impersonate'), 'act as a member of any group'],
  [rule('rbac.authorization.k8s.io', 'clusterroles', 'bind'), 'give itself any right'],
  [rule('""', '"*"', 'get'), 'read every Secret'],
])('%s', (text, words) => {
  const [found] = seen({ 'p.yaml': pod(), 'b.yaml': bound(), 'r.yaml': role(text) });
  expect(found?.message).toContain(`which can ${words} by`);
});

test('the rule of a role that another one takes over is named', () => {
  const part = role(rule('""', 'pods/exec', 'create')).replace('name: operator\n', 'name: part\n  labels:\n    a: b\n');
  const [found] = seen({
    'p.yaml': pod(),
    'b.yaml': bound(),
    'r.yaml': aggregated(rule('""', 'pods', 'get')),
    'q.yaml': part,
  });
  expect(found?.related).toContain('This rule of ClusterRole "part" grants it.');
});
