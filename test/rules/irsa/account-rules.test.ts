import { describe, expect, test } from 'vitest';
import { account, applyFix, lintFiles } from './files';

const ARN = 'arn:aws:iam::111122223333:role/s3-reader';
const reader = account('production', 's3-reader', 's3-reader');
const lint = (rule: string, text: string) => lintFiles({ 'a.yaml': text }, rule);
const withArn = (arn: string) => reader.replace(ARN, arn);
const withAnnotation = (line: string) => `${reader}    ${line}\n`;

const deployment = (
  annotations: string,
  template: string,
  pod = '      serviceAccountName: s3-reader\n',
) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: reader
  namespace: production
${annotations}spec:
  selector: { matchLabels: { app: reader } }
  template:
    metadata:
      labels: { app: reader }
${template}    spec:
${pod}      containers:
        - name: reader
          image: registry.example.com/reader:1.4.2
`;

describe('irsa-annotation-typo', () => {
  const rule = 'irsa-annotation-typo';
  test.each([
    ['eks.amazon.com/role-arn', 'role-arn'],
    ['eks.amazonaws.com/role', 'role-arn'],
    ['eks.amazonaws.com/rolearn', 'role-arn'],
    ['eks.amazonaws.com/role_arn', 'role-arn'],
    ['eks.amazonaws.com/role-Arn', 'role-arn'],
    ['eks.amazonaws.com/iam-role-arn', 'role-arn'],
    ['eks.amazonaws.com.cn/role-arn', 'role-arn'],
    ['eks.amazonws.com/role-arn', 'role-arn'],
    ['eks.aws.com/role-arn', 'role-arn'],
    ['eks.amazonaws.com/audiance', 'audience'],
    ['eks.amazonaws.com/sts-regional-endpoint', 'sts-regional-endpoints'],
    ['eks.amazonaws.com/token_expiration', 'token-expiration'],
    ['eks.amazonaws.com/token-expire', 'token-expiration'],
    ['eks.amazonaws.com/token-expiration-seconds', 'token-expiration'],
  ])('%s is meant as %s', (written, meant) => {
    const found = lint(rule, reader.replace('eks.amazonaws.com/role-arn', written));
    expect(found.map(({ text }) => text)).toEqual([written]);
    expect(found[0]?.fixes.map(({ title }) => title)).toEqual([`Change it to eks.amazonaws.com/${meant}`]);
  });

  test('says so where the right one is there too, and offers nothing', () => {
    const [finding] = lint(rule, withAnnotation(`eks.amazonaws.com/role: ${ARN}`));
    expect(finding?.message).toContain('is there already');
    expect(finding?.fixes).toEqual([]);
  });

  test.each([
    'eks.amazonaws.com/skip-containers',
    'eks.amazonaws.com/compute-type',
    'eks.amazonaws.com/nodegroup',
    'iam.amazonaws.com/role',
    'example.com/role-arn',
    'role-arn',
    'eks.amazonaws.com/something-else',
  ])('silent: %s', (key) => expect(lint(rule, withAnnotation(`${key}: x`))).toEqual([]));
});

describe('irsa-role-arn-invalid', () => {
  const rule = 'irsa-role-arn-invalid';
  test.each([
    ['arn:aws:iam:111122223333:role/s3-reader', ARN, 'the account is twelve digits after two colons'],
    ['arn:aws:iam::1111-2222-3333:role/s3-reader', ARN, 'the account is twelve digits after two colons'],
    [`"${ARN} "`, ARN, 'it begins or ends with a blank'],
    [
      'arn:aws:iam::111122223333:instance-profile/s3-reader',
      undefined,
      'it is that of a thing of kind "instance-profile"',
    ],
    ['arn:aws:iam::111122223333:policy/s3-reader', undefined, 'it is that of a thing of kind "policy"'],
    [
      'arn:aws:sts::111122223333:assumed-role/s3-reader/x',
      ARN,
      'this is a session of one (sts), the role itself has "iam" there',
    ],
    [
      'arn:aws:iam:eu-west-1:111122223333:role/s3-reader',
      ARN,
      'it names the region "eu-west-1", and roles are of none',
    ],
    ['arn:aws:iam::111122223333:role:s3-reader', ARN, 'a slash and no colon comes behind "role"'],
    ['arn:aws:iam::1111222233:role/s3-reader', undefined, '"1111222233" is not an account of twelve digits'],
    ['arn:aws:iam::111122223333:role/', undefined, 'the name is missing, or has letters that no role can have'],
    ['s3-reader', undefined, 'that begins with "arn:"'],
  ])('%s', (written, fixed, words) => {
    const found = lint(rule, withArn(written));
    expect(found.map(({ message }) => message)).toEqual([
      `"${written.replaceAll('"', '')}" is not the ARN of an IAM role: ${words}.`,
    ]);
    expect(found[0]?.text).toBe(written.replaceAll('"', ''));
    expect(found[0]?.fixes.map(({ title }) => title)).toEqual(fixed ? [`Change it to ${fixed}`] : []);
  });

  test.each([
    ARN,
    'arn:aws:iam::111122223333:role/teams/data/s3-reader',
    'arn:aws-cn:iam::111122223333:role/s3-reader',
    'arn:aws-us-gov:iam::111122223333:role/s3-reader',
    'arn:aws-iso-b:iam::111122223333:role/s3-reader',
    'arn:aws:iam::ACCOUNT_ID:role/s3-reader',
    'arn:aws:iam::<account>:role/s3-reader',
    'arn:aws:iam::XXXXXXXXXXXX:role/s3-reader',
    '"${ROLE_ARN}"',
    '"{{ .Values.role }}"',
    '""',
  ])('silent: %s', (written) => expect(lint(rule, withArn(written))).toEqual([]));
});

