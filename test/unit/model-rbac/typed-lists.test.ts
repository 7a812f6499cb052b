import { describe, expect, test } from 'vitest';
import { readResources } from '../../../server/src/model/kubernetes/resource';
import { readSource } from '../../../server/src/syntax/source-file';
import { checkFile, openProject } from '../../harness/lint-text';

function read(text: string): string[] {
  return readSource(text, 'yaml').documents.flatMap(({ tree }) =>
    readResources(tree).map(({ apiVersion, kind, name }) => `${apiVersion} ${kind} ${name}`),
  );
}

const RBAC = 'apiVersion: rbac.authorization.k8s.io/v1\n';

describe('the items of a typed list', () => {
  test('are what the list says, with the group of the list', () => {
    const items = 'items:\n- metadata: {name: a}\n- metadata: {name: b}\n';
    const both = (type: string) => [`${type} a`, `${type} b`];
    expect(read(`apiVersion: v1\nkind: PodList\n${items}`)).toEqual(both('v1 Pod'));
    expect(read(`apiVersion: apps/v1\nkind: DeploymentList\n${items}`)).toEqual(both('apps/v1 Deployment'));
    const version = 'rbac.authorization.k8s.io/v1';
    for (const kind of ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'])
      expect(read(`${RBAC}kind: ${kind}List\n${items}`)).toEqual(both(`${version} ${kind}`));
  });

  test('are what they say themselves, and nothing where they say one half only', () => {
    const items = `items:
- {apiVersion: v2, kind: Other, metadata: {name: a}}
- {kind: Other, metadata: {name: b}}
- {apiVersion: v2, metadata: {name: c}}
- {apiVersion: "{{ .Values.version }}", metadata: {name: d}}
- {metadata: {name: e}}
-
- text
`;
    expect(read(`apiVersion: v1\nkind: PodList\n${items}`)).toEqual(['v2 Other a', 'v1 Pod e']);
    expect(read(`apiVersion: v1\nkind: List\n${items}`)).toEqual(['v2 Other a']);
  });

  test('may be lists in turn, of a plain List too', () => {
    const inner = 'apiVersion: v1\n  kind: SecretList\n  items:\n  - metadata: {name: a}\n';
    expect(read(`apiVersion: v1\nkind: List\nitems:\n- ${inner}`)).toEqual(['v1 Secret a']);
  });
});

test('a binding in one list finds the role in another, and findings point into the item', () => {
  const files = {
    'roles.yaml': `${RBAC}kind: RoleList\nitems:\n- metadata: {name: reader, namespace: shop}\n  rules:\n  - apiGroups: [""]\n    resources: [secrets]\n    verbs: [list]\n`,
    'bindings.yaml': `${RBAC}kind: RoleBindingList\nitems:\n- metadata: {name: team, namespace: shop}\n  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: raeder}\n  subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: team}]\n`,
  };
  const project = openProject(files);
  const inRoles = checkFile(project, 'roles.yaml').findings.find(({ rule }) => rule === 'secrets-readable');
  expect(files['roles.yaml'].slice(inRoles?.span.start, inRoles?.span.end)).toBe('secrets');
  const inBindings = checkFile(project, 'bindings.yaml').findings.find(({ rule }) => rule === 'role-not-found');
  expect(inBindings?.message).toContain('Did you mean "reader"?');
  expect(files['bindings.yaml'].slice(inBindings?.span.start, inBindings?.span.end)).toBe('raeder');
});
