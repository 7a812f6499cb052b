import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import adminBoundClusterWide from '../../../server/src/rules/rbac/admin-bound-cluster-wide';
import defaultServiceAccountBound from '../../../server/src/rules/rbac/default-service-account-bound';
import roleInOtherNamespace from '../../../server/src/rules/rbac/role-in-other-namespace';
import roleKindWrong from '../../../server/src/rules/rbac/role-kind-wrong';
import roleNotFound from '../../../server/src/rules/rbac/role-not-found';
import serviceAccountGroupBound from '../../../server/src/rules/rbac/service-account-group-bound';
import subjectApiGroupWrong from '../../../server/src/rules/rbac/subject-api-group-wrong';
import subjectNamespaceMissing from '../../../server/src/rules/rbac/subject-namespace-missing';
import subjectNotFound from '../../../server/src/rules/rbac/subject-not-found';
import userNamesServiceAccount from '../../../server/src/rules/rbac/user-names-service-account';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const RB = 'RoleBinding';
const CRB = 'ClusterRoleBinding';
const JO = ['Group jo'];

const named = (kind: string, name: string, namespace = 'shop') =>
  role(rule('""', 'pods', 'get'), kind)
    .replace('name: operator', `name: ${name}`)
    .replace('namespace: shop', `namespace: ${namespace}`);
const toRole = (text: string) => text.replace('kind: ClusterRole\n', 'kind: Role\n');
const account = (name: string, namespace = 'shop') =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;

type Files = Readonly<Record<string, string>>;
const seen = (tested: Rule, files: Files | string) =>
  inspect(tested, files).map((found) => [found.text, found.severity, ...found.fixes]);

