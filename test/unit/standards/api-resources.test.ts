import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  API_GROUPS,
  API_RESOURCES,
  getApiResource,
  getResourcesMeantBy,
  getResourcesNamed,
  getResourcesOfGroup,
  getResourceVerbs,
  getSupportedVerbs,
  STANDARD_VERBS,
  splitResource,
} from '../../../server/src/standards/api-resources';
import {
  getSpecialVerb,
  isImpersonationVerb,
  isKnownVerb,
  isSpecialVerb,
  SPECIAL_VERBS,
} from '../../../server/src/standards/rbac-verbs';

describe('the table', () => {
  it('names each resource once in its group', () => {
    const names = API_RESOURCES.map(({ group, resource }) => `${group}/${resource}`);
    expect(names).toEqual([...new Set(names)]);
  });

  it('has plurals, kinds and versions of the shape that Kubernetes demands', () => {
    for (const { group, resource, kind, versions, shortNames, subresources } of API_RESOURCES) {
      expect(group).toMatch(/^$|^[a-z]+(\.[a-z0-9]+)*$/);
      expect(resource).toMatch(/^[a-z]+$/);
      for (const version of versions) expect(version).toMatch(/^v[1-9]((alpha|beta)[1-9])?$/);
      expect(kind === '', `${resource} is served exactly when it has a kind`).toBe(versions.length === 0);
      for (const name of [...shortNames, ...Object.keys(subresources)]) expect(name).toMatch(/^[a-z]+$/);
    }
  });

  it('lists versions from the most to the least stable', () => {
    const rank = (version: string) => (version.includes('alpha') ? 0 : version.includes('beta') ? 1 : 2);
    for (const { resource, versions } of API_RESOURCES) {
      const ranks = versions.map(rank);
      expect(
        [...ranks].sort((a, b) => b - a),
        resource,
      ).toEqual(ranks);
    }
  });

  it('lists verbs in the standard order, without repetition', () => {
    for (const { resource, verbs, subresources } of API_RESOURCES) {
      for (const list of [verbs, ...Object.values(subresources)]) {
        expect(
          STANDARD_VERBS.filter((verb) => list.includes(verb)),
          resource,
        ).toEqual(list);
      }
    }
  });

  it('has every object with a replica count at hand of an autoscaler, and no other', () => {
    const scalable = API_RESOURCES.filter(({ subresources }) => 'scale' in subresources).map(({ kind }) => kind);
    expect(scalable.sort()).toEqual(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);
  });

  it('knows which kinds of everyday manifests are cluster-scoped', () => {
    const kinds = ['Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'StorageClass'];
    const namespacedKinds = [
      'Pod',
      'Secret',
      'ServiceAccount',
      'Role',
      'RoleBinding',
      'NetworkPolicy',
      'Ingress',
      'Job',
    ];
    const scopeOf = (kind: string) => getResourcesMeantBy(kind).map(({ namespaced }) => namespaced);
    for (const kind of kinds) expect(scopeOf(kind), kind).toEqual([false]);
    for (const kind of namespacedKinds) expect(scopeOf(kind), kind).toEqual([true]);
  });
});

describe('lookups', () => {
  it('find a resource only in its own group', () => {
    expect(getApiResource('apps', 'deployments')?.kind).toBe('Deployment');
    expect(getApiResource('', 'deployments')).toBeUndefined();
    expect(getApiResource('extensions', 'deployments')).toBeUndefined();
    expect(getApiResource('apps', 'constructor')).toBeUndefined();
    expect(getResourcesNamed('deployments').map(({ group }) => group)).toEqual(['apps']);
    expect(getResourcesNamed('events').map(({ group }) => group)).toEqual(['', 'events.k8s.io']);
  });

  it('give all resources of a group and none of an unknown one', () => {
    expect(getResourcesOfGroup('rbac.authorization.k8s.io').map(({ resource }) => resource)).toEqual([
      'clusterrolebindings',
      'clusterroles',
      'rolebindings',
      'roles',
    ]);
    expect(getResourcesOfGroup('example.com')).toEqual([]);
    expect(API_GROUPS.flatMap(getResourcesOfGroup)).toHaveLength(API_RESOURCES.length);
  });

  it.each(['Deployment', 'deployment', 'deploy', 'DEPLOYMENTS'])('understand %s', (word) => {
    expect(getResourcesMeantBy(word).map(({ resource }) => resource)).toEqual(['deployments']);
  });

  it('take no empty or foreign word for a resource', () => {
    for (const word of ['', 'widget', 'user']) expect(getResourcesMeantBy(word)).toEqual([]);
  });

  it('split at the first slash only', () => {
    expect(splitResource('pods')).toEqual({ resource: 'pods', subresource: undefined });
    expect(splitResource('pods/log')).toEqual({ resource: 'pods', subresource: 'log' });
    expect(splitResource('pods/proxy/x')).toEqual({ resource: 'pods', subresource: 'proxy/x' });
  });
});

describe('getResourceVerbs', () => {
  it.each([
    ['', 'pods', [...STANDARD_VERBS]],
    ['', 'pods/log', ['get']],
    ['', 'pods/exec', ['get', 'create']],
    ['', 'pods/eviction', ['create']],
    ['', 'pods/proxy', ['get', 'create', 'update', 'patch', 'delete']],
    ['', 'pods/*', ['get', 'create', 'update', 'patch', 'delete']],
    ['', 'pods/finalizers', ['update']],
    ['', 'namespaces', STANDARD_VERBS.filter((verb) => verb !== 'deletecollection')],
    ['', 'namespaces/finalize', ['update']],
    ['', 'nodes/metrics', ['get']],
    ['', 'serviceaccounts/token', ['create']],
    ['', '*/scale', ['get', 'update', 'patch']],
    ['apps', 'deployments/scale', ['get', 'update', 'patch']],
    ['authorization.k8s.io', 'subjectaccessreviews', ['create']],
    ['', 'users', []],
    ['authentication.k8s.io', 'userextras/scopes', []],
    ['certificates.k8s.io', 'signers', []],
  ])('of %j %s', (group, resource, expected) => {
    expect(getResourceVerbs(group, resource)).toEqual(expected);
  });

  it.each([
    ['', '*'],
    ['', '*/*'],
    ['batch', '*/scale'],
    ['', 'pod'],
    ['', 'pods/logs'],
    ['', 'pods/toString'],
    ['apps', 'pods'],
    ['example.com', 'widgets'],
  ])('are unknown for %j %s', (group, resource) => {
    expect(getResourceVerbs(group, resource)).toBeUndefined();
  });
});

describe('getSupportedVerbs', () => {
  it('joins the verbs of all resources named', () => {
    expect(getSupportedVerbs([''], ['pods/log', 'pods/exec'])).toEqual(['get', 'create']);
    expect(getSupportedVerbs([''], ['pods/log', 'configmaps'])).toEqual(STANDARD_VERBS);
    expect(getSupportedVerbs(['authentication.k8s.io', 'authorization.k8s.io'], ['tokenreviews'])).toEqual(['create']);
  });

  it('passes over a pair of group and resource that does not exist when another group has the resource', () => {
    expect(getSupportedVerbs(['', 'apps'], ['deployments/scale', 'pods/log'])).toEqual(['get', 'update', 'patch']);
  });

  it.each([
    [[''], ['*']],
    [['*'], ['pods/log']],
    [['', 'example.com'], ['pods/log']],
    [[''], ['pods/log', 'widgets']],
  ])('offers all eight when a resource may be unknown: %j %j', (groups, resources) => {
    expect(getSupportedVerbs(groups, resources)).toEqual(STANDARD_VERBS);
  });

  it('never offers a special verb, whatever is asked', () => {
    const groups = fc.array(fc.constantFrom(...API_GROUPS, '*', 'example.com'));
    const name = fc.constantFrom('*', '*/scale', 'widgets', ...API_RESOURCES.map(({ resource }) => resource));
    const resources = fc.array(
      fc.oneof(
        name,
        name.map((text) => `${text}/*`),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(groups, resources, (apiGroups, wanted) => {
        const verbs = getSupportedVerbs(apiGroups, wanted);
        expect(verbs).toEqual(STANDARD_VERBS.filter((verb) => verbs.includes(verb)));
        expect(verbs.filter(isSpecialVerb)).toEqual([]);
      }),
    );
  });

  it('grows with the list of resources', () => {
    const subset = fc.subarray(API_RESOURCES.map(({ resource }) => resource));
    fc.assert(
      fc.property(subset, subset, (some, more) => {
        const all = getSupportedVerbs(API_GROUPS, [...some, ...more]);
        for (const verb of getSupportedVerbs(API_GROUPS, some)) expect(all).toContain(verb);
      }),
    );
  });
});

describe('verbs of RBAC', () => {
  it('are standard, special or nothing', () => {
    for (const verb of [...STANDARD_VERBS, ...SPECIAL_VERBS.map((special) => special.verb), '*']) {
      expect(isKnownVerb(verb), verb).toBe(true);
    }
    for (const verb of ['read', 'write', 'Get', 'all', '', 'impersonate-all', 'post']) {
      expect(isKnownVerb(verb), verb).toBe(false);
    }
    for (const verb of STANDARD_VERBS) expect(isSpecialVerb(verb), verb).toBe(false);
  });

  it('include constrained impersonation and the device status of a node', () => {
    for (const verb of ['impersonate:user-info', 'impersonate-on:user-info:list', 'arbitrary-node:update']) {
      expect(isKnownVerb(verb), verb).toBe(true);
    }
    expect(isImpersonationVerb('impersonate:serviceaccount')).toBe(true);
    expect(isImpersonationVerb('impersonate-on:serviceaccount:list')).toBe(false);
  });

  it('are asked about on resources that the table knows', () => {
    for (const { verb, on } of SPECIAL_VERBS.filter((special) => special.verb !== 'use')) {
      for (const { group, resources } of on) {
        for (const resource of resources) expect(getApiResource(group, resource), `${verb} ${resource}`).toBeDefined();
      }
    }
    expect(getSpecialVerb('escalate')?.on[0]?.resources).toEqual(['roles', 'clusterroles']);
    expect(getSpecialVerb('get')).toBeUndefined();
  });
});
