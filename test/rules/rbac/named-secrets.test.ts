import { describe, expect, test } from 'vitest';
import secretsReadable from '../../../server/src/rules/rbac/secrets-readable';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const NAMED = role(rule('""', 'secrets', 'get', 'login'));
const SECRET =
  'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: login\n  namespace: payments\n';
const TITLE = 'Grant it on "login" by a Role of the namespace payments';
const OTHER = role(rule('""', 'pods', 'get'), 'Role').replace('namespace: shop', 'namespace: payments');
const bound = (kind: string, ...subjects: string[]) => binding(kind, 'operator', subjects);

describe('Secrets named in a ClusterRole', () => {
  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    ['bound nowhere', {}, ['info']],
    ['bound in the whole cluster', { 'b.yaml': bound('ClusterRoleBinding', 'ServiceAccount web shop') }, ['info']],
    ['bound in a namespace', { 'b.yaml': bound('RoleBinding', 'ServiceAccount web shop') }, []],
    ['given to everyone', { 'b.yaml': bound('ClusterRoleBinding', 'Group system:authenticated') }, ['warning']],
  ])('%s', (_, files, severities) => {
    const all = { 'role.yaml': NAMED, ...files };
    expect(inspect(secretsReadable, all).map(({ severity }) => severity)).toEqual(severities);
    check(secretsReadable, all, severities.length);
  });

  test('a Role of the namespace where the Secret lies takes its place', () => {
    const files = {
      'role.yaml': role([rule('""', 'nodes', 'get'), rule('""', 'secrets', 'get', 'login')]),
      'b.yaml': bound('ClusterRoleBinding', 'ServiceAccount web shop', 'User jo'),
      'secret.yaml': SECRET,
    };
    const [found] = inspect(secretsReadable, files);
    expect(found?.fixes).toEqual([TITLE, 'Remove the rule that grants get']);
    check(secretsReadable, files, 1);
    const after = applyFix(secretsReadable, files, TITLE)['role.yaml'] ?? '';
    const [own = '', made = '', given = ''] = after.split('---\n');
    expect(own).not.toContain('secrets');
    expect(made).toMatch(/kind: Role\n[\s\S]*namespace: payments\n[\s\S]*- login/);
    expect(given).toMatch(
      /kind: RoleBinding\n[\s\S]*namespace: payments\n[\s\S]*name: web\n\s+namespace: shop\n[\s\S]*name: jo\n/,
    );
  });

  test('only its Secrets are moved out of a rule', () => {
    const files = {
      'role.yaml': role(rule('""', 'configmaps, secrets', 'get', 'login')),
      'b.yaml': bound('ClusterRoleBinding', 'ServiceAccount web shop'),
      'secret.yaml': SECRET,
    };
    const after = applyFix(secretsReadable, files, TITLE)['role.yaml'] ?? '';
    expect(after).toContain('resources: [configmaps]');
    check(secretsReadable, files, 1);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['nobody knows where the Secret lies', {}],
    ['it lies in two namespaces', { 'secret.yaml': `${SECRET}---\n${SECRET.replace('payments', 'shop')}` }],
    ['its namespace is left open', { 'secret.yaml': SECRET.replace('  namespace: payments\n', '') }],
    ['a Role has the name there', { 'secret.yaml': `${SECRET}---\n${OTHER}` }],
    ['a subject is filled in', { 'secret.yaml': SECRET, 'b.yaml': bound('ClusterRoleBinding', 'User ${WHO}') }],
    [
      'nobody has the role here',
      {
        'secret.yaml': SECRET,
        'b.yaml': bound('ClusterRoleBinding', 'User jo').replace('name: operator\n', 'name: other\n'),
      },
    ],
  ])('and not where %s', (_, files) => {
    const all = { 'role.yaml': NAMED, 'b.yaml': bound('ClusterRoleBinding', 'User jo'), ...files };
    expect(inspect(secretsReadable, all)[0]?.fixes).toEqual(['Remove the rule that grants get']);
  });
});