describe('roles', () => {
  const faults = [roleNotFound, roleInOtherNamespace, roleKindWrong];
  const judge = (files: Files) => faults.flatMap((tested) => seen(tested, files).map((found) => [tested.id, ...found]));

  test.each<[string, Files, string[][]]>([
    ['found', { 'a.yaml': named('Role', 'reader'), 'b.yaml': toRole(binding(RB, 'reader', JO)) }, []],
    ['found, a ClusterRole', { 'a.yaml': named('ClusterRole', 'reader'), 'b.yaml': binding(CRB, 'reader', JO) }, []],
    ['built in', { 'a.yaml': named('ClusterRole', 'reader'), 'b.yaml': binding(CRB, 'system:node', JO) }, []],
    ['of an installer', { 'a.yaml': named('ClusterRole', 'reader'), 'b.yaml': binding(CRB, 'eks:reader', JO) }, []],
    [
      'nearly so called',
      { 'a.yaml': named('Role', 'pod-reader'), 'b.yaml': toRole(binding(RB, 'pod-raeder', JO)) },
      [['role-not-found', 'pod-raeder', 'warning', 'Change it to "pod-reader"']],
    ],
    [
      'nearly so called, in another namespace and folder',
      { 'x/a.yaml': named('Role', 'pod-reader', 'other'), 'b.yaml': toRole(binding(RB, 'pod-raeder', JO)) },
      [],
    ],
    [
      'others of the namespace are here',
      { 'x/a.yaml': named('Role', 'reader'), 'b.yaml': toRole(binding(RB, 'writer', JO)) },
      [['role-not-found', 'writer', 'info', 'Add a Role "writer" that grants nothing yet']],
    ],
    ['no others are here', { 'b.yaml': toRole(binding(RB, 'writer', JO)) }, []],
    [
      'others of other namespaces are here',
      { 'a.yaml': named('Role', 'reader', 'other'), 'b.yaml': toRole(binding(RB, 'writer', JO)) },
      [],
    ],
    [
      'a role beside it has no readable name',
      {
        'a.yaml': named('Role', 'reader'),
        'b.yaml': toRole(binding(RB, 'writer', JO)),
        'c.yaml': named('Role', '"{{ x }}"'),
      },
      [],
    ],
    [
      'ClusterRoles beside it',
      { 'a.yaml': named('ClusterRole', 'reader'), 'b.yaml': binding(CRB, 'writer', JO) },
      [['role-not-found', 'writer', 'info', 'Add a ClusterRole "writer" that grants nothing yet']],
    ],
    [
      'ClusterRoles elsewhere',
      { 'x/a.yaml': named('ClusterRole', 'reader'), 'b.yaml': binding(CRB, 'writer', JO) },
      [],
    ],
    [
      'in another namespace',
      { 'a.yaml': named('Role', 'reader', 'other'), 'b.yaml': toRole(binding(RB, 'reader', JO)) },
      [['role-in-other-namespace', 'reader', 'warning', 'Move the binding to the namespace other']],
    ],
    [
      'in another namespace, of something else',
      { 'x/a.yaml': named('Role', 'reader', 'other'), 'b.yaml': toRole(binding(RB, 'reader', JO)) },
      [],
    ],
    [
      'a ClusterRole instead',
      { 'a.yaml': named('ClusterRole', 'reader'), 'b.yaml': toRole(binding(RB, 'reader', JO)) },
      [['role-kind-wrong', 'Role', 'warning', 'Change the kind to ClusterRole']],
    ],
    [
      'a Role instead',
      { 'a.yaml': named('Role', 'reader'), 'b.yaml': binding(RB, 'reader', JO) },
      [['role-kind-wrong', 'ClusterRole', 'warning', 'Change the kind to Role']],
    ],
    [
      'a Role, in the whole cluster',
      { 'a.yaml': named('Role', 'reader'), 'b.yaml': toRole(binding(CRB, 'reader', JO)) },
      [['role-kind-wrong', 'Role', 'error', 'Make it a RoleBinding in the namespace shop']],
    ],
    [
      'a Role that is a ClusterRole, in the whole cluster',
      { 'b.yaml': toRole(binding(CRB, 'view', JO)) },
      [['role-kind-wrong', 'Role', 'error', 'Change the kind to ClusterRole']],
    ],
    [
      'a Role instead of a ClusterRole, in the whole cluster',
      { 'a.yaml': named('Role', 'reader'), 'b.yaml': binding(CRB, 'reader', JO) },
      [['role-kind-wrong', 'ClusterRole', 'warning', 'Make it a RoleBinding in the namespace shop']],
    ],
    [
      'a Role in another folder, where a ClusterRole may be meant',
      { 'x/a.yaml': named('Role', 'reader'), 'b.yaml': binding(CRB, 'reader', JO) },
      [],
    ],
    ['not known', { 'a.yaml': named('Role', 'reader'), 'b.yaml': toRole(binding(RB, '"{{ x }}"', JO)) }, []],
  ])('%s', (_, files, expected) => expect(judge(files)).toEqual(expected));

  test('fixes', () => {
    check(roleNotFound, { 'a.yaml': named('Role', 'pod-reader'), 'b.yaml': toRole(binding(RB, 'pod-raeder', JO)) }, 1);
    check(
      roleInOtherNamespace,
      { 'a.yaml': named('Role', 'reader', 'other'), 'b.yaml': toRole(binding(RB, 'reader', JO)) },
      1,
    );
    check(roleNotFound, { 'a.yaml': named('Role', 'reader'), 'b.yaml': toRole(binding(RB, 'writer', JO)) }, 1);
    check(roleNotFound, { 'a.yaml': named('ClusterRole', 'reader'), 'b.yaml': binding(CRB, 'writer', JO) }, 1);
    check(roleKindWrong, { 'a.yaml': named('Role', 'reader'), 'b.yaml': toRole(binding(CRB, 'reader', JO)) }, 1);
    check(roleKindWrong, { 'a.yaml': named('Role', 'reader'), 'b.yaml': binding(RB, 'reader', JO) }, 1);
    check(roleKindWrong, { 'a.yaml': named('Role', 'reader'), 'b.yaml': binding(CRB, 'reader', JO) }, 1);
  });

  test('a binding is judged anew when its role comes and goes', () => {
    const files = { 'a.yaml': named('Role', 'reader'), 'b.yaml': toRole(binding(RB, 'writer', JO)) };
    expect(judge(files)).toHaveLength(1);
    expect(judge({ ...files, 'c.yaml': named('Role', 'writer') })).toEqual([]);
  });
});

