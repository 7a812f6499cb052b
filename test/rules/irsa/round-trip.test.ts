import { describe, expect, test } from 'vitest';
import { RULES } from '../../../server/src/rules/index';
import { account, admittedBy, applyFix, lintFiles, PROVIDER, policyFor, policyWith } from './files';
import { AS_BEFORE, FROM_NOBODY, FROM_TOO_MANY, type RoundTrip } from './round-trips';

const reader = account('production', 's3-reader', 's3-reader');
const ONLY_READER = ['production:s3-reader'];
const policy = 's3-reader.json';
const good = policyFor('production', 's3-reader');

/** Fixes one finding and shows who is let in before and after; no finding of the rule is left. */
function fix(trip: RoundTrip): { before: string[]; after: string[]; text: string } {
  const { rule, text, title, accounts = reader, others = {}, language = 'json', values = {} } = trip;
  const file = `s3-reader.${language}`;
  const files = { 'a.yaml': accounts, [file]: text, ...others };
  const fixed = applyFix(files, rule, title);
  expect(lintFiles(fixed, rule)).toEqual([]);
  const after = fixed[file] ?? '';
  const filled = after.replace(/\$\{(\w+)\}/g, (found, name: string) => values[name] ?? found);
  return { before: admittedBy(text, language), after: admittedBy(filled, language), text: after };
}

describe('a fix of the trust policy admits exactly the account that is meant', () => {
  test.each(FROM_NOBODY)('$rule: from nobody (%#)', (trip) => {
    const { before, after } = fix(trip);
    expect(before).toEqual([]);
    expect(after).toEqual(ONLY_READER);
  });

  test.each(FROM_TOO_MANY)('$rule: from too many (%#)', (trip) => {
    const { before, after } = fix(trip);
    expect(before.length).toBeGreaterThan(1);
    expect(before).toContain(ONLY_READER[0]);
    expect(after).toEqual(ONLY_READER);
  });

  test.each(AS_BEFORE)('$rule: as before (%#)', (trip) => {
    const { before, after } = fix(trip);
    expect(before).toEqual(ONLY_READER);
    expect(after).toEqual(ONLY_READER);
  });

  test('of every rule that has one', () => {
    const tried = new Set([...FROM_NOBODY, ...FROM_TOO_MANY, ...AS_BEFORE].map(({ rule }) => rule));
    const fixing = RULES.filter(({ category, fixable, visit }) => {
      return category === 'irsa' && fixable !== 'never' && (visit.trustPolicy || visit.trustStatement);
    });
    const untried = fixing.flatMap(({ id }) => (tried.has(id) ? [] : [id]));
    // A policy for EKS Pod Identity admits no token; its own test is below. A workload that leaves `default` has one beside its rule.
    expect(untried).toEqual(['irsa-default-subject', 'pod-identity-trust-incomplete']);
  });

  test('pod-identity-trust-incomplete: both actions are allowed, and no others', () => {
    const files = {
      'p.json':
        '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "pods.eks.amazonaws.com" }, "Action": "sts:AssumeRole" }] }',
    };
    const fixed = applyFix(files, 'pod-identity-trust-incomplete');
    expect(lintFiles(fixed, 'pod-identity-trust-incomplete')).toEqual([]);
    expect(JSON.parse(fixed['p.json'] ?? '').Statement[0].Action).toEqual(['sts:AssumeRole', 'sts:TagSession']);
  });

  test('irsa-subject-missing: the subject under the key of the audience, then the audience', () => {
    const text = policyWith('{ "StringEquals": { "PROVIDER:aud": "system:serviceaccount:production:s3-reader" } }');
    const { before, after, text: fixed } = fix({ rule: 'irsa-subject-missing', text });
    expect(before).toEqual([]);
    expect(after).toEqual([...ONLY_READER, 'production:s3-reader for vault']);
    expect(fix({ rule: 'irsa-audience-missing', text: fixed }).after).toEqual(ONLY_READER);
  });

  test('irsa-subject-missing: no Condition at all', () => {
    const text = good.replace(/,\s*"Condition": \{[\s\S]*\n {6}\}/, '');
    const { before, after } = fix({ rule: 'irsa-subject-missing', text });
    expect(before).toContain('kube-system:default');
    expect(after).toEqual([...ONLY_READER, 'production:s3-reader for vault']);
  });

  test('irsa-wildcard-in-string-equals: under StringLike when no account of the workspace matches', () => {
    const text = policyFor('crossplane', 'provider-aws-*');
    const { text: fixed } = fix({ rule: 'irsa-wildcard-in-string-equals', text });
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
