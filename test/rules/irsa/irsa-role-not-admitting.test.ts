import { describe, expect, test } from 'vitest';
import { checkFile, openProject, toUri } from '../../harness/lint-text';
import { account, applyFix, findIn, lintFiles, policyFor, policyWith, subjectOf } from './files';

const RULE = 'irsa-role-not-admitting';
const ARN = 'arn:aws:iam::111122223333:role/s3-reader';
const reader = account('production', 's3-reader', 's3-reader');

/** A policy inside the answer of `aws iam get-role`. */
const getRole = (policy: string, name: string, arn = `arn:aws:iam::111122223333:role/${name}`) =>
  `{ "Role": { "RoleName": "${name}", "Arn": "${arn}", "AssumeRolePolicyDocument": ${policy} } }\n`;

describe('findings', () => {
  test('by a subject that nearly names the account: at the ARN, with the subject', () => {
    const project = openProject({ 'a.yaml': reader, 'trust.json': policyFor('production', 's3-raeder') });
    const [finding, ...rest] = findIn(project, 'a.yaml', RULE);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(ARN);
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toBe(
      'No trust policy here admits this ServiceAccount for role "s3-reader": the nearest, in "trust.json", names "system:serviceaccount:production:s3-raeder", not "system:serviceaccount:production:s3-reader". Pods of "s3-reader" will fail with "Not authorized to perform sts:AssumeRoleWithWebIdentity".',
    );
    const located = finding?.related[0] && project.locate(finding.related[0].place);
    expect(located?.uri).toBe(toUri('trust.json'));
    expect(located?.ref.string).toBe(subjectOf('production', 's3-raeder'));
    expect(finding?.fixes.map(({ title }) => title)).toEqual([
      'Change "system:serviceaccount:production:s3-raeder" to "system:serviceaccount:production:s3-reader" in trust.json',
      'Add "system:serviceaccount:production:s3-reader" to the trust policy in trust.json',
      'Follow the policy: call it "s3-raeder"',
    ]);
  });

  test('by the name of the role that the file says, whatever other policies admit', () => {
    const found = lintFiles(
      {
        'a.yaml': reader,
        'role.json': getRole(policyFor('production', 'log-shipper'), 's3-reader'),
        'other.json': policyFor('production', 's3-reader'),
      },
      RULE,
    );
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
    expect(found[0]?.message).toContain(
      'The trust policy of role "s3-reader" in "role.json" names "system:serviceaccount:production:log-shipper"',
    );
  });

  test('by the RoleName of CloudFormation', () => {
    const template = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: s3-reader
      AssumeRolePolicyDocument: ${policyFor('production', 'log-shipper').replaceAll('\n', '\n        ')}
`;
    expect(lintFiles({ 'a.yaml': reader, 'template.yaml': template }, RULE)).toHaveLength(1);
  });

  test('by a file that is called after the role', () => {
    const found = lintFiles({ 'a.yaml': reader, 's3-reader.trust.json': policyFor('production', 'log-shipper') }, RULE);
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The trust policy in "s3-reader\.trust\.json", called after role "s3-reader", names "/),
    ]);
  });

  test('by another account that has the role and is admitted', () => {
    const copied = account('staging', 'report-uploader', 's3-reader');
    const found = lintFiles(
      { 'a.yaml': `${reader}---\n${copied}`, 'x.json': policyFor('production', 's3-reader') },
      RULE,
    );
    expect(found.map(({ resource }) => resource?.name)).toEqual(['report-uploader']);
    expect(found[0]?.message).toContain('by which another ServiceAccount has role "s3-reader"');
  });

  test('another namespace in the policy: the account may follow it', () => {
    const found = lintFiles({ 'a.yaml': reader, 'trust.json': policyFor('prod', 's3-reader') }, RULE);
    expect(found[0]?.fixes.map(({ title }) => title)).toContain('Follow the policy: move it to namespace "prod"');
  });

  test('no conditions that could ever hold', () => {
    const policy = policyFor('production', 's3-reader').replace('"sts.amazonaws.com"', '"sts.amazonaws.com.cn"');
    const found = lintFiles({ 'a.yaml': reader, 's3-reader.json': policy }, RULE);
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('names it, but the other conditions never hold'),
    ]);
    expect(found[0]?.fixes).toEqual([]);
  });

  test.each<[string, (policy: string) => string, string]>([
    [
      'a Deny',
      (one) => one.replace(/\{\s*"Effect"[\s\S]*\n {4}\}/, (all) => `${all}, ${all.replace('Allow', 'Deny')}`),
      'another statement denies it',
    ],
    ['the action', (one) => one.replace('WithWebIdentity', ''), 'does not allow sts:AssumeRoleWithWebIdentity'],
    [
      'the kind of principal',
      (one) => one.replace('Federated', 'AWS'),
      'the keys of its conditions do not belong to its principal',
    ],
    [
      'another provider',
      (one) => one.replace(/oidc-provider\/\S+"/, 'oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/OTHER"'),
      'the keys of its conditions do not belong',
    ],
  ])('what refuses it although it is named: %s', (_, change, words) => {
    const policy = change(policyFor('production', 's3-reader'));
    const [found, ...others] = lintFiles({ 'a.yaml': reader, 's3-reader.json': policy }, RULE);
    expect(others).toEqual([]);
    expect(found?.message).toContain(`names it, but ${words}`);
  });

  test('a wildcard for a provider refuses nobody', () => {
    const policy = policyFor('production', 's3-reader').replace(/arn:aws:iam[^"]*/, '*');
    const files = { 'a.yaml': reader, 's3-reader.json': policy };
    expect(lintFiles(files, RULE)).toEqual([]);
    expect(lintFiles(files, 'irsa-provider-mismatch')).toEqual([]);
    expect(lintFiles(files, 'irsa-principal-wildcard')).toHaveLength(1);
  });

  test('the audience of the account is that of its annotation', () => {
    const policy = policyFor('production', 's3-reader').replace('"sts.amazonaws.com"', '"irsa"');
    const own = `${reader}    eks.amazonaws.com/audience: irsa\n`;
    expect(lintFiles({ 'a.yaml': own, 's3-reader.json': policy }, RULE)).toEqual([]);
    expect(lintFiles({ 'a.yaml': reader, 's3-reader.json': policy }, RULE)).toHaveLength(1);
  });
});

describe('silence', () => {
  const refusing = policyFor('production', 'log-shipper');
  test.each([
    ['the role admits it', { 's3-reader.json': policyFor('production', 's3-reader') }],
    ['no policy at all', {}],
    ['nothing joins role and policy', { 'trust.json': refusing }],
    ['the file is of another role', { 'role.json': getRole(refusing, 'log-shipper') }],
    [
      'the ARN is of another account',
      { 'role.json': getRole(refusing, 's3-reader', 'arn:aws:iam::444455556666:role/s3-reader') },
    ],
    [
      'some policy without a role admits it',
      { 's3-reader.json': refusing, 'trust.json': policyFor('production', 's3-reader') },
    ],
    ['two files are called after the role', { 'eu/s3-reader.json': refusing, 'us/s3-reader.json': refusing }],
    [
      'a pattern admits it',
      { 's3-reader.json': policyWith('{ "StringLike": { "PROVIDER:sub": "system:serviceaccount:prod*:*" } }') },
    ],
    [
      'a placeholder may be it',
      {
        's3-reader.json': policyWith('{ "StringEquals": { "PROVIDER:sub": "system:serviceaccount:${NS}:s3-reader" } }'),
      },
    ],
    [
      'two policies nearly name it',
      { 'a.json': policyFor('production', 's3-raeder'), 'b.json': policyFor('production', 's3-readr') },
    ],
    [
      'the near policy is that of another role',
      { 's3-raeder.json': policyFor('production', 's3-raeder'), 'z.yaml': account('production', 'x', 's3-raeder') },
    ],
  ])('%s', (_, others) => expect(findIn(openProject({ 'a.yaml': reader, ...others }), 'a.yaml', RULE)).toEqual([]));

  test.each([
    ['no annotation', account('production', 's3-reader')],
    ['an ARN that is filled in later', reader.replace('role/s3-reader', 'role/${ROLE}')],
    ['a namespace that is filled in later', reader.replace('production', '${NS}')],
    ['a namespace that nobody has written', reader.replace('  namespace: production\n', '')],
  ])('%s', (_, text) => {
    expect(lintFiles({ 'a.yaml': text, 's3-reader.json': policyFor('shop', 's3-reader') }, RULE)).toEqual([]);
  });
});

test('typing in the policy makes the finding at the account go and come', () => {
  const files = { 'a.yaml': reader, 'trust.json': policyFor('production', 's3-raeder') };
  const project = openProject(files);
  for (const name of Object.keys(files)) checkFile(project, name);
  project.takeStale();
  project.setFile(toUri('trust.json'), policyFor('production', 's3-reader'), 'json');
  expect(project.takeStale().sort()).toEqual([toUri('a.yaml'), toUri('trust.json')]);
  expect(findIn(project, 'a.yaml', RULE)).toEqual([]);
  project.setFile(toUri('trust.json'), policyFor('production', 's3-raeder'), 'json');
  expect(findIn(project, 'a.yaml', RULE)).toHaveLength(1);
  project.removeFile(toUri('trust.json'));
  expect(project.takeStale()).toEqual([toUri('a.yaml')]);
  expect(findIn(project, 'a.yaml', RULE)).toEqual([]);
});

describe('an account whose tokens are for another audience', () => {
  const internal = `${account('production', 's3-reader', 's3-reader')}    eks.amazonaws.com/audience: internal\n`;
  const policy = policyFor('production', 's3-reader');
  const files = { 'a.yaml': internal, 's3-reader.json': policy };
  const rule = 'irsa-role-not-admitting';

  test('is told which, and gets either side changed', () => {
    const [finding] = lintFiles(files, rule);
    expect(finding?.message).toContain('asks for tokens for "sts.amazonaws.com", and its own are for "internal"');
    const asked = applyFix(files, rule, /^Ask for tokens/);
    expect(asked['a.yaml']).toBe(internal.replace('internal', 'sts.amazonaws.com'));
    const taken = applyFix(files, rule, /^Take tokens/);
    expect(taken['s3-reader.json']).toBe(policy.replace('"sts.amazonaws.com"', '"internal"'));
    for (const fixed of [asked, taken]) expect(lintFiles(fixed, rule)).toEqual([]);
  });

  test('is told of the subject where that is wrong too', () => {
    const both = { ...files, 's3-reader.json': policyFor('production', 's3-writer') };
    expect(lintFiles(both, rule)[0]?.message).toContain('names "system:serviceaccount:production:s3-writer"');
  });
});