describe('subjects', () => {
  const bound = (subject: string, kind = RB) => binding(kind, 'view', [subject]);

  test.each<[string, Files, string[][]]>([
    ['found', { 'a.yaml': account('web'), 'b.yaml': bound('ServiceAccount web shop') }, []],
    ['found, of the binding’s namespace', { 'a.yaml': account('web'), 'b.yaml': bound('ServiceAccount web') }, []],
    [
      'nearly so called',
      { 'a.yaml': account('web-reader'), 'b.yaml': bound('ServiceAccount web-raeder shop') },
      [['web-raeder', 'warning', 'Change it to "web-reader"']],
    ],
    [
      'of another namespace',
      { 'a.yaml': account('web', 'other'), 'b.yaml': bound('ServiceAccount web shop') },
      [['shop', 'warning', 'Change it to "web" of namespace "other"']],
    ],
    [
      'of another namespace and folder',
      { 'x/a.yaml': account('web', 'other'), 'b.yaml': bound('ServiceAccount web shop') },
      [],
    ],
    [
      'others are here',
      { 'a.yaml': account('web'), 'b.yaml': bound('ServiceAccount builder shop') },
      [
        [
          'builder',
          'info',
          'Add a ServiceAccount "builder" in namespace shop',
          'Remove the subject ServiceAccount builder',
        ],
      ],
    ],
    ['the one every namespace has', { 'a.yaml': account('web'), 'b.yaml': bound('ServiceAccount default shop') }, []],
    ['no others are here', { 'b.yaml': bound('ServiceAccount builder shop') }, []],
    ['a user', { 'a.yaml': account('web'), 'b.yaml': bound('User builder') }, []],
  ])('%s', (_, files, expected) => expect(seen(subjectNotFound, files)).toEqual(expected));

  test('fixes of names', () => {
    check(subjectNotFound, { 'a.yaml': account('web-reader'), 'b.yaml': bound('ServiceAccount web-raeder shop') }, 1);
    check(subjectNotFound, { 'a.yaml': account('web', 'other'), 'b.yaml': bound('ServiceAccount web shop') }, 1);
    check(subjectNotFound, { 'a.yaml': account('web'), 'b.yaml': bound('ServiceAccount builder shop') }, 1);
  });

  test.each<[string, Files, string[][]]>([
    ['refused', { 'b.yaml': bound('ServiceAccount web', CRB) }, [['web', 'error']]],
    [
      'refused, and the account is here',
      { 'a.yaml': account('web'), 'b.yaml': bound('ServiceAccount web', CRB) },
      [['web', 'error', 'Add namespace: shop']],
    ],
    ['taken from the binding', { 'b.yaml': bound('ServiceAccount web') }, [['web', 'info', 'Add namespace: shop']]],
    [
      'left open, as the binding’s is',
      { 'b.yaml': bound('ServiceAccount web').replace('  namespace: shop\n', '') },
      [],
    ],
    ['written', { 'b.yaml': bound('ServiceAccount web shop', CRB) }, []],
    ['not of a service account', { 'b.yaml': bound('User web', CRB) }, []],
    [
      'written by kustomize',
      { 'b.yaml': bound('ServiceAccount web', CRB), 'kustomization.yaml': 'namespace: shop\nresources: [b.yaml]\n' },
      [],
    ],
  ])('namespace %s', (_, files, expected) => expect(seen(subjectNamespaceMissing, files)).toEqual(expected));

  test('fixes of namespaces', () => {
    check(subjectNamespaceMissing, { 'a.yaml': account('web'), 'b.yaml': bound('ServiceAccount web', CRB) }, 1);
    check(subjectNamespaceMissing, bound('ServiceAccount web'), 1);
  });

  test('API groups', () => {
    const text = binding(CRB, 'view', ['Group jo']);
    const wrong = text.replace('  - kind: Group', '  - apiGroup: v1\n    kind: Group');
    expect(seen(subjectApiGroupWrong, text)).toEqual([]);
    expect(seen(subjectApiGroupWrong, text.replace('  - kind: Group', '  - apiGroup: ""\n    kind: Group'))).toEqual(
      [],
    );
    expect(seen(subjectApiGroupWrong, wrong)).toEqual([['v1', 'error', 'Change it to rbac.authorization.k8s.io']]);
    check(subjectApiGroupWrong, wrong, 1);
    const ofAccount = wrong.replace('kind: Group', 'kind: ServiceAccount');
    expect(seen(subjectApiGroupWrong, ofAccount)).toEqual([['v1', 'error', 'Remove apiGroup']]);
    check(subjectApiGroupWrong, ofAccount, 1);
    check(subjectApiGroupWrong, text.replace('io\n', 'io/v1\n').replace('io/v1\nkind: Cl', 'io\nkind: Cl'), 0);
    check(subjectApiGroupWrong, text.replace(/(roleRef:\n {2}apiGroup: \S+)/, '$1/v1'), 1);
  });

  test('users who are service accounts', () => {
    const text = bound('User system:serviceaccount:shop:web');
    expect(seen(userNamesServiceAccount, text)).toEqual([
      ['system:serviceaccount:shop:web', 'info', 'Name ServiceAccount web of namespace shop'],
    ]);
    check(userNamesServiceAccount, text, 1);
    check(
      userNamesServiceAccount,
      text.replace('kind: User', 'apiGroup: rbac.authorization.k8s.io\n    kind: User'),
      1,
    );
    expect(seen(userNamesServiceAccount, bound('ServiceAccount shop:web'))[0]?.[1]).toBe('error');
    expect(seen(userNamesServiceAccount, bound('User oidc:jo'))).toEqual([]);
    expect(seen(userNamesServiceAccount, bound('Group system:serviceaccounts:shop'))).toEqual([]);
  });

  test.each<[string, Rule, string, string[]]>([
    ['all accounts', serviceAccountGroupBound, bound('Group system:serviceaccounts', CRB), ['warning']],
    ['those of the namespace', serviceAccountGroupBound, bound('Group system:serviceaccounts:shop'), ['info']],
    ['those of another', serviceAccountGroupBound, bound('Group system:serviceaccounts:other'), ['warning']],
    [
      'all, to pull images',
      serviceAccountGroupBound,
      binding(RB, 'system:image-puller', ['Group system:serviceaccounts']),
      [],
    ],
    ['the default account', defaultServiceAccountBound, bound('ServiceAccount default shop'), ['warning']],
    ['a user called default', defaultServiceAccountBound, bound('User default'), []],
    ['edit in the cluster', adminBoundClusterWide, binding(CRB, 'edit', JO), ['warning']],
    ['edit in a namespace', adminBoundClusterWide, binding(RB, 'edit', JO), []],
    ['view in the cluster', adminBoundClusterWide, binding(CRB, 'view', JO), []],
  ])('wide ones: %s', (_, tested, text, expected) => {
    expect(inspect(tested, text).map(({ severity }) => severity)).toEqual(expected);
  });

  test('a ClusterRoleBinding becomes a RoleBinding where its accounts are of one namespace', () => {
    const text = binding(CRB, 'edit', ['ServiceAccount web shop', 'ServiceAccount job shop']);
    check(adminBoundClusterWide, text, 1);
    const after = applyFix(adminBoundClusterWide, text, 'Bind it in the namespace shop only')['example.yaml'];
    expect(after).toContain('kind: RoleBinding\nmetadata:\n  name: operators\n  namespace: shop\n');
    expect(seen(adminBoundClusterWide, binding(CRB, 'edit', ['ServiceAccount web shop', 'User jo']))[0]).toHaveLength(
      3,
    );
  });
});
