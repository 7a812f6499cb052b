import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import apiGroupWrong from '../../../server/src/rules/rbac/api-group-wrong';
import clusterScopedResourceInRole from '../../../server/src/rules/rbac/cluster-scoped-resource-in-role';
import nonResourceUrlInRole from '../../../server/src/rules/rbac/non-resource-url-in-role';
import policyRuleRedundant from '../../../server/src/rules/rbac/policy-rule-redundant';
import resourceNamesIneffective from '../../../server/src/rules/rbac/resource-names-ineffective';
import resourceUnknown from '../../../server/src/rules/rbac/resource-unknown';
import verbUnknown from '../../../server/src/rules/rbac/verb-unknown';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { aggregated, role, rule } from './roles';

const BOOKS = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: books.example.com
spec:
  group: example.com
  scope: Cluster
  names:
    plural: books
    singular: book
    kind: Book
    shortNames: [bk]
  versions:
    - name: v1
      served: true
      storage: true
`;

/** What is underlined, how loud, and the fixes. */
const seen = (tested: Rule, text: string) =>
  inspect(tested, { 'role.yaml': text, 'crd.yaml': BOOKS }).map((found) => [
    found.text,
    found.severity,
    ...found.fixes,
  ]);

describe('verbs', () => {
  test.each<[string, string[][]]>([
    [rule('apps', 'deployments', 'GET, list'), [['GET', 'warning', 'Change it to get', 'Remove the verb GET']]],
    [rule('apps', 'deployments', 'read'), [['read', 'warning', 'Change it to get, list, watch']]],
    [rule('apps', 'deployments', 'get, frobnicate'), [['frobnicate', 'warning', 'Remove the verb frobnicate']]],
    [
      rule('apps', 'deployments', 'udpate, get'),
      [['udpate', 'warning', 'Change it to update', 'Remove the verb udpate']],
    ],
    [rule('example.com', 'books', 'borrow'), []],
    [rule('example.com', 'books', 'List'), [['List', 'warning', 'Change it to list']]],
    [rule('"*"', 'books', 'borrow'), []],
    [rule('""', 'users', 'impersonate'), []],
    ['nonResourceURLs: [/metrics]\nverbs: [get, head]', []],
    ['nonResourceURLs: [/metrics]\nverbs: [GET]', [['GET', 'warning', 'Change it to get']]],
  ])('%s', (text, expected) => expect(seen(verbUnknown, role(text))).toEqual(expected));

  test('verbs that are there already are not written twice', () => {
    const text = role(rule('apps', 'deployments', 'get, read'));
    expect(applyFix(verbUnknown, text, 'Change it to get, list, watch')['example.yaml']).toContain(
      '[get, list, watch]',
    );
    check(verbUnknown, text, 1);
  });

  test('rules of a controller are not judged', () => {
    expect(inspect(verbUnknown, aggregated(rule('""', 'pods', 'read')))).toEqual([]);
  });
});

describe('resources', () => {
  test.each<[string, string[][]]>([
    [rule('apps', 'Deployment', 'get'), [['Deployment', 'warning', 'Change it to "deployments"']]],
    [rule('apps', 'deploy/scale', 'get'), [['deploy/scale', 'warning', 'Change it to "deployments/scale"']]],
    [rule('""', 'pod, pods', 'get'), [['pod', 'warning', 'Remove it: "pods" is there']]],
    [rule('""', 'cronjob', 'get'), [['cronjob', 'warning', 'Change it to "cronjobs" of the API group "batch"']]],
    [
      rule('networking.k8s.io', 'networkpolicys', 'get'),
      [['networkpolicys', 'warning', 'Change it to "networkpolicies"']],
    ],
    [rule('example.com', 'book', 'get'), [['book', 'warning', 'Change it to "books"']]],
    [rule('example.com', 'bk', 'get'), [['bk', 'warning', 'Change it to "books"']]],
    [rule('example.com', 'authors', 'get'), []],
    [rule('example.com, ""', 'pod, author', 'get'), [['pod', 'warning', 'Change it to "pods"']]],
    [rule('metrics.k8s.io', 'pod', 'get'), []],
    [rule('""', 'zebras', 'get'), [['zebras', 'info', 'Remove the rule for zebras']]],
    [
      rule('""', 'configmaps, configmaps/status', 'get'),
      [['configmaps/status', 'info', 'Remove configmaps/status from the rule']],
    ],
    [rule('""', 'pods/logs', 'get'), [['pods/logs', 'warning', 'Change it to "pods/log"']]],
    [rule('""', 'pods/log, pods/logs', 'get'), [['pods/logs', 'warning', 'Remove pods/logs from the rule']]],
    [rule('apps', 'deployments/finalizers', 'update'), []],
    [rule('policy', 'podsecuritypolicies', 'use'), []],
    [rule('"*"', 'pod', 'get'), []],
  ])('%s', (text, expected) => expect(seen(resourceUnknown, role(text))).toEqual(expected));

  test('fixes', () => {
    check(resourceUnknown, role(rule('""', 'cronjob, services', 'get')), 1);
    check(resourceUnknown, { 'role.yaml': role(rule('example.com', 'Book', 'get')), 'crd.yaml': BOOKS }, 1);
    check(resourceUnknown, role(rule('""', 'configmaps, configmaps/status', 'get')), 1);
    check(resourceUnknown, role(rule('""', 'pods/logs', 'get')), 1);
  });
});

describe('API groups', () => {
  test.each<[string, string[][]]>([
    [rule('""', 'deployments', 'get'), [['deployments', 'warning', 'Change the API group to "apps"']]],
    [rule('""', 'pods, deployments', 'get'), [['deployments', 'warning', 'Add the API group "apps"']]],
    [rule('apps', 'services', 'get'), [['services', 'warning', 'Change the API group to "" (core)']]],
    [rule('apps', 'books', 'get'), [['books', 'warning', 'Change the API group to "example.com"']]],
    [rule('extensions', 'ingresses', 'get'), [['ingresses', 'info', 'Change the API group to "networking.k8s.io"']]],
    [rule('extensions, networking.k8s.io', 'ingresses', 'get'), []],
    [rule('apps/v1', 'deployments', 'get'), [['apps/v1', 'warning', 'Change it to "apps"']]],
    [rule('core', 'pods', 'get'), [['core', 'warning', 'Change it to "" (core)']]],
    [rule('"", v1', 'pods', 'get'), [['v1', 'warning', 'Remove it: "" (core) is there']]],
    [rule('network.k8s.io', 'ingresses', 'get'), []],
    [
      rule('networking.k8s.oi', 'ingresses', 'get'),
      [['networking.k8s.oi', 'warning', 'Change it to "networking.k8s.io"']],
    ],
    [rule('app', 'books', 'get'), []],
    [rule('apps, metrics.k8s.io', 'pods', 'get'), []],
    [rule('"*"', 'deployments', 'get'), []],
  ])('%s', (text, expected) => expect(seen(apiGroupWrong, role(text))).toEqual(expected));

  test('fixes', () => {
    check(apiGroupWrong, role(rule('""', 'services, cronjobs', 'get')), 1);
    check(apiGroupWrong, role(rule('batch/v1', 'cronjobs', 'get')), 1);
    check(apiGroupWrong, role(rule('core, ""', 'services', 'get')), 1);
  });

  test('what another rule grants in the right group is removed', () => {
    const text = role([
      rule('networking.k8s.io', 'networkpolicies', 'get, list'),
      rule('extensions', 'networkpolicies', 'get'),
    ]);
    expect(seen(apiGroupWrong, text)).toEqual([['networkpolicies', 'info', 'Remove the rule for networkpolicies']]);
    check(apiGroupWrong, text, 1);
    const written = role([rule('apps', 'deployments', 'get, list'), rule('""', 'deployments', 'list')]);
    expect(seen(apiGroupWrong, written)).toEqual([['deployments', 'info', 'Remove the rule for deployments']]);
    const more = role([rule('apps', 'deployments', 'get'), rule('""', 'deployments', 'list')]);
    expect(seen(apiGroupWrong, more)).toEqual([['deployments', 'warning', 'Change the API group to "apps"']]);
  });
});

describe('a Role holds in its namespace', () => {
  test.each<[string, string[][]]>([
    [
      rule('""', 'pods, nodes', 'get'),
      [['nodes', 'warning', 'Remove nodes from the rule', 'Move nodes to a ClusterRole "operator"']],
    ],
    [rule('""', 'nodes', 'patch'), [['nodes', 'warning', 'Remove the rule for nodes']]],
    [rule('""', 'namespaces', 'get'), []],
    [rule('""', 'namespaces', 'create'), [['namespaces', 'warning', 'Remove the rule for namespaces']]],
    [
      rule('example.com', 'books', 'list'),
      [['books', 'warning', 'Remove the rule for books', 'Move books to a ClusterRole "operator"']],
    ],
    [rule('example.org', 'books', 'list'), []],
    [rule('"", example.org', 'nodes', 'list'), []],
    // Binding a ClusterRole is asked about in the namespace of the RoleBinding.
    [rule('rbac.authorization.k8s.io', 'clusterroles', 'bind', 'view'), []],
    [
      rule('rbac.authorization.k8s.io', 'clusterroles', 'escalate'),
      [['clusterroles', 'warning', 'Remove the rule for clusterroles']],
    ],
  ])('%s', (text, expected) => expect(seen(clusterScopedResourceInRole, role(text, 'Role'))).toEqual(expected));

  test('a ClusterRole that has the name is not replaced', () => {
    const text = role(rule('""', 'pods, nodes', 'get'), 'Role');
    const taken = { 'role.yaml': text, 'other.yaml': role(rule('""', 'services', 'get')) };
    expect(inspect(clusterScopedResourceInRole, taken)[0]?.fixes).toEqual(['Remove nodes from the rule']);
    const urls = role([rule('""', 'pods', 'get'), 'nonResourceURLs: [/metrics]\nverbs: [get]'], 'Role');
    const other = { 'role.yaml': urls, 'other.yaml': role(rule('""', 'services', 'get')) };
    expect(inspect(nonResourceUrlInRole, other)[0]?.fixes).toEqual(['Remove the rule for URLs']);
  });

  test('in a ClusterRole all is well', () => {
    expect(seen(clusterScopedResourceInRole, role(rule('""', 'nodes', 'get')))).toEqual([]);
  });

  test('URLs', () => {
    const urls = 'nonResourceURLs: [/metrics]\nverbs: [get]';
    check(nonResourceUrlInRole, role([rule('""', 'pods', 'get'), urls], 'Role'), 1);
    check(nonResourceUrlInRole, role(urls), 0);
    expect(seen(nonResourceUrlInRole, role(`resources: [pods]\napiGroups: [""]\n${urls}`, 'Role'))).toEqual([
      ['nonResourceURLs', 'error', 'Remove nonResourceURLs from the rule', 'Move /metrics to a ClusterRole "operator"'],
    ]);
  });
});

describe('names', () => {
  test.each<[string, string[][]]>([
    [
      rule('""', 'persistentvolumeclaims', 'get, create', 'one'),
      [['create', 'warning', 'Grant create in a rule of its own', 'Remove the verb create from the rule']],
    ],
    [rule('""', 'secrets', 'get, create', 'one'), [['create', 'warning', 'Remove the verb create from the rule']]],
    [rule('""', 'services', 'get, create', 'one'), [['create', 'warning', 'Remove the verb create from the rule']]],
    [
      rule('""', 'services', 'deletecollection', 'one'),
      [['deletecollection', 'warning', 'Remove the rule that grants deletecollection']],
    ],
    [rule('""', 'serviceaccounts/token', 'create', 'one'), []],
    [
      rule('""', 'services', 'get, list, watch', 'one'),
      [['list', 'info', 'Remove the verbs list, watch from the rule']],
    ],
    [rule('""', 'services', 'watch', 'one'), [['watch', 'info', 'Remove the rule that grants watch']]],
    [rule('""', 'services', '"*", list', 'one'), []],
    [rule('""', 'pods/log', 'list', 'one'), []],
    [rule('""', 'services', 'create, list'), []],
    [rule('""', 'services', 'get, list', '"${NAME}"'), [['list', 'info', 'Remove the verb list from the rule']]],
  ])('%s', (text, expected) => expect(seen(resourceNamesIneffective, role(text))).toEqual(expected));

  test('what another rule of the role grants anyway is a note', () => {
    const narrow = rule('coordination.k8s.io', 'leases', 'get, create', 'leader');
    const text = role([rule('coordination.k8s.io', 'leases', 'create'), narrow]);
    expect(seen(resourceNamesIneffective, text)).toEqual([['create', 'info', 'Remove the verb create from the rule']]);
    check(resourceNamesIneffective, text, 1);
    const other = role([rule('coordination.k8s.io', 'leases', 'create', 'other'), narrow]);
    expect(seen(resourceNamesIneffective, other).map(([, severity]) => severity)).toEqual(['warning', 'warning']);
  });

  test('reading that another rule of the role grants on all of them is none of it', () => {
    const narrow = rule('""', 'services', 'get, list, watch', 'one');
    const seenBeside = (other: string) => seen(resourceNamesIneffective, role([other, narrow]));
    expect(seenBeside(rule('""', 'services, pods', 'list, watch'))).toEqual([]);
    expect(seenBeside(rule('""', 'services', 'list'))).toEqual([
      ['watch', 'info', 'Remove the verb watch from the rule'],
    ]);
    check(resourceNamesIneffective, role([rule('""', 'services', 'list'), narrow]), 1);
  });

  test('the split rule', () => {
    const text = role(rule('coordination.k8s.io', 'leases', 'get, create', 'leader'));
    check(resourceNamesIneffective, text, 1);
    const after = applyFix(resourceNamesIneffective, text, 'Grant create in a rule of its own')['example.yaml'] ?? '';
    expect(after.match(/verbs:/g)).toHaveLength(2);
  });
});

describe('rules that another one holds', () => {
  const found = (...rules: string[]) => inspect(policyRuleRedundant, role(rules)).map(({ message }) => message);

  test.each<[string, string[], number]>([
    ['narrower above', [rule('""', 'pods', 'get'), rule('""', 'pods, services', 'get, list')], 1],
    ['the same twice: the second', [rule('""', 'pods', 'get'), rule('""', 'pods', 'get')], 1],
    ['the same three times: the last two', Array(3).fill(rule('""', 'pods', 'get')), 2],
    ['a wildcard', [rule('"*"', '"*"', 'get'), rule('apps', 'deployments', 'get')], 1],
    ['a wildcard before a subresource', [rule('""', '"*/scale"', 'get'), rule('""', 'pods/scale', 'get')], 1],
    ['a wildcard before another', [rule('""', '"*/scale"', 'get'), rule('""', 'pods/status, scale', 'get')], 0],
    ['names below no names', [rule('""', 'pods', 'get', 'one'), rule('""', 'pods', 'get')], 1],
    ['no names below names', [rule('""', 'pods', 'get'), rule('""', 'pods', 'get', 'one')], 1],
    ['other names', [rule('""', 'pods', 'get', 'two'), rule('""', 'pods', 'get', 'one')], 0],
    ['other verbs', [rule('""', 'pods', 'get'), rule('""', 'pods', 'list')], 0],
    ['URLs', ['nonResourceURLs: [/a]\nverbs: [get]', 'nonResourceURLs: [/b]\nverbs: [get]'], 0],
    ['URLs and resources', ['nonResourceURLs: [/a]\nverbs: [get]', rule('""', 'pods', 'get')], 0],
    ['not known', [rule('""', '"{{ x }}"', 'get'), rule('""', 'pods', 'get')], 0],
  ])('%s', (_, rules, count) => expect(found(...rules)).toHaveLength(count));

  test('removing it', () =>
    check(policyRuleRedundant, role([rule('""', 'pods', 'get'), rule('""', 'pods', 'get, list')]), 1));
});
