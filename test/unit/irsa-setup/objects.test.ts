import { beforeAll, describe, expect, test } from 'vitest';
import { loadHclGrammar } from '../../harness/load-hcl';
import { PROVIDER } from '../iam/policy';
import { admittedBy, setUpAt, toAccount, toTrust, WORKLOAD } from './scene';

beforeAll(loadHclGrammar);

const API = 'system:serviceaccount:shop:api';
const WEB = 'system:serviceaccount:shop:web';
const setUp = (files: Readonly<Record<string, string>>) =>
  setUpAt({ ...files, 'apps/web.yaml': WORKLOAD }, 'apps/web.yaml', 'kind');
const indent = (text: string, by: string) => text.trimEnd().replaceAll('\n', `\n${by}`);

const toManaged = (
  apiVersion: string,
  field: string,
  name: string,
  trust: string,
  namespace = '',
) => `apiVersion: ${apiVersion}
kind: Role
metadata:
  name: ${name}
${namespace}spec:
  forProvider:
    ${field}: |
      ${indent(trust, '      ')}
  providerConfigRef:
    name: main
`;

describe('roles that Crossplane makes', () => {
  test.each([
    ['iam.aws.crossplane.io/v1beta1', 'assumeRolePolicyDocument', ''],
    ['iam.aws.upbound.io/v1beta1', 'assumeRolePolicy', ''],
    ['iam.aws.m.upbound.io/v1beta1', 'assumeRolePolicy', '  namespace: infra\n'],
  ])('%s: a further one behind the others, with their provider and credentials', (apiVersion, field, namespace) => {
    const roles = `# All roles.\n${toManaged(apiVersion, field, 'api', toTrust(API), namespace)}`;
    const after = setUp({ 'infra/roles.yaml': roles });
    expect(after['infra/roles.yaml']).toBe(
      `${roles}---\n${toManaged(apiVersion, field, 'shop-web', toTrust(WEB), namespace)}`,
    );
    expect(after['apps/web.yaml']).toContain('role-arn: arn:aws:iam::111122223333:role/shop-web\n');
    expect(Object.keys(after)).toHaveLength(2);
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('a role whose name is none of Kubernetes has it in an annotation', () => {
    const roles = toManaged('iam.aws.upbound.io/v1beta1', 'assumeRolePolicy', 'api', toTrust(API));
    const accounts = toAccount('web', 'arn:aws:iam::111122223333:role/Shop_Web');
    const text = setUp({ 'infra/roles.yaml': roles, 'apps/accounts.yaml': accounts })['infra/roles.yaml'];
    expect(text).toContain('  name: shop-web\n  annotations:\n    crossplane.io/external-name: Shop_Web\n');
  });

  test('in a list, as a further item', () => {
    const role = toManaged('iam.aws.upbound.io/v1beta1', 'assumeRolePolicy', 'api', toTrust(API));
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${indent(role, '    ')}\n`;
    const after = setUp({ 'infra/roles.yaml': list });
    expect(after['infra/roles.yaml']?.startsWith(list)).toBe(true);
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });
});

test('roles that ACK makes', () => {
  const toRole = (name: string, trust: string) => `apiVersion: iam.services.k8s.aws/v1alpha1
kind: Role
metadata:
  name: ${name}
  namespace: infra
spec:
  name: ${name}
  assumeRolePolicyDocument: |
    ${indent(trust, '    ')}
`;
  const roles = toRole('api', toTrust(API));
  const after = setUp({ 'infra/roles.yaml': roles });
  expect(after['infra/roles.yaml']).toBe(`${roles}---\n${toRole('shop-web', toTrust(WEB))}`);
  expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
});

test('providers that differ leave open which is meant', () => {
  const other = PROVIDER.replace(/..$/, '00');
  const roles = [toTrust(API), toTrust(API, other)].map((trust, n) =>
    toManaged('iam.aws.upbound.io/v1beta1', 'assumeRolePolicy', `api-${n}`, trust),
  );
  const text = setUp({ 'infra/roles.yaml': roles.join('---\n') })['infra/roles.yaml'];
  expect(text).toContain('oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID:sub');
});

describe('a cluster of eksctl that makes no accounts yet', () => {
  const toCluster = (iam: string) =>
    `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata:\n  name: main\n  region: eu-west-1\niam:\n${iam}`;

  test.each(['  withOIDC: true # for pods\n', '  withOIDC: true # for pods\n  serviceAccounts:\n'])(
    'gets the first, where nothing else says how roles are written: %j',
    (iam) => {
      const after = setUp({ 'cluster.yaml': toCluster(iam) });
      expect(after['cluster.yaml']).toContain('withOIDC: true # for pods\n  serviceAccounts:\n');
      expect(after['cluster.yaml']).toMatch(/- metadata:\n +name: web\n +namespace: shop\n +roleName: shop-web\n/);
      expect(after['apps/web.yaml']).not.toContain('kind: ServiceAccount');
      expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
    },
  );

  test('but not where it has no provider, or another language is there', () => {
    const without = setUp({ 'cluster.yaml': toCluster('  withOIDC: false\n') });
    expect(Object.keys(without)).toContain('apps/iam/shop-web-trust-policy.json');
    const cluster = { 'cluster.yaml': toCluster('  withOIDC: true\n') };
    const json = setUp({ ...cluster, 'iam/api-trust.json': toTrust(API) });
    expect(Object.keys(json)).toContain('iam/shop-web-trust-policy.json');
    expect(Object.keys(setUp({ ...cluster, 'iam/main.tf': 'locals {}\n' }))).toContain('iam/shop-web-irsa.tf');
  });
});
