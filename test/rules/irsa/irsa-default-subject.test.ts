import { describe, expect, test } from 'vitest';
import rule from '../../../server/src/rules/irsa/irsa-default-subject';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { ACCOUNT, job, policy, TITLE } from './default-account';

const SUBJECT = 'system:serviceaccount:shop:default';
const files = { 'account.yaml': ACCOUNT, 'job.yaml': job('reports'), 'reports-trust.json': policy(SUBJECT) };

describe('the workload and the subject move to an account of their own', () => {
  test('with the role of the account default', () => {
    check(rule, files, 1);
    const [found] = inspect(rule, files);
    expect(found).toMatchObject({ fixes: [TITLE], related: ['This account has the role'] });
    const after = applyFix(rule, files, TITLE);
    expect(after['reports-trust.json']).toBe(policy('system:serviceaccount:shop:reports'));
    expect(after['job.yaml']).toContain('      serviceAccountName: reports\n');
    expect(after['account.yaml']).toContain('  name: reports\n');
    expect(after['account.yaml']?.match(/role-arn/g)).toHaveLength(1);
  });

  const role = `Resources:
  Reports:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reports # of the nightly ones
      AssumeRolePolicyDocument: ${policy(SUBJECT).trim().replaceAll('\n', '\n        ')}
`;

  test('where no account is written here, with the role that the file names, behind the workload', () => {
    const without = { 'job.yaml': job('reports'), 'role.yaml': role };
    check(rule, without, 1);
    const after = applyFix(rule, without, TITLE);
    expect(after['role.yaml']).toBe(role.replace(SUBJECT, 'system:serviceaccount:shop:reports'));
    expect(after['job.yaml']).toMatch(/\n---\napiVersion: v1\nkind: ServiceAccount\n/);
    expect(after['job.yaml']).toContain('eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/reports\n');
  });

  test('where the account has no role yet, behind it', () => {
    const bare = ACCOUNT.replace(/ {2}annotations:\n.*\n/, '');
    const after = applyFix(rule, { 'account.yaml': bare, 'job.yaml': job('reports'), 'role.yaml': role }, TITLE);
    expect(after['account.yaml']).toMatch(/^apiVersion[\s\S]*name: default\n[\s\S]*---\n[\s\S]*name: reports\n/);
  });
});

test.each<[string, Record<string, string>]>([
  ['no workload is known', { 'account.yaml': ACCOUNT }],
  ['another one runs as default too', { 'account.yaml': ACCOUNT, 'a.yaml': job('reports'), 'b.yaml': job('web') }],
  [
    'another one may',
    {
      'account.yaml': ACCOUNT,
      'a.yaml': job('reports'),
      'b.yaml': job('web', '      serviceAccountName: "{{ .a }}"\n'),
    },
  ],
  ['the role is not known', { 'a.yaml': job('reports') }],
  [
    'the account has another role',
    {
      'account.yaml': ACCOUNT,
      'a.yaml': job('reports'),
      'own.yaml': `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: reports\n      AssumeRolePolicyDocument: ${policy('system:serviceaccount:shop:reports').trim().replaceAll('\n', '\n        ')}\n`,
    },
  ],
])('no fix where %s', (_, others) => {
  const found = inspect(rule, { 'trust.json': policy(SUBJECT), ...others });
  expect(found.map(({ fixes }) => fixes)).toEqual([[]]);
});

describe('accounts that every cluster has in kube-system', () => {
  const trust = (...names: readonly string[]) => {
    const subjects = names.map((name) => `system:serviceaccount:kube-system:${name}`);
    return policy('SUBJECTS').replace('"SUBJECTS"', JSON.stringify(subjects));
  };
  const account = (name: string, annotations = '') =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: kube-system\n${annotations}`;
  const annotated = (name: string) =>
    account(name, `  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/ebs\n`);

  test.each(['namespace-controller', 'generic-garbage-collector', 'coredns', 'kube-proxy'])('%s', (name) => {
    const found = inspect(rule, { 'ebs-trust.json': trust('ebs-csi-controller-sa', name) });
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(`"${name}" of "kube-system"`)]);
  });

  test('silent on accounts of add-ons, and on the same names in other namespaces', () => {
    const addOns = [
      'aws-node',
      'ebs-csi-controller-sa',
      'efs-csi-node-sa',
      'aws-load-balancer-controller',
      'karpenter',
    ];
    expect(
      inspect(rule, { 'ebs-trust.json': trust(...addOns, 'cluster-autoscaler', 'external-dns', 'own-thing') }),
    ).toEqual([]);
    expect(inspect(rule, { 'a.json': policy('system:serviceaccount:shop:namespace-controller') })).toEqual([]);
  });

  test('silent where someone gave the account a role, or may have done so', () => {
    for (const given of [
      annotated('coredns'),
      account('coredns', '  annotations:\n    eks.amazonaws.com/role-arn: "{{ .Values.role }}"\n'),
    ]) {
      expect(inspect(rule, { 'ebs-trust.json': trust('coredns'), 'a.yaml': given })).toEqual([]);
    }
    expect(inspect(rule, { 'ebs-trust.json': trust('coredns'), 'a.yaml': account('coredns') })).toHaveLength(1);
  });

  test('the account that has the role takes its place', () => {
    const files = { 'ebs-trust.json': trust('coredns'), 'a.yaml': annotated('ebs-csi-controller-sa') };
    check(rule, files, 1);
    const title = 'Change the subject to "system:serviceaccount:kube-system:ebs-csi-controller-sa"';
    expect(applyFix(rule, files, title)['ebs-trust.json']).toBe(
      files['ebs-trust.json'].replace('coredns', 'ebs-csi-controller-sa'),
    );
  });

  test('where a list names that account already, the other goes', () => {
    const both = {
      'ebs-trust.json': trust('ebs-csi-controller-sa', 'coredns'),
      'a.yaml': annotated('ebs-csi-controller-sa'),
    };
    check(rule, both, 1);
    const title = 'Remove it: "system:serviceaccount:kube-system:ebs-csi-controller-sa" is listed';
    expect(JSON.parse(applyFix(rule, both, title)['ebs-trust.json'] ?? '')).toEqual(
      JSON.parse(trust('ebs-csi-controller-sa')),
    );
  });
});
