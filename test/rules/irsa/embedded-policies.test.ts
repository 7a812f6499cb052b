import { describe, expect, test } from 'vitest';
import { EMBEDDED } from '../../../server/src/syntax/embedded';
import { readAll } from '../../unit/iam/policy';
import { account, admittedBy, applyFix, lintFiles, PROVIDER, policyFor, policyWith } from './files';

const reader = account('production', 's3-reader', 's3-reader');
const good = policyFor('production', 's3-reader');

const indent = (text: string, by: string) => text.trimEnd().replaceAll(/^/gm, by);

/** Places where a policy is written as JSON in a string, each of a role called `s3-reader`. */
const PLACES: Readonly<Record<string, readonly [file: string, write: (policy: string) => string]>> = {
  'CloudFormation, !Sub': [
    'template.yaml',
    (policy) =>
      `Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: s3-reader # the name\n      AssumeRolePolicyDocument: !Sub |\n${indent(policy, '        ')}\n      Path: /\n`,
  ],
  'CloudFormation, Fn::Sub with variables': [
    'template.yaml',
    (policy) =>
      `Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: s3-reader\n      AssumeRolePolicyDocument:\n        Fn::Sub:\n          - |-\n${indent(policy, '              ')}\n          - Name: !Ref Other # kept\n`,
  ],
  'CloudFormation in JSON': [
    'template.json',
    (policy) =>
      JSON.stringify(
        {
          Resources: {
            Role: {
              Type: 'AWS::IAM::Role',
              Properties: { RoleName: 's3-reader', AssumeRolePolicyDocument: { 'Fn::Sub': policy } },
            },
          },
        },
        null,
        2,
      ),
  ],
  Crossplane: [
    'role.yaml',
    (policy) =>
      `apiVersion: iam.aws.crossplane.io/v1beta1\nkind: Role\nmetadata:\n  name: s3-reader\nspec:\n  forProvider:\n    assumeRolePolicyDocument: |\n${indent(policy, '      ')}\n  providerConfigRef:\n    name: default\n`,
  ],
  'Upbound, with an external name': [
    'role.yaml',
    (policy) =>
      `apiVersion: iam.aws.upbound.io/v1beta1\nkind: Role\nmetadata:\n  name: other\n  annotations:\n    crossplane.io/external-name: s3-reader\nspec:\n  forProvider:\n    assumeRolePolicy: '${policy.replaceAll('\n', '\n      ')}'\n`,
  ],
  'ACK, folded': [
    'role.yaml',
    (policy) =>
      `apiVersion: iam.services.k8s.aws/v1alpha1\nkind: Role\nmetadata:\n  name: some-role\nspec:\n  name: s3-reader\n  assumeRolePolicyDocument: >\n${indent(policy, '    ')}\n`,
  ],
  'a string in double quotes': [
    'role.yaml',
    (policy) =>
      `apiVersion: iam.aws.m.upbound.io/v1beta1\nkind: Role\nmetadata: { name: s3-reader }\nspec:\n  forProvider:\n    assumeRolePolicy: ${JSON.stringify(policy)} # one line\n`,
  ],
};

describe.each(Object.entries(PLACES))('a policy in a string: %s', (_, [file, write]) => {
  const language = file.endsWith('.json') ? 'json' : 'yaml';

  test('is read with the name of its role', () => {
    const [policy, ...others] = readAll(write(good), language);
    expect(others).toEqual([]);
    expect(policy?.root.step).toBe(EMBEDDED);
    expect(policy?.roleName).toBe('s3-reader');
    expect(admittedBy(write(good), language)).toEqual(['production:s3-reader']);
  });

  test.each([
    ['irsa-subject-mismatch', policyFor('production', 's3-raeder'), 'system:serviceaccount:production:s3-raeder'],
    ['irsa-wildcard-in-string-equals', policyFor('production', 's3-*'), 'system:serviceaccount:production:s3-*'],
    [
      'irsa-audience-missing',
      policyWith('{ "StringEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" } }'),
    ],
    ['irsa-subject-missing', policyWith('{ "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }')],
    ['irsa-condition-key-format', good.replaceAll(`"${PROVIDER}:`, `"https://${PROVIDER}:`), `https://${PROVIDER}:aud`],
    ['irsa-action-wrong', good.replace('sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole'), 'sts:AssumeRole'],
    ['irsa-string-like-without-wildcard', good.replace('StringEquals', 'StringLike')],
    ['irsa-if-exists', good.replace('StringEquals', 'StringEqualsIfExists')],
  ])('%s is found and mended as in a file of its own', (rule, policy, underlined?: string) => {
    const files = { 'account.yaml': reader, [file]: write(policy) };
    const found = lintFiles(files, rule);
    expect(found.length).toBeGreaterThan(0);
    if (underlined !== undefined) expect(found[0]?.text).toBe(underlined);
    const fixed = applyFix(files, rule);
    expect(lintFiles(fixed, rule)).toEqual([]);
    const alone = applyFix({ 'account.yaml': reader, 's3-reader.json': policy }, rule)['s3-reader.json'] ?? '';
    expect(admittedBy(fixed[file] ?? '', language)).toEqual(admittedBy(alone));
    const plain = readAll(fixed[file] ?? '', language)[0];
    expect(plain?.roleName).toBe('s3-reader');
  });

  test('the account side finds it, and mends it there', () => {
    const files = { 'account.yaml': reader, [file]: write(policyFor('production', 's3-raeder')) };
    const fixed = applyFix(files, 'irsa-role-not-admitting', /^Change .* in /);
    expect(fixed['account.yaml']).toBe(reader);
    expect(admittedBy(fixed[file] ?? '', language)).toEqual(['production:s3-reader']);
  });
});

describe('the answer of `aws iam get-role`', () => {
  const answer = (policy: string) =>
    JSON.stringify({
      Role: {
        RoleName: 's3-reader',
        Arn: 'arn:aws:iam::111122223333:role/s3-reader',
        AssumeRolePolicyDocument: encodeURIComponent(policy),
      },
    });

  test('is read when its document is URL-encoded', () => {
    expect(admittedBy(answer(good))).toEqual(['production:s3-reader']);
    expect(readAll(answer(good))[0]?.roleArn).toBe('arn:aws:iam::111122223333:role/s3-reader');
  });

  test('is judged with the whole string underlined, and not changed', () => {
    const text = answer(policyFor('production', 's3-raeder'));
    const files = { 'account.yaml': reader, 'role.json': text };
    const [found] = lintFiles(files, 'irsa-subject-mismatch');
    expect(found?.text).toBe(encodeURIComponent(policyFor('production', 's3-raeder')));
    expect(() => applyFix(files, 'irsa-subject-mismatch')).toThrow('no finding');
  });
});

test('a text that only mentions a policy is none', () => {
  const text = 'note: |\n  { "Statement": "AssumeRoleWithWebIdentity" \n';
  expect(readAll(text, 'yaml')).toEqual([]);
});
