import { expect, test } from 'vitest';
import podsStealable from '../../../server/src/rules/rbac/pods-stealable';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const NODES = rule('""', 'nodes', 'get, patch');
const EVICTION = rule('""', 'pods/eviction', 'create');
const seen = (text: string) => inspect(podsStealable, text).map((found) => `${found.text} ${found.severity}`);

test.each<[string, string, string[]]>([
  ['patching nodes, evicting', role([NODES, EVICTION]), ['nodes warning']],
  [
    'status of nodes, deleting',
    role([rule('""', 'nodes/status', 'update'), rule('""', 'pods', 'delete')]),
    ['nodes/status warning'],
  ],
  ['in one rule', role(rule('""', 'nodes, pods', 'patch, delete')), ['nodes warning']],
  ['every verb', role(rule('""', 'nodes, pods', '"*"')), ['nodes warning']],
  ['nodes alone', role(NODES), []],
  ['nodes read', role([rule('""', 'nodes', 'get, list'), EVICTION]), []],
  ['one node', role([rule('""', 'nodes', 'patch', 'one'), EVICTION]), []],
  ['pods made', role([NODES, rule('""', 'pods', 'create')]), []],
  ['pods of another group', role([NODES, rule('metrics.k8s.io', 'pods', 'delete')]), []],
  ['a Role reaches no node', role([NODES, EVICTION], 'Role'), []],
])('%s', (_, text, expected) => expect(seen(text)).toEqual(expected));

test('the fix leaves what only reads', () => {
  check(podsStealable, role([NODES, EVICTION]), 1);
  check(podsStealable, role(rule('""', 'nodes, pods', 'patch, delete')), 1);
});

const evictor = role(EVICTION).replace('name: operator', 'name: evictor');
const bind = (roleName: string, subject: string, name: string, kind = 'ClusterRoleBinding') =>
  binding(kind, roleName, [subject], name);

test('the two rights of one account may come from two roles', () => {
  const files = {
    'a/nodes.yaml': role(NODES),
    'b/pods.yaml': evictor,
    'c/nodes.yaml': bind('operator', 'ServiceAccount drainer shop', 'nodes'),
    'd/pods.yaml': bind('evictor', 'ServiceAccount drainer shop', 'pods', 'RoleBinding'),
  };
  const [found, ...rest] = inspect(podsStealable, files);
  expect(rest).toEqual([]);
  expect(found?.file).toBe('a/nodes.yaml');
  expect(found?.message).toContain('and "drainer" may throw pods out by ClusterRole "evictor"');
  expect(found?.related).toEqual([
    'This rule of ClusterRole "evictor" lets it throw pods out.',
    'RoleBinding "pods" gives that role to "drainer" too.',
    'ClusterRoleBinding "nodes" gives it to "drainer" in the whole cluster.',
  ]);
});

test('by a group that the account is in', () => {
  const files = {
    'a.yaml': role(NODES),
    'b.yaml': evictor,
    'c.yaml': bind('operator', 'ServiceAccount drainer shop', 'nodes'),
    'd.yaml': bind('evictor', 'Group system:serviceaccounts:shop', 'pods'),
  };
  expect(inspect(podsStealable, files)).toHaveLength(1);
});

test('rights of two accounts do not add up', () => {
  const files = {
    'a.yaml': role(NODES),
    'b.yaml': evictor,
    'c.yaml': bind('operator', 'ServiceAccount labeller shop', 'nodes'),
    'd.yaml': bind('evictor', 'ServiceAccount drainer shop', 'pods'),
  };
  expect(inspect(podsStealable, files)).toEqual([]);
});
