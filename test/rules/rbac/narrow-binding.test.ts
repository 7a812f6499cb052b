import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import podsExecGranted from '../../../server/src/rules/rbac/pods-exec-granted';
import secretsReadable from '../../../server/src/rules/rbac/secrets-readable';
import servicesWritable from '../../../server/src/rules/rbac/services-writable';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const TITLE = 'Bind it by a RoleBinding in the namespace shop only';
const SECRETS = rule('""', 'secrets', 'get, list');
const wide = (...subjects: string[]) => binding('ClusterRoleBinding', 'operator', subjects);
const ACCOUNT = wide('ServiceAccount web shop');

describe('a ClusterRoleBinding becomes a RoleBinding', () => {
  test.each<[Rule, string]>([
    [secretsReadable, SECRETS],
    [podsExecGranted, rule('""', 'pods, pods/exec', 'get, create')],
    [servicesWritable, rule('""', 'services', 'update')],
  ])('%#', (tested, text) => {
    const files = { 'r/role.yaml': role(text), 'b/binding.yaml': ACCOUNT };
    check(tested, files, 1);
    const after = applyFix(tested, files, TITLE);
    expect(after['r/role.yaml']).toBe(files['r/role.yaml']);
    expect(after['b/binding.yaml']).toBe(
      ACCOUNT.replace('ClusterRoleBinding', 'RoleBinding').replace(
        '  name: operators\n',
        '  name: operators\n  namespace: shop\n',
      ),
    );
    expect(inspect(tested, after).map(({ severity }) => severity)).toEqual(['info']);
  });

  test.each<[string, string, string]>([
    ['accounts of two namespaces', role(SECRETS), wide('ServiceAccount web shop', 'ServiceAccount api other')],
    ['people', role(SECRETS), wide('ServiceAccount web shop', 'User jo')],
    ['two bindings', role(SECRETS), `${ACCOUNT}---\n${wide('ServiceAccount api shop').replace('operators', 'others')}`],
    ['a right on what is in no namespace', role([SECRETS, rule('""', 'nodes', 'list')]), ACCOUNT],
    ['a right on everything', role([SECRETS, rule('apps', '"*"', 'list')]), ACCOUNT],
    ['URLs', role([SECRETS, 'nonResourceURLs: [/metrics]\nverbs: [get]']), ACCOUNT],
    ['accounts of the control plane', role(SECRETS), wide('ServiceAccount web kube-system')],
    ['no binding', role(SECRETS), binding('RoleBinding', 'operator', ['ServiceAccount web shop'])],
  ])('not for %s', (_, text, bound) => {
    expect(inspect(secretsReadable, { 'r.yaml': text, 'b.yaml': bound })[0]?.fixes).not.toContainEqual(
      expect.stringContaining('by a RoleBinding'),
    );
  });
});