describe('irsa-annotation-misplaced', () => {
  const rule = 'irsa-annotation-misplaced';
  const line = (indent: string) => `${indent}annotations:\n${indent}  eks.amazonaws.com/role-arn: ${ARN}\n`;
  const template = deployment('', line('      '));

  test('on the template of pods, and on the workload itself', () => {
    const found = lint(rule, template);
    expect(found.map(({ text }) => text)).toEqual(['eks.amazonaws.com/role-arn']);
    expect(found[0]?.message).toContain('on Deployment "reader" it gives no role to anybody');
    expect(lint(rule, deployment(line('  '), ''))).toHaveLength(1);
    expect(lint(rule, deployment(line('  '), line('      ')))).toHaveLength(2);
  });

  test('on a Namespace', () => {
    expect(lint(rule, `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: production\n${line('  ')}`)).toHaveLength(1);
  });

  test('the fix moves it to the account of the pods, in its file', () => {
    const files = { 'deployment.yaml': template, 'account.yaml': account('production', 's3-reader') };
    const fixed = applyFix(files, rule);
    expect(fixed['deployment.yaml']).toBe(deployment('', ''));
    expect(fixed['account.yaml']).toBe(reader);
    expect(lintFiles(fixed, rule)).toEqual([]);
  });

  test.each([
    ['the account has a role', { 'a.yaml': template, 'account.yaml': reader }],
    ['the account is not here', { 'a.yaml': template }],
    [
      'the pods run as default',
      { 'a.yaml': deployment('', line('      '), ''), 'account.yaml': account('production', 'default') },
    ],
  ])('no fix: %s', (_, files) => expect(lintFiles(files, rule).map(({ fixes }) => fixes.length)).toEqual([0]));

  test.each([
    ['on the account', reader],
    [
      'on what is none of ours',
      `apiVersion: pkg.crossplane.io/v1beta1\nkind: DeploymentRuntimeConfig\nmetadata:\n  name: aws\n${line('  ')}`,
    ],
  ])('silent: %s', (_, text) => expect(lint(rule, text)).toEqual([]));
});

describe('irsa-default-service-account', () => {
  const rule = 'irsa-default-service-account';
  test('names namespace and role', () => {
    const [finding] = lint(rule, account('production', 'default', 's3-reader'));
    expect(finding?.message).toBe(
      'Every pod of namespace "production" that names no other ServiceAccount gets the role "s3-reader".',
    );
  });
  test('silent on others, and without a role', () => {
    expect(lint(rule, reader)).toEqual([]);
    expect(lint(rule, account('production', 'default'))).toEqual([]);
  });
});

describe('irsa-token-expiration-invalid', () => {
  const rule = 'irsa-token-expiration-invalid';
  const key = 'eks.amazonaws.com/token-expiration';
  test.each([
    ['1h', '3600', 'unsafe'],
    ['90m', '5400', 'unsafe'],
    ['soon', '86400', 'unsafe'],
    ['300', '600', 'safe'],
    ['-1', '600', 'safe'],
    ['604800', '86400', 'safe'],
  ])('%s becomes %s', (written, fixed, safety) => {
    const found = lint(rule, withAnnotation(`${key}: "${written}"`));
    expect(found.map(({ text }) => text)).toEqual([written]);
    expect(found[0]?.fixes.map((fix) => [fix.title, fix.safety])).toEqual([[`Set "${fixed}"`, safety]]);
    const text = applyFix({ 'a.yaml': withAnnotation(`${key}: "${written}"`) }, rule)['a.yaml'];
    expect(text).toBe(withAnnotation(`${key}: "${fixed}"`));
  });

  test('on pods too', () => {
    expect(lint(rule, deployment('', `      annotations: { ${key}: "60" }\n`))).toHaveLength(1);
  });

  test.each(['"600"', '"86400"', '"3600"', '"${EXPIRATION}"'])('silent: %s', (value) => {
    expect(lint(rule, withAnnotation(`${key}: ${value}`))).toEqual([]);
  });
});

describe('irsa-annotation-not-string', () => {
  const rule = 'irsa-annotation-not-string';
  test.each([
    ['eks.amazonaws.com/token-expiration', '86400', 'number'],
    ['eks.amazonaws.com/sts-regional-endpoints', 'true', 'boolean'],
    ['eks.amazonaws.com/sts-regional-endpoints', 'yes', 'boolean'],
  ])('%s: %s', (key, value, type) => {
    const text = withAnnotation(`${key}: ${value} # kept`);
    expect(lint(rule, text).map(({ message }) => message)).toEqual([expect.stringContaining(`is a ${type}`)]);
    expect(applyFix({ 'a.yaml': text }, rule)['a.yaml']).toBe(withAnnotation(`${key}: "${value}" # kept`));
  });

  test.each(['"true"', 'text', '', '"${X}"'])('silent: %j', (value) => {
    expect(lint(rule, withAnnotation(`eks.amazonaws.com/audience: ${value}`))).toEqual([]);
  });
});
