import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import admissionWebhookWritable from '../../../server/src/rules/rbac/admission-webhook-writable';
import apiGroupWildcard from '../../../server/src/rules/rbac/api-group-wildcard';
import bindVerbGranted from '../../../server/src/rules/rbac/bind-verb-granted';
import clusterAdminEquivalent from '../../../server/src/rules/rbac/cluster-admin-equivalent';
import csrApprovalGranted from '../../../server/src/rules/rbac/csr-approval-granted';
import escalateVerbGranted from '../../../server/src/rules/rbac/escalate-verb-granted';
import impersonateVerbGranted from '../../../server/src/rules/rbac/impersonate-verb-granted';
import nodesProxyGranted from '../../../server/src/rules/rbac/nodes-proxy-granted';
import nonResourceUrlWildcard from '../../../server/src/rules/rbac/non-resource-url-wildcard';
import podsExecGranted from '../../../server/src/rules/rbac/pods-exec-granted';
import resourceWildcard from '../../../server/src/rules/rbac/resource-wildcard';
import secretsReadable from '../../../server/src/rules/rbac/secrets-readable';
import serviceAccountTokenCreation from '../../../server/src/rules/rbac/service-account-token-creation';
import verbWildcard from '../../../server/src/rules/rbac/verb-wildcard';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { aggregated, binding, role, rule } from './roles';

const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** What is underlined and how loud, for each finding. */
const seen = (tested: Rule, text: string) => inspect(tested, text).map((found) => `${found.text} ${found.severity}`);

describe('what is found', () => {
  test.each<[string, Rule, string, string[]]>([
    ['escalate', escalateVerbGranted, role(rule(RBAC, 'roles', 'get, escalate')), ['escalate error']],
    ['escalate on every resource', escalateVerbGranted, role(rule('"*"', '"*"', 'escalate')), ['escalate error']],
    [
      'escalate on named roles',
      escalateVerbGranted,
      role(rule(RBAC, 'roles', 'escalate', 'one')),
      ['escalate warning'],
    ],
    ['escalate where it means nothing', escalateVerbGranted, role(rule('""', 'pods', 'escalate')), []],
    ['escalate in the wildcard', escalateVerbGranted, role(rule(RBAC, 'roles', '"*"')), []],
    ['bind', bindVerbGranted, role(rule(RBAC, 'clusterroles', 'bind')), ['bind error']],
    ['bind of named roles', bindVerbGranted, role(rule(RBAC, 'clusterroles', 'bind', 'view')), ['bind info']],
    ['bind of admin', bindVerbGranted, role(rule(RBAC, 'clusterroles', 'bind', 'view, admin')), ['bind error']],
    ['bind where it means nothing', bindVerbGranted, role(rule('example.com', 'books', 'bind')), []],
    ['impersonate', impersonateVerbGranted, role(rule('""', 'groups', 'impersonate')), ['impersonate error']],
    [
      'impersonate by name',
      impersonateVerbGranted,
      role(rule('""', 'users', 'impersonate', 'jo')),
      ['impersonate warning'],
    ],
    [
      'impersonate, constrained',
      impersonateVerbGranted,
      role(rule('authentication.k8s.io', 'users', 'impersonate:user-info')),
      ['impersonate:user-info warning'],
    ],
    ['secrets', secretsReadable, role(rule('""', 'pods, secrets', 'list')), ['secrets warning']],
    ['secrets in a Role', secretsReadable, role(rule('""', 'secrets', 'get'), 'Role'), ['secrets info']],
    ['secrets by wildcard verb', secretsReadable, role(rule('""', 'secrets', '"*"')), ['secrets warning']],
    ['secrets in every group', secretsReadable, role(rule('"*"', 'secrets', 'get')), ['secrets warning']],
    ['secrets by name', secretsReadable, role(rule('""', 'secrets', 'get', 'one')), ['secrets info']],
    ['secrets by name in a Role', secretsReadable, role(rule('""', 'secrets', 'get', 'one'), 'Role'), []],
    [
      'secrets by names that are filled in',
      secretsReadable,
      role(`${rule('""', 'secrets', 'get')}\nresourceNames: \${NAMES}`, 'Role'),
      [],
    ],
    ['secrets written only', secretsReadable, role(rule('""', 'secrets', 'create')), []],
    ['secrets of another group', secretsReadable, role(rule('example.com', 'secrets', 'get')), []],
    ['secrets in rules of a controller', secretsReadable, aggregated(rule('""', 'secrets', 'get')), []],
    ['exec by get', podsExecGranted, role(rule('""', 'pods/exec', 'get')), ['pods/exec warning']],
    [
      'each way into pods',
      podsExecGranted,
      role(rule('""', 'pods/portforward, pods/attach, pods/ephemeralcontainers', 'create, patch')),
      ['pods/portforward info', 'pods/attach warning', 'pods/ephemeralcontainers warning'],
    ],
    ['exec that cannot be opened', podsExecGranted, role(rule('""', 'pods/exec', 'list')), []],
    ['ephemeral containers read', podsExecGranted, role(rule('""', 'pods/ephemeralcontainers', 'get')), []],
    ['nodes/proxy', nodesProxyGranted, role(rule('""', 'nodes/proxy', 'get')), ['nodes/proxy error']],
    ['nodes/proxy in a Role', nodesProxyGranted, role(rule('""', 'nodes/proxy', 'get'), 'Role'), []],
    [
      'tokens',
      serviceAccountTokenCreation,
      role(rule('""', 'serviceaccounts/token', 'create')),
      ['serviceaccounts/token error'],
    ],
    [
      'tokens of one account',
      serviceAccountTokenCreation,
      role(rule('""', 'serviceaccounts/token', 'create', 'vault')),
      ['serviceaccounts/token info'],
    ],
    ['tokens read', serviceAccountTokenCreation, role(rule('""', 'serviceaccounts/token', 'get')), []],
    [
      'approval, whole',
      csrApprovalGranted,
      role([
        rule(CERTIFICATES, 'certificatesigningrequests/approval', 'update'),
        rule(CERTIFICATES, 'signers', 'approve'),
      ]),
      ['signers error'],
    ],
    ['approval, half', csrApprovalGranted, role(rule(CERTIFICATES, 'signers', 'approve')), ['signers warning']],
    [
      'approval of serving certificates',
      csrApprovalGranted,
      role(rule(CERTIFICATES, 'signers', 'approve', 'kubernetes.io/kubelet-serving')),
      ['signers info'],
    ],
    [
      'approval of client certificates',
      csrApprovalGranted,
      role(rule(CERTIFICATES, 'signers', 'approve', 'kubernetes.io/kube-apiserver-client')),
      ['signers warning'],
    ],
    ['signing', csrApprovalGranted, role(rule(CERTIFICATES, 'signers', 'sign', 'example.com/mine')), []],
    [
      'webhooks',
      admissionWebhookWritable,
      role(rule(ADMISSION, 'mutatingwebhookconfigurations', 'get, patch')),
      ['mutatingwebhookconfigurations error'],
    ],
    [
      'its own webhook',
      admissionWebhookWritable,
      role(rule(ADMISSION, 'mutatingwebhookconfigurations', 'get, patch', 'mine')),
      ['mutatingwebhookconfigurations info'],
    ],
    ['webhooks read', admissionWebhookWritable, role(rule(ADMISSION, 'mutatingwebhookconfigurations', 'get')), []],
  ])('%s', (_, tested, text, expected) => {
    expect(seen(tested, text)).toEqual(expected);
  });
});

