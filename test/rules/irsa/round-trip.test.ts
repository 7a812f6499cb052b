import { describe, expect, test } from 'vitest';
import { account, admittedBy, applyFix, lintFiles, PROVIDER, policyFor, policyWith } from './files';

const reader = account('production', 's3-reader', 's3-reader');
const ONLY_READER = ['production:s3-reader'];
const policy = 's3-reader.json';
const good = policyFor('production', 's3-reader');

/** Fixes one finding and shows who is let in before and after; no finding of the rule is left. */
function fix(
  rule: string,
  text: string,
  title?: RegExp,
  accounts = reader,
): { before: string[]; after: string[]; text: string } {
  const files = { 'a.yaml': accounts, [policy]: text };
  const fixed = applyFix(files, rule, title);
  expect(lintFiles(fixed, rule)).toEqual([]);
  return { before: admittedBy(text), after: admittedBy(fixed[policy] ?? ''), text: fixed[policy] ?? '' };
}

describe('a fix of the trust policy admits exactly the account that is meant', () => {
  test.each([
    ['irsa-subject-mismatch', policyFor('production', 's3-raeder')],
    ['irsa-subject-mismatch', policyFor('prod', 's3-reader')],
    [
      'irsa-subject-format',
      policyFor('production', 's3-reader').replace('system:serviceaccount:', 'system:serviceaccounts:'),
    ],
    [
      'irsa-subject-format',
      policyFor('production', 's3-reader').replace('system:serviceaccount:production:', 'production/'),
    ],
    ['irsa-subject-format', policyFor('production', 's3-reader ')],
    ['irsa-wildcard-in-string-equals', policyFor('production', 's3-*')],
    ['irsa-audience-invalid', good.replace('"sts.amazonaws.com"', '"sts.eu-west-1.amazonaws.com"')],
    ['irsa-audience-invalid', good.replace('"sts.amazonaws.com"', '["https://sts.amazonaws.com"]')],
    ['irsa-condition-key-format', good.replaceAll(`"${PROVIDER}:`, `"https://${PROVIDER}:`)],
    ['irsa-condition-key-format', good.replaceAll(`"${PROVIDER}:`, `"${PROVIDER}/:`)],
    [
      'irsa-condition-key-format',
      good.replaceAll(`"${PROVIDER}:`, `"arn:aws:iam::111122223333:oidc-provider/${PROVIDER}:`),
    ],
    ['irsa-condition-key-format', good.replaceAll(`"${PROVIDER}:`, '"')],
    ['irsa-condition-key-format', good.replace(`"${PROVIDER}:sub"`, `"${PROVIDER}"`)],
    ['irsa-provider-mismatch', good.replaceAll(`"${PROVIDER}:`, '"oidc.eks.eu-west-1.amazonaws.com/id/COPIED:')],
    ['irsa-action-wrong', good.replace('sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole')],
    ['irsa-action-wrong', good.replace('"sts:AssumeRoleWithWebIdentity"', '["sts:AssumeRole", "sts:TagSession"]')],
    ['irsa-action-wrong', good.replace('"sts:AssumeRoleWithWebIdentity"', '["sts:TagSession"]')],
  ])('%s: from nobody (%#)', (rule, text) => {
    const { before, after } = fix(rule, text);
    expect(before).toEqual([]);
    expect(after).toEqual(ONLY_READER);
  });

  test.each([
    ['irsa-subject-missing', policyWith('{ "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }')],
    [
      'irsa-subject-wildcard',
      good.replace('StringEquals', 'StringLike').replace(':production:s3-reader', ':production:*'),
    ],
    ['irsa-subject-wildcard', good.replace('StringEquals', 'StringLike').replace(':production:s3-reader', ':*:*')],
    ['irsa-subject-wildcard', good.replace('StringEquals', 'StringLike').replace(':production:s3-reader', ':*')],
    [
      'irsa-subject-wildcard',
      policyWith(
        '{ "StringLike": { "PROVIDER:sub": ["system:serviceaccount:*:s3-reader"] }, "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
      ),
    ],
    [
      'irsa-audience-missing',
      policyWith('{ "StringEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" } }'),
    ],
    [
      'irsa-duplicate-condition-key',
      policyWith(`{
  "StringEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" },
  "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }
}`),
    ],
  ])('%s: from too many (%#)', (rule, text) => {
    const { before, after } = fix(rule, text);
    expect(before.length).toBeGreaterThan(1);
    expect(before).toContain(ONLY_READER[0]);
    expect(after).toEqual(ONLY_READER);
  });

  test.each([
    ['irsa-for-all-values', good.replace('StringEquals', 'ForAllValues:StringEquals')],
    ['irsa-if-exists', good.replace('StringEquals', 'StringEqualsIfExists')],
    ['irsa-string-like-without-wildcard', good.replace('StringEquals', 'StringLike')],
    [
      'irsa-string-like-without-wildcard',
      policyWith(
        '{ "StringLike": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" }, "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
      ),
    ],
  ])('%s: as before (%#)', (rule, text) => {
    const { before, after } = fix(rule, text);
    expect(before).toEqual(ONLY_READER);
    expect(after).toEqual(ONLY_READER);
  });

  test('irsa-subject-missing: the subject under the key of the audience, then the audience', () => {
    const text = policyWith('{ "StringEquals": { "PROVIDER:aud": "system:serviceaccount:production:s3-reader" } }');
    const { before, after, text: fixed } = fix('irsa-subject-missing', text);
    expect(before).toEqual([]);
    expect(after).toEqual([...ONLY_READER, 'production:s3-reader for vault']);
    expect(fix('irsa-audience-missing', fixed).after).toEqual(ONLY_READER);
  });

  test('irsa-subject-missing: no Condition at all', () => {
    const text = good.replace(/,\s*"Condition": \{[\s\S]*\n {6}\}/, '');
    const { before, after } = fix('irsa-subject-missing', text);
    expect(before).toContain('kube-system:default');
    expect(after).toEqual([...ONLY_READER, 'production:s3-reader for vault']);
  });

  test("irsa-provider-mismatch: the keys' provider in the principal", () => {
    const text = good.replace(`oidc-provider/${PROVIDER}`, 'oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/COPIED');
    const { before, after } = fix('irsa-provider-mismatch', text, /principal$/);
    expect(before).toEqual([]);
    expect(after).toEqual(ONLY_READER);
  });

  test('irsa-wildcard-in-string-equals: under StringLike when no account of the workspace matches', () => {
    const text = policyFor('crossplane', 'provider-aws-*');
    const { text: fixed } = fix('irsa-wildcard-in-string-equals', text);
    const { StringEquals, StringLike } = JSON.parse(fixed).Statement[0].Condition;
    expect(StringEquals).toEqual({ [`${PROVIDER}:aud`]: 'sts.amazonaws.com' });
    expect(StringLike).toEqual({ [`${PROVIDER}:sub`]: 'system:serviceaccount:crossplane:provider-aws-*' });
  });
});

