import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import apiServiceWritable from '../../../server/src/rules/rbac/api-service-writable';
import collectionDeletion from '../../../server/src/rules/rbac/collection-deletion';
import configMapWritable from '../../../server/src/rules/rbac/config-map-writable';
import endpointsWritable from '../../../server/src/rules/rbac/endpoints-writable';
import namespacesPatchable from '../../../server/src/rules/rbac/namespaces-patchable';
import networkPolicyWritable from '../../../server/src/rules/rbac/network-policy-writable';
import nodesWritable from '../../../server/src/rules/rbac/nodes-writable';
import persistentVolumeCreation from '../../../server/src/rules/rbac/persistent-volume-creation';
import podsCreatable from '../../../server/src/rules/rbac/pods-creatable';
import policyEngineWritable from '../../../server/src/rules/rbac/policy-engine-writable';
import resourceWildcard from '../../../server/src/rules/rbac/resource-wildcard';
import rolesWritable from '../../../server/src/rules/rbac/roles-writable';
import secretsWritable from '../../../server/src/rules/rbac/secrets-writable';
import serviceAccountWritable from '../../../server/src/rules/rbac/service-account-writable';
import servicesStatusWritable from '../../../server/src/rules/rbac/services-status-writable';
import servicesWritable from '../../../server/src/rules/rbac/services-writable';
import workloadWritable from '../../../server/src/rules/rbac/workload-writable';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const seen = (tested: Rule, text: string) => inspect(tested, text).map((found) => `${found.text} ${found.severity}`);

describe('what is found', () => {
  test.each<[string, Rule, string, string[]]>([
    ['secrets', secretsWritable, role(rule('""', 'secrets', 'get, create')), ['secrets warning']],
    ['secrets in a Role', secretsWritable, role(rule('""', 'secrets', 'patch'), 'Role'), ['secrets info']],
    ['secrets by wildcard verb', secretsWritable, role(rule('""', 'secrets', '"*"')), ['secrets warning']],
    ['secrets by name', secretsWritable, role(rule('""', 'secrets', 'update', 'one')), []],
    ['secrets read', secretsWritable, role(rule('""', 'secrets', 'get, list')), []],
    ['pods', podsCreatable, role(rule('""', 'pods', 'create')), ['pods warning']],
    ['pods of another group', podsCreatable, role(rule('metrics.k8s.io', 'pods', 'create')), []],
    ['workloads, once', workloadWritable, role(rule('apps, batch', 'jobs, deployments', 'update')), ['jobs warning']],
    ['workloads scaled', workloadWritable, role(rule('apps', 'deployments/scale', 'update')), []],
    ['workloads deleted', workloadWritable, role(rule('apps', 'deployments', 'delete')), []],
    ['workloads in a Role', workloadWritable, role(rule('batch', 'jobs', 'create'), 'Role'), ['jobs info']],
    [
      'pods of the control plane',
      podsCreatable,
      role(rule('""', 'pods', 'create'), 'Role').replace('shop', 'kube-system'),
      ['pods error'],
    ],
    ['Services', servicesWritable, role(rule('""', 'services', 'patch')), ['services warning']],
    ['ingresses', servicesWritable, role(rule('networking.k8s.io', 'ingresses', 'create')), ['ingresses warning']],
    ['ingresses deleted', servicesWritable, role(rule('networking.k8s.io', 'ingresses', 'delete')), []],
    ['their status', servicesWritable, role(rule('networking.k8s.io', 'ingresses/status', 'update')), []],
    ['routes', servicesWritable, role(rule('gateway.networking.k8s.io', 'httproutes', '"*"')), ['httproutes warning']],
    ['nodes', nodesWritable, role(rule('""', 'nodes', 'delete')), ['nodes warning']],
    ['nodes in a Role', nodesWritable, role(rule('""', 'nodes', 'delete'), 'Role'), []],
    [
      'volumes',
      persistentVolumeCreation,
      role(rule('""', 'persistentvolumes', 'create')),
      ['persistentvolumes warning'],
    ],
    ['volumes deleted', persistentVolumeCreation, role(rule('""', 'persistentvolumes', 'delete')), []],
    [
      'status of Services',
      servicesStatusWritable,
      role(rule('""', 'services/status', 'patch')),
      ['services/status warning'],
    ],
    [
      'slices',
      endpointsWritable,
      role(rule('discovery.k8s.io', 'endpointslices', 'patch')),
      ['endpointslices warning'],
    ],
    ['namespaces', namespacesPatchable, role(rule('""', 'namespaces', 'update')), ['namespaces warning']],
    ['namespaces made', namespacesPatchable, role(rule('""', 'namespaces', 'create')), []],
    [
      'calico',
      networkPolicyWritable,
      role(rule('projectcalico.org', 'globalnetworkpolicies', 'delete')),
      ['globalnetworkpolicies warning'],
    ],
    [
      'constraints of any kind',
      policyEngineWritable,
      role(rule('constraints.gatekeeper.sh', '"*"', 'patch')),
      ['"*" warning'],
    ],
    ['every group is not the one', policyEngineWritable, role(rule('"*"', 'books', 'patch')), []],
    [
      'bindings',
      rolesWritable,
      role(rule('rbac.authorization.k8s.io', 'rolebindings', 'create')),
      ['rolebindings warning'],
    ],
    [
      'APIs',
      apiServiceWritable,
      role(rule('apiregistration.k8s.io', 'apiservices', 'update')),
      ['apiservices warning'],
    ],
    ['collections', collectionDeletion, role(rule('""', 'pods', 'deletecollection')), ['deletecollection info']],
    [
      'collections that last',
      collectionDeletion,
      role(rule('""', 'secrets', 'deletecollection')),
      ['deletecollection warning'],
    ],
    ['config maps', configMapWritable, role(rule('""', 'configmaps', 'update')), ['configmaps info']],
    ['config maps of a namespace', configMapWritable, role(rule('""', 'configmaps', 'update'), 'Role'), []],
    [
      'config maps of the system',
      configMapWritable,
      role(rule('""', 'configmaps', 'update'), 'Role').replace('shop', 'kube-system'),
      ['configmaps warning'],
    ],
    ['aws-auth', configMapWritable, role(rule('""', 'configmaps', 'patch', 'aws-auth')), ['configmaps warning']],
    ['another by name', configMapWritable, role(rule('""', 'configmaps', 'patch', 'mine')), []],
    ['accounts without IAM roles', serviceAccountWritable, role(rule('""', 'serviceaccounts', 'patch')), []],
  ])('%s', (_, tested, text, expected) => {
    expect(seen(tested, text)).toEqual(expected);
  });
});

