import { describe, expect, test } from 'vitest';
import { account, applyFix, lintFiles, policyFor } from './files';

/** A ClusterConfig with the given entries (without indentation) below `iam`. */
const cluster = (key: string, ...entries: readonly string[]) => `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: main, region: eu-west-1 }
iam:
  withOIDC: true
  ${key}:
${entries.map((entry) => `    - ${entry.trim().replaceAll('\n', '\n      ')}\n`).join('')}`;

const entry = (namespace: string | undefined, name: string, rest = '') =>
  `metadata:\n  name: ${name}${namespace === undefined ? '' : `\n  namespace: ${namespace}`}\n${rest}`;

const reader = account('production', 's3-reader', 's3-reader');

describe('accounts that eksctl makes', () => {
  const rule = 'irsa-subject-mismatch';
  const found = (config: string, subject: readonly [string, string]) =>
    lintFiles({ 'cluster.yaml': config, 'policy.json': policyFor(...subject) }, rule).length;

  test('are known to trust policies', () => {
    const config = cluster('serviceAccounts', entry('production', 's3-reader'));
    expect(found(config, ['production', 's3-reader'])).toBe(0);
    expect(found(config, ['production', 's3-raeder'])).toBe(1);
  });

  test('are in the namespace default where none is written', () => {
    const config = cluster('serviceAccounts', entry(undefined, 's3-reader'));
    expect(found(config, ['default', 's3-reader'])).toBe(0);
    expect(found(config, ['default', 's3-raeder'])).toBe(1);
  });

  test.each([
    ['one that is made elsewhere', entry('production', 's3-reader', 'roleOnly: true')],
    ['a pattern', entry('production', 's3-reade*')],
    ['a placeholder', entry('production', '${NAME}')],
    ['nothing', 'metadata: {}'],
  ])('%s is none of them', (_, text) => {
    expect(found(cluster('serviceAccounts', text), ['production', 's3-raeder'])).toBe(0);
  });
});

describe('roles that eksctl makes', () => {
  const rule = 'irsa-role-not-admitting';
  const found = (text: string, accounts = reader) =>
    lintFiles({ 'account.yaml': accounts, 'cluster.yaml': cluster('serviceAccounts', text) }, rule);

  test('admit exactly their account', () => {
    const role = 'roleName: s3-reader\nroleOnly: true';
    expect(found(entry('production', 's3-reader', role))).toEqual([]);
    const [one, ...others] = found(entry('production', 's3-writer', role));
    expect(others).toEqual([]);
    expect(one?.message).toContain('"system:serviceaccount:production:s3-writer"');
  });

  test('admit by a pattern where one is written', () => {
    expect(found(entry('production', 's3-*', 'roleName: s3-reader\nroleOnly: true'))).toEqual([]);
    expect(found(entry('staging', '"*"', 'roleName: s3-reader\nroleOnly: true'))).toHaveLength(1);
  });

  test('are followed by the account, because there is no policy to change', () => {
    const config = cluster('serviceAccounts', entry('production', 's3-raeder', 'roleName: s3-reader\nroleOnly: true'));
    const files = { 'account.yaml': reader, 'cluster.yaml': config };
    const [one] = lintFiles(files, rule);
    expect(one?.fixes.map(({ title }) => title)).toEqual(['Follow the policy: call it "s3-raeder"']);
    const fixed = applyFix(files, rule);
    expect(fixed['cluster.yaml']).toBe(config);
    expect(lintFiles(fixed, rule)).toEqual([]);
  });

  test('a role that is only attached has a policy of its own somewhere else', () => {
    const attached = 'attachRoleARN: arn:aws:iam::111122223333:role/s3-reader\nroleName: s3-reader';
    expect(found(entry('production', 's3-writer', attached))).toEqual([]);
  });
});

describe('EKS Pod Identity beside an annotation', () => {
  const rule = 'pod-identity-annotation-ignored';
  const association = (namespace: string, name: string) =>
    cluster('podIdentityAssociations', `namespace: ${namespace}\nserviceAccountName: ${name}`);

  test('is found for that account only', () => {
    const found = (config: string, accounts = reader) =>
      lintFiles({ 'account.yaml': accounts, 'cluster.yaml': config }, rule).length;
    expect(found(association('production', 's3-reader'))).toBe(1);
    expect(found(association('staging', 's3-reader'))).toBe(0);
    expect(found(association('production', '${NAME}'))).toBe(0);
    expect(found(association('production', 's3-reader'), account('production', 's3-reader'))).toBe(0);
  });
});

describe('trust policies for EKS Pod Identity', () => {
  const rule = 'pod-identity-trust-incomplete';
  const policy = (...statements: readonly unknown[]) =>
    JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const statement = (action: unknown, more = {}) => ({
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action: action,
    ...more,
  });
  const found = (text: string) => lintFiles({ 'policy.json': text }, rule).map(({ message }) => message);

  test.each([
    [['sts:AssumeRole', 'sts:TagSession']],
    [['sts:TagSession', 'STS:assumerole']],
    ['sts:*'],
    ['*'],
    [['sts:AssumeRole', '${MORE}']],
    [['sts:AssumeRole', { Ref: 'More' }]],
  ])('%j is complete, or not known', (action) => {
    expect(found(policy(statement(action)))).toEqual([]);
  });

  test.each([
    ['sts:AssumeRole', ['sts:TagSession']],
    [['sts:TagSession'], ['sts:AssumeRole']],
    ['sts:AssumeRoleWithWebIdentity', ['sts:AssumeRole', 'sts:TagSession']],
  ])('%j lacks an action, and gets it', (action, missing) => {
    const text = policy(statement(action));
    const [message = ''] = found(text);
    for (const one of missing) expect(message).toContain(`"${one}"`);
    const fixed = applyFix({ 'policy.json': text }, rule)['policy.json'] ?? '';
    expect(JSON.parse(fixed).Statement[0].Action).toEqual([action, missing].flat());
    expect(found(fixed)).toEqual([]);
  });

  test('the actions may stand in two statements, and the service among others', () => {
    const both = { Principal: { Service: ['ec2.amazonaws.com', 'pods.eks.amazonaws.com'] } };
    expect(found(policy(statement('sts:AssumeRole', both), statement('sts:TagSession')))).toEqual([]);
    expect(found(policy(statement('sts:AssumeRole', both)))).toHaveLength(1);
  });

  test('other services, and what is denied, are left alone', () => {
    expect(found(policy(statement('sts:AssumeRole', { Principal: { Service: 'ec2.amazonaws.com' } })))).toEqual([]);
    expect(found(policy(statement('sts:AssumeRole', { Effect: 'Deny' })))).toEqual([]);
  });
});