describe('irsa-role-not-admitting, from the file of the account', () => {
  const files = { 'a.yaml': reader, 'trust.json': policyFor('production', 's3-raeder') };
  const rule = 'irsa-role-not-admitting';

  test('changes the subject in the other file, and nothing else there', () => {
    const fixed = applyFix(files, rule, /^Change/);
    expect(fixed['a.yaml']).toBe(files['a.yaml']);
    expect(fixed['trust.json']).toBe(good);
    expect(lintFiles(fixed, 'irsa-subject-mismatch')).toEqual([]);
  });

  test('adds a subject: a text becomes a list, a list gets longer, the layout stays', () => {
    const shipper = policyFor('production', 's3-writer');
    const once = applyFix({ 'a.yaml': reader, [policy]: shipper }, rule, /^Add/);
    expect(admittedBy(once[policy] ?? '')).toEqual(['production:s3-reader', 'production:s3-writer']);
    const uploader = account('staging', 's3-writer', 's3-reader');
    const twice = applyFix({ 'a.yaml': uploader, [policy]: once[policy] ?? '' }, rule, /^Add/);
    expect(admittedBy(twice[policy] ?? '')).toEqual([
      'production:s3-reader',
      'production:s3-writer',
      'staging:s3-writer',
    ]);
    const lines = shipper.split('\n');
    const kept = (twice[policy] ?? '').split('\n').filter((line) => lines.includes(line));
    expect(kept.length).toBeGreaterThanOrEqual(lines.length - 1);
  });

  test('or follows the policy', () => {
    const fixed = applyFix(files, rule, /^Follow/);
    expect(fixed['trust.json']).toBe(files['trust.json']);
    expect(fixed['a.yaml']).toBe(reader.replace('name: s3-reader', 'name: s3-raeder'));
    expect(lintFiles(fixed, rule)).toEqual([]);
  });
});

describe('in YAML, comments and layout stay', () => {
  const template = (operator: string, subject: string) => `# The reader's role.
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: s3-reader
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow # the pods
            Principal:
              Federated: arn:aws:iam::111122223333:oidc-provider/${PROVIDER}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              ${operator}: # both
                ${PROVIDER}:aud: sts.amazonaws.com
                ${PROVIDER}:sub: ${subject} # whom
`;
  const exact = template('StringEquals', 'system:serviceaccount:production:s3-reader');

  test.each([
    ['irsa-subject-mismatch', template('StringEquals', 'system:serviceaccount:production:s3-raeder')],
    ['irsa-subject-wildcard', template('StringLike', 'system:serviceaccount:production:*')],
    ['irsa-if-exists', template('StringEqualsIfExists', 'system:serviceaccount:production:s3-reader')],
    ['irsa-for-all-values', template('ForAllValues:StringEquals', 'system:serviceaccount:production:s3-reader')],
    ['irsa-action-wrong', exact.replace('sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole')],
  ])('%s', (rule, text) => {
    const fixed = applyFix({ 'a.yaml': reader, 'role.yaml': text }, rule);
    expect(fixed['role.yaml']).toBe(exact);
    expect(admittedBy(fixed['role.yaml'] ?? '', 'yaml')).toEqual(ONLY_READER);
  });
});