describe('who holds it decides how loud it is', () => {
  const APPROVAL = [
    rule(CERTIFICATES, 'certificatesigningrequests/approval', 'update'),
    rule(CERTIFICATES, 'signers', 'approve'),
  ];
  const bound = (text: string, kind: string, ...subjects: string[]) =>
    `${text}---\n${binding(kind, 'operator', subjects)}`;

  test.each<[string, Rule, string | string[], string]>([
    ['escalate', escalateVerbGranted, rule(RBAC, 'roles', 'escalate'), 'warning'],
    ['bind', bindVerbGranted, rule(RBAC, 'clusterroles', 'bind'), 'warning'],
    ['impersonation of accounts', impersonateVerbGranted, rule('""', 'serviceaccounts', 'impersonate'), 'warning'],
    ['tokens', serviceAccountTokenCreation, rule('""', 'serviceaccounts/token', 'create'), 'warning'],
    ['verbs', verbWildcard, rule('apps', 'deployments', '"*"'), 'warning'],
    ['resources', resourceWildcard, rule('apps', '"*"', 'update'), 'warning'],
    ['groups', apiGroupWildcard, rule('"*"', 'deployments', 'get'), 'info'],
    ['everything', clusterAdminEquivalent, rule('"*"', '"*"', '"*"'), 'warning'],
    // What is in no namespace is not in force by a RoleBinding.
    ['impersonation of users', impersonateVerbGranted, rule('""', 'users', 'impersonate'), 'info'],
    ['webhooks', admissionWebhookWritable, rule(ADMISSION, 'validatingwebhookconfigurations', 'delete'), 'info'],
    ['kubelets', nodesProxyGranted, rule('""', 'nodes/proxy', 'get'), 'info'],
    ['approval', csrApprovalGranted, APPROVAL, 'info'],
    ['URLs', nonResourceUrlWildcard, 'nonResourceURLs: ["*"]\nverbs: [get]', 'info'],
  ])('%s', (_, tested, rules, inNamespace) => {
    const text = role(rules);
    const [unbound] = inspect(tested, text);
    const [wide] = inspect(tested, bound(text, 'ClusterRoleBinding', 'ServiceAccount web shop'));
    const [narrow] = inspect(tested, bound(text, 'RoleBinding', 'ServiceAccount web shop'));
    const [anyone] = inspect(tested, bound(text, 'ClusterRoleBinding', 'Group system:authenticated'));
    expect(wide?.severity).toBe(unbound?.severity);
    expect(wide?.related).toEqual(['ClusterRoleBinding "operators" gives it to "web" in the whole cluster.']);
    expect(narrow?.severity).toBe(inNamespace);
    expect(anyone?.severity).toBe('error');
  });

  test('what is not in force is said to be so', () => {
    const [found] = inspect(nodesProxyGranted, bound(role(rule('""', 'nodes/proxy', 'get')), 'RoleBinding', 'User jo'));
    expect(found?.message).toContain(', once a ClusterRoleBinding puts that in force.');
  });

  test('users are not impersonated by a Role, accounts are', () => {
    expect(seen(impersonateVerbGranted, role(rule('""', 'users', 'impersonate'), 'Role'))).toEqual([]);
    expect(seen(impersonateVerbGranted, role(rule('""', 'serviceaccounts', 'impersonate'), 'Role'))).toEqual([
      'impersonate warning',
    ]);
  });
});

