import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import aggregateToDefaultRole from '../../../server/src/rules/rbac/aggregate-to-default-role';
import clusterAdminBound from '../../../server/src/rules/rbac/cluster-admin-bound';
import csrApprovalGranted from '../../../server/src/rules/rbac/csr-approval-granted';
import impersonateVerbGranted from '../../../server/src/rules/rbac/impersonate-verb-granted';
import nodesProxyGranted from '../../../server/src/rules/rbac/nodes-proxy-granted';
import podsExecGranted from '../../../server/src/rules/rbac/pods-exec-granted';
import resourceNamesIneffective from '../../../server/src/rules/rbac/resource-names-ineffective';
import secretsReadable from '../../../server/src/rules/rbac/secrets-readable';
import serviceAccountTokenCreation from '../../../server/src/rules/rbac/service-account-token-creation';
import subresourceWildcard from '../../../server/src/rules/rbac/subresource-wildcard';
import userNamesServiceAccount from '../../../server/src/rules/rbac/user-names-service-account';
import verbWildcard from '../../../server/src/rules/rbac/verb-wildcard';
import workloadWritable from '../../../server/src/rules/rbac/workload-writable';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const severities = (tested: Rule, text: string) => inspect(tested, text).map(({ severity }) => severity);

describe('what makes somebody an administrator is not made small', () => {
  test.each<[string, Rule, string, string[]]>([
    ['a name', impersonateVerbGranted, role(rule('""', 'users', 'impersonate', 'jo')), ['warning']],
    [
      'the masters',
      impersonateVerbGranted,
      role(rule('""', 'groups', 'impersonate', 'a, "system:masters"')),
      ['error'],
    ],
    [
      'cluster-admin in a namespace',
      clusterAdminBound,
      binding('RoleBinding', 'cluster-admin', ['User jo']),
      ['warning'],
    ],
    [
      'cluster-admin in kube-system',
      clusterAdminBound,
      binding('RoleBinding', 'cluster-admin', ['User jo']).replace('namespace: shop', 'namespace: kube-system'),
      ['error'],
    ],
    ['every proxy', subresourceWildcard, role(rule('""', '"*/proxy"', 'get')), ['warning']],
    ['every token', subresourceWildcard, role(rule('"*"', '"*/token"', 'create')), ['warning']],
    ['every proxy of another group', subresourceWildcard, role(rule('example.com', '"*/proxy"', 'get')), ['warning']],
    ['every proxy of a namespace', subresourceWildcard, role(rule('""', '"*/proxy"', 'get'), 'Role'), ['info']],
    ['kubelets by a wildcard', nodesProxyGranted, role(rule('""', '"*/proxy"', 'get')), ['error']],
    ['no kubelets by that of another group', nodesProxyGranted, role(rule('x.io', '"*/proxy"', 'get')), []],
    ['tokens by a wildcard', serviceAccountTokenCreation, role(rule('"*"', '"*/token"', 'create')), ['error']],
    ['into pods by a wildcard', podsExecGranted, role(rule('""', '"*/exec"', 'create')), ['warning']],
    ['into pods by one of every group', podsExecGranted, role(rule('"*"', '"*/exec", pods', 'get')), ['warning']],
    ['not into pods by one of another group', podsExecGranted, role(rule('apps', '"*/exec"', 'create')), []],
    ['not by other verbs', podsExecGranted, role(rule('""', '"*/exec"', 'list')), []],
    ['not by a wildcard behind the slash', podsExecGranted, role(rule('""', '"pods/*", "*/*"', 'create')), []],
    ['proxies by a wildcard, once', podsExecGranted, role(rule('""', '"*/proxy"', 'get')), ['info']],
    ['proxies', podsExecGranted, role(rule('""', 'pods/proxy, services/proxy', 'get')), ['info', 'info']],
    ['proxies of named Services', podsExecGranted, role(rule('""', 'services/proxy', 'get', 'web')), []],
  ])('%s', (_, tested, text, expected) => {
    expect(severities(tested, text)).toEqual(expected);
    check(tested, text, expected.length);
  });

  test.each<[string, string, string, number]>([
    ['every resource, Secrets among them', 'view', rule('""', '"*"', 'get'), 1],
    ['every resource of a group of its own', 'view', rule('example.com', '"*"', 'get, list'), 0],
    ['a way into pods by reading', 'view', rule('""', 'pods/exec', 'get'), 1],
    ['logs', 'view', rule('""', 'pods/log', 'get'), 0],
    ['kubelets', 'admin', rule('""', 'nodes/proxy', 'get'), 1],
    ['users', 'edit', rule('""', 'users', 'impersonate'), 1],
    ['accounts, as the role holds by itself', 'edit', rule('""', 'serviceaccounts', 'impersonate'), 0],
    ['webhooks', 'admin', rule('admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'delete'), 1],
    [
      'webhooks that are read',
      'admin',
      rule('admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'get'),
      0,
    ],
  ])('in a default role: %s', (_, target, text, count) => {
    const labels = `  labels:\n    rbac.authorization.k8s.io/aggregate-to-${target}: "true"\n`;
    check(aggregateToDefaultRole, role(text, 'ClusterRole', labels), count);
  });
});

describe('pods that are changed in place', () => {
  const seen = (resources: string, verbs: string) =>
    inspect(workloadWritable, role(rule('"", apps', resources, verbs))).map(({ message }) => message);

  test('run what their changer wants', () => {
    expect(seen('pods', 'get, patch')).toEqual([expect.stringContaining('can exchange the images of running pods')]);
    expect(seen('pods, deployments', 'patch')).toEqual([
      expect.stringContaining('"pods" and "deployments": its holder can run any pod'),
    ]);
    check(workloadWritable, role(rule('""', 'pods', 'get, patch')), 1);
  });

  test('is said once where they may be created too', () => {
    expect(seen('pods', 'create, patch')).toEqual([]);
    expect(seen('pods, deployments', 'create, patch')).toHaveLength(1);
    expect(seen('pods', 'get, list, delete')).toEqual([]);
  });
});

test('a user by the short name of an account that is here', () => {
  const text = binding('ClusterRoleBinding', 'view', ['User shop:web']);
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: shop\n';
  check(userNamesServiceAccount, { 'b.yaml': text }, 0);
  check(userNamesServiceAccount, { 'b.yaml': text, 'account.yaml': account }, 1);
  check(userNamesServiceAccount, { 'b.yaml': text, 'account.yaml': account.replace('shop', 'other') }, 0);
});

describe('words', () => {
  const message = (tested: Rule, text: string) => inspect(tested, text)[0]?.message;

  test('names that are filled in later are said as they are written', () => {
    const items = role(rule('""', 'secrets', 'get, create', '"${NAME}", login'));
    expect(message(secretsReadable, items)).toContain('named "${NAME}" and "login":');
    expect(message(resourceNamesIneffective, items)).toContain('named "${NAME}" and "login",');
    const list = role(`${rule('certificates.k8s.io', 'signers', 'approve')}\nresourceNames: \${SIGNERS}`);
    expect(message(csrApprovalGranted, list)).toContain('requests of "${SIGNERS}".');
  });

  test('a wildcard in a Role holds no verb on what is in no namespace', () => {
    const held = (kind: string) => message(verbWildcard, role(rule('"*"', '"*"', '"*"'), kind));
    expect(held('ClusterRole')).toContain('"impersonate", "approve" and "sign" included');
    expect(held('Role')).toContain(', "escalate", "bind" and "impersonate" included');
    expect(message(verbWildcard, role(rule('""', 'users', '"*"'), 'Role'))).not.toContain('included');
  });

  test('only subresources that the verbs do something on are named, and no endless list', () => {
    const titles = (resources: string, verbs: string) =>
      inspect(subresourceWildcard, role(rule('""', resources, verbs))).map(({ fixes }) => fixes);
    expect(titles('"pods/*"', 'get')).toEqual([['Name them: pods/log, pods/resize, pods/status']]);
    expect(titles('"*/*"', '"*"')).toEqual([[]]);
  });
});
