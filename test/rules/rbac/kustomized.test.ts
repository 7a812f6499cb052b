import { describe, expect, test } from 'vitest';
import roleInOtherNamespace from '../../../server/src/rules/rbac/role-in-other-namespace';
import roleNotFound from '../../../server/src/rules/rbac/role-not-found';
import subjectNotFound from '../../../server/src/rules/rbac/subject-not-found';
import { inspect } from '../../harness/inspect';

const RBAC = 'rbac.authorization.k8s.io';
const account = (name: string, namespace?: string) =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ''} }\n`;
const role = (name: string, namespace?: string) =>
  `apiVersion: ${RBAC}/v1\nkind: Role\nmetadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ''} }\nrules: []\n`;
const bind = (roleName: string, subject: string) =>
  `apiVersion: ${RBAC}/v1\nkind: RoleBinding\nmetadata: { name: b, namespace: shop }\nroleRef: { apiGroup: ${RBAC}, kind: Role, name: ${roleName} }\nsubjects: [{ kind: ServiceAccount, name: ${subject}, namespace: shop }]\n`;
const RULES = [roleNotFound, roleInOtherNamespace, subjectNotFound];
const OTHERS = `${account('other', 'shop')}---\n${role('other', 'shop')}`;
const seen = (kustomization: string, bound: string, base: string) => {
  const files = {
    'base/kustomization.yaml': kustomization,
    'base/made.yaml': base,
    'app/bound.yaml': `${bound}---\n${OTHERS}`,
  };
  return RULES.flatMap((rule) => inspect(rule, files).map(({ finding }) => finding.rule));
};

describe('names that kustomizations make', () => {
  const open = `${account('web')}---\n${role('reader')}`;
  const placed = `${account('web', 'default')}---\n${role('reader', 'default')}`;

  test.each<[string, string, string, string]>([
    ['a prefix', 'namePrefix: prod-', bind('prod-reader', 'prod-web'), open],
    ['a suffix', 'nameSuffix: -blue', bind('reader-blue', 'web-blue'), open],
    ['both', 'namePrefix: a-\nnameSuffix: -b', bind('a-reader-b', 'a-web-b'), open],
    ['a namespace', 'namespace: shop', bind('reader', 'web'), placed],
    ['a prefix and a namespace', 'namespace: shop\nnamePrefix: prod-', bind('prod-reader', 'prod-web'), placed],
    ['a header without a version', 'kind: Kustomization\nnamePrefix: prod-', bind('prod-reader', 'prod-web'), open],
  ])('%s', (_, fields, bound, base) => {
    const resources = 'resources: [made.yaml]\n';
    expect(seen(`${fields}\n${resources}`, bound, base)).toEqual([]);
    expect(seen(resources, bound, base)).toEqual(['role-not-found', 'subject-not-found']);
  });

  test.each<[string, string, string, string]>([
    ['another prefix', 'namePrefix: test-', bind('prod-reader', 'prod-web'), open],
    ['what is made of nothing here', 'namePrefix: prod-', bind('prod-writer', 'prod-api'), open],
    ['nothing but the prefix', 'namePrefix: prod-', bind('prod-', 'prod-'), open],
    ['a namespace of others', 'namespace: payments', bind('reader', 'web'), placed],
    ['a prefix in another namespace', 'namePrefix: prod-', bind('prod-reader', 'prod-web'), placed],
  ])('not %s', (_, fields, bound, base) => {
    expect(seen(`${fields}\nresources: [made.yaml]\n`, bound, base)).toEqual(['role-not-found', 'subject-not-found']);
  });
});