describe('fixes', () => {
  test.each<[string, Rule, string]>([
    ['a verb among others', escalateVerbGranted, role(rule(RBAC, 'roles', 'get, escalate'))],
    ['the only verb', bindVerbGranted, role([rule('""', 'pods', 'get'), rule(RBAC, 'roles', 'bind')])],
    [
      'several verbs',
      admissionWebhookWritable,
      role(rule(ADMISSION, 'validatingwebhookconfigurations', 'create, get, delete')),
    ],
    [
      'a resource with every verb',
      admissionWebhookWritable,
      role(rule(ADMISSION, 'validatingwebhookconfigurations', '"*"')),
    ],
    ['a resource among others', secretsReadable, role(rule('""', 'configmaps, secrets', 'get, list'))],
    ['reading but not writing', secretsReadable, role(rule('""', 'secrets', 'get, create'))],
    ['two ways into pods', podsExecGranted, role(rule('""', 'pods/exec', 'create'))],
    ['nodes/proxy beside its parts', nodesProxyGranted, role(rule('""', 'nodes/metrics, nodes/proxy', 'get'))],
  ])('%s', (_, tested, text) => check(tested, text, 1));

  test('nodes/proxy gives way to the parts that are not there yet', () => {
    const titles = (resources: string) => inspect(nodesProxyGranted, role(rule('""', resources, 'get')))[0]?.fixes;
    expect(titles('nodes/metrics, nodes/proxy')).toEqual([
      'Replace nodes/proxy by nodes/stats',
      'Remove nodes/proxy from the rule',
    ]);
    expect(titles('nodes/metrics, nodes/stats, nodes/proxy')).toEqual(['Remove nodes/proxy from the rule']);
  });

  test('the rule goes with its last resource', () => {
    const text = role([rule('""', 'pods', 'get'), rule('""', 'pods/exec', 'create')]);
    const after = applyFix(podsExecGranted, text, 'Remove the rule for pods/exec')['example.yaml'] ?? '';
    expect(after).toContain('resources: [pods]');
    expect(after).not.toContain('pods/exec');
  });

  test('the rule goes with what another one grants too', () => {
    const text = role([rule('""', 'pods, pods/exec', 'get'), rule('""', 'pods, services', 'get, list')]);
    const title = 'Remove the rule for pods/exec: another rule grants the rest';
    const after = applyFix(podsExecGranted, text, title)['example.yaml'] ?? '';
    expect(after.match(/apiGroups/g)).toHaveLength(1);
    expect(after).toContain('resources: [pods, services]');
    check(podsExecGranted, text, 1);
    const other = role([rule('""', 'pods, pods/exec', 'get, watch'), rule('""', 'pods, services', 'get, list')]);
    expect(inspect(podsExecGranted, other)[0]?.fixes[0]).toBe('Remove pods/exec from the rule');
  });

  test('a wildcard verb on Secrets is left to the rule on wildcard verbs', () => {
    expect(inspect(secretsReadable, role(rule('""', 'secrets', '"*"')))[0]?.fixes).toEqual([]);
  });
});