describe('who holds it', () => {
  const roleText = role(rule('""', 'secrets', 'update'));
  const look = (...bindings: string[]) => {
    const [found] = inspect(secretsWritable, { 'a.yaml': roleText, 'b.yaml': bindings.join('---\n') });
    return [found?.severity, ...(found?.related ?? [])];
  };

  test.each<[string, string[], string[]]>([
    ['nobody here', [], ['warning']],
    [
      'an account, in the cluster',
      [binding('ClusterRoleBinding', 'operator', ['ServiceAccount web shop'])],
      ['warning', 'ClusterRoleBinding "operators" gives it to "web" in the whole cluster.'],
    ],
    [
      'everybody',
      [binding('ClusterRoleBinding', 'operator', ['Group system:authenticated'])],
      ['error', 'ClusterRoleBinding "operators" gives it to "system:authenticated" in the whole cluster.'],
    ],
    [
      'somebody in a namespace',
      [binding('RoleBinding', 'operator', ['User jo'])],
      ['info', 'RoleBinding "operators" gives it to "jo" in namespace "shop".'],
    ],
    ['holders of another role', [binding('RoleBinding', 'other', ['User jo'])], ['warning']],
    [
      'everybody, in a namespace',
      [binding('RoleBinding', 'operator', ['Group system:authenticated'])],
      ['warning', 'RoleBinding "operators" gives it to "system:authenticated" in namespace "shop".'],
    ],
    [
      'somebody in kube-system',
      [binding('RoleBinding', 'operator', ['User jo']).replace('shop', 'kube-system')],
      ['warning', 'RoleBinding "operators" gives it to "jo" in namespace "kube-system".'],
    ],
  ])('%s', (_, bindings, expected) => {
    expect(look(...bindings)).toEqual(expected);
  });

  test('a role that takes over its rules counts', () => {
    const labelled = roleText.replace('name: operator\n', 'name: operator\n  labels:\n    for: monitoring\n');
    const collector = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: monitoring
aggregationRule:
  clusterRoleSelectors:
    - matchLabels:
        for: monitoring
`;
    const wide = binding('ClusterRoleBinding', 'monitoring', ['Group system:serviceaccounts']);
    const [found] = inspect(secretsWritable, { 'a.yaml': labelled, 'b.yaml': collector, 'c.yaml': wide });
    expect(found?.severity).toBe('error');
  });

  test('ConfigMaps: a role bound in kube-system, and one bound elsewhere', () => {
    const text = role(rule('""', 'configmaps', 'update'));
    const bound = binding('RoleBinding', 'operator', ['User jo']);
    expect(seen(configMapWritable, `${text}---\n${bound}`)).toEqual([]);
    const wide = binding('ClusterRoleBinding', 'operator', ['User jo']);
    expect(seen(configMapWritable, `${text}---\n${wide}`)).toEqual(['configmaps warning']);
    expect(seen(configMapWritable, `${text}---\n${bound.replace('shop', 'kube-system')}`)).toEqual([
      'configmaps warning',
    ]);
  });
});

describe('fixes', () => {
  test.each<[string, Rule, string]>([
    ['verbs, where the rule is about nothing else', secretsWritable, role(rule('""', 'secrets', 'get, create, patch'))],
    ['resources, where it is', secretsWritable, role(rule('""', 'configmaps, secrets', 'get, update'))],
    ['a wildcard verb', secretsWritable, role(rule('""', 'pods, secrets', '"*"'))],
    ['the whole rule', nodesWritable, role([rule('""', 'pods', 'get'), rule('""', 'nodes', 'patch')])],
    [
      'two workloads of three',
      workloadWritable,
      role(rule('apps', 'deployments, controllerrevisions, daemonsets', 'update')),
    ],
    ['volumes to claims', persistentVolumeCreation, role(rule('""', 'pods, persistentvolumes', 'create'))],
    [
      'volumes beside claims',
      persistentVolumeCreation,
      role(rule('""', 'persistentvolumeclaims, persistentvolumes', 'create')),
    ],
    ['a collection', collectionDeletion, role(rule('""', 'pods', 'get, deletecollection'))],
  ])('%s', (_, tested, text) => check(tested, text, 1));

  test('a wildcard is not spelled out into what other rules report', () => {
    check(resourceWildcard, role(rule('""', '"*"', 'get, update')), 1);
    check(resourceWildcard, role(rule('apps', '"*"', 'get, update')), 1);
  });
});
