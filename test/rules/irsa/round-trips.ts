import { account, PROVIDER, policyFor, policyWith } from './files';

/** A fault of a trust policy whose fix admits exactly `production:s3-reader`. */
export interface RoundTrip {
  readonly rule: string;
  readonly text: string;
  /** Which of its fixes; the first that there is where it is left out. */
  readonly title?: RegExp;
  /** The accounts of the workspace, where they are not the reader with its role. */
  readonly accounts?: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly language?: 'yaml' | 'json';
  /** What is filled in before the fixed text is judged, as CloudFormation would. */
  readonly values?: Readonly<Record<string, string>>;
}

const GOOD = policyFor('production', 's3-reader');
const ARN = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`;
const READER = account('production', 's3-reader', 's3-reader');
const EQUALS = 'StringEquals';

const toKeys = (from: string, to: string) => GOOD.replaceAll(`"${from}:`, `"${to}`);
const like = (subject: string) => GOOD.replace(EQUALS, 'StringLike').replace(':production:s3-reader', subject);
const withPrincipal = (principal: string) => GOOD.replace(/"Principal": \{[^}]*\}/, `"Principal": ${principal}`);

const OTHER = 'oidc.eks.eu-west-1.amazonaws.com/id/C0FFEE00C0FFEE00C0FFEE00C0FFEE00';
const ofTwo = GOOD.replace(`"${ARN}"`, `["${ARN}", "${ARN.replace(PROVIDER, OTHER)}"]`);

/** Before, nobody is let in. */
export const FROM_NOBODY: readonly RoundTrip[] = [
  { rule: 'irsa-subject-mismatch', text: policyFor('production', 's3-raeder') },
  { rule: 'irsa-subject-mismatch', text: policyFor('prod', 's3-reader') },
  { rule: 'irsa-subject-format', text: GOOD.replace('system:serviceaccount:', 'system:serviceaccounts:') },
  { rule: 'irsa-subject-format', text: GOOD.replace('system:serviceaccount:production:', 'production/') },
  { rule: 'irsa-subject-format', text: policyFor('production', 's3-reader ') },
  { rule: 'irsa-wildcard-in-string-equals', text: policyFor('production', 's3-*') },
  { rule: 'irsa-audience-invalid', text: GOOD.replace('"sts.amazonaws.com"', '"sts.eu-west-1.amazonaws.com"') },
  { rule: 'irsa-audience-invalid', text: GOOD.replace('"sts.amazonaws.com"', '["https://sts.amazonaws.com"]') },
  { rule: 'irsa-audience-mismatch', text: GOOD.replace('"sts.amazonaws.com"', '"internal"'), title: /^Ask/ },
  { rule: 'irsa-condition-key-format', text: toKeys(PROVIDER, `https://${PROVIDER}:`) },
  { rule: 'irsa-condition-key-format', text: toKeys(PROVIDER, `${PROVIDER}/:`) },
  { rule: 'irsa-condition-key-format', text: toKeys(PROVIDER, `${ARN}:`) },
  { rule: 'irsa-condition-key-format', text: toKeys(PROVIDER, '') },
  { rule: 'irsa-condition-key-format', text: GOOD.replace(`"${PROVIDER}:sub"`, `"${PROVIDER}"`) },
  { rule: 'irsa-condition-key-unknown', text: GOOD.replace(':sub"', ':subject"') },
  { rule: 'irsa-condition-key-unknown', text: GOOD.replace(':aud"', ':audience"') },
  { rule: 'irsa-provider-mismatch', text: toKeys(PROVIDER, 'oidc.eks.eu-west-1.amazonaws.com/id/COPIED:') },
  {
    rule: 'irsa-provider-mismatch',
    text: GOOD.replace(ARN, 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/COPIED'),
    title: /principal$/,
  },
  {
    rule: 'irsa-several-providers',
    text: ofTwo.replace(`"${PROVIDER}:sub"`, `"${OTHER}:sub": "system:serviceaccount:shop:web", "${PROVIDER}:sub"`),
  },
  { rule: 'irsa-action-wrong', text: GOOD.replace('sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole') },
  {
    rule: 'irsa-action-wrong',
    text: GOOD.replace('"sts:AssumeRoleWithWebIdentity"', '["sts:AssumeRole", "sts:TagSession"]'),
  },
  { rule: 'irsa-action-wrong', text: GOOD.replace('"sts:AssumeRoleWithWebIdentity"', '["sts:TagSession"]') },
  { rule: 'irsa-principal-type-wrong', text: GOOD.replace('"Federated"', '"AWS"') },
  {
    rule: 'irsa-principal-type-wrong',
    text: withPrincipal('{ "Federated": "arn:aws:iam::111122223333:saml-provider/corp" }'),
  },
  {
    rule: 'irsa-provider-arn-invalid',
    text: GOOD.replace('oidc-provider/', 'oidc-provider/https://'),
  },
  {
    rule: 'irsa-placeholder-left',
    text: GOOD.replaceAll(PROVIDER, 'oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID').replace(
      '111122223333',
      'ACCOUNT_ID',
    ),
    others: { 'other.json': policyFor('shop', 'web') },
  },
  {
    rule: 'irsa-reference-not-substituted',
    language: 'yaml',
    values: { Oidc: PROVIDER },
    text: `Parameters:
  Oidc: { Type: String }
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Federated: "arn:aws:iam::111122223333:oidc-provider/\${Oidc}"
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                ${PROVIDER}:sub: system:serviceaccount:production:s3-reader
                ${PROVIDER}:aud: sts.amazonaws.com
`,
  },
];

/** Before, others are let in too. */
export const FROM_TOO_MANY: readonly RoundTrip[] = [
  { rule: 'irsa-subject-missing', text: policyWith('{ "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }') },
  { rule: 'irsa-subject-wildcard', text: like(':production:*') },
  { rule: 'irsa-subject-wildcard', text: like(':*:*') },
  { rule: 'irsa-subject-wildcard', text: like(':*') },
  {
    rule: 'irsa-subject-wildcard',
    text: policyWith(
      '{ "StringLike": { "PROVIDER:sub": ["system:serviceaccount:*:s3-reader"] }, "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
    ),
  },
  {
    rule: 'irsa-subject-negated',
    text: policyWith(
      '{ "StringNotLike": { "PROVIDER:sub": "system:serviceaccount:kube-*" }, "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
    ),
  },
  {
    rule: 'irsa-audience-missing',
    text: policyWith('{ "StringEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" } }'),
  },
  {
    rule: 'irsa-duplicate-condition-key',
    text: policyWith(`{
  "StringEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" },
  "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }
}`),
  },
];

/** Before, the same one is let in as far as conditions go, and the policy is refused or weak for another reason. */
export const AS_BEFORE: readonly RoundTrip[] = [
  { rule: 'irsa-for-all-values', text: GOOD.replace(EQUALS, 'ForAllValues:StringEquals') },
  { rule: 'irsa-if-exists', text: GOOD.replace(EQUALS, 'StringEqualsIfExists') },
  { rule: 'irsa-several-providers', text: ofTwo },
  { rule: 'irsa-case-ignored', text: GOOD.replace(EQUALS, 'StringEqualsIgnoreCase') },
  { rule: 'irsa-string-like-without-wildcard', text: GOOD.replace(EQUALS, 'StringLike') },
  {
    rule: 'irsa-case-ignored',
    text: policyWith(
      '{ "StringEqualsIgnoreCase": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" }, "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
    ),
  },
  {
    rule: 'irsa-if-exists',
    text: policyWith(
      '{ "StringEqualsIfExists": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" }, "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
    ),
  },
  {
    rule: 'irsa-string-like-without-wildcard',
    text: policyWith(
      '{ "StringLike": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" }, "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
    ),
  },
  { rule: 'irsa-provider-arn-invalid', text: GOOD.replace(ARN, `https://${PROVIDER}`) },
  { rule: 'irsa-provider-arn-invalid', text: GOOD.replace('111122223333', '1111-2222-3333') },
  { rule: 'irsa-partition-mismatch', text: GOOD.replace('arn:aws:', 'arn:aws-cn:') },
  { rule: 'irsa-principal-wildcard', text: withPrincipal('"*"') },
  { rule: 'irsa-principal-wildcard', text: withPrincipal('{ "AWS": "*" }') },
  { rule: 'irsa-policy-version-old', text: GOOD.replace('2012-10-17', '2008-10-17') },
  { rule: 'irsa-policy-version-old', text: GOOD.replace(/\n {2}"Version": "[^"]*",/, '') },
  {
    rule: 'irsa-policy-too-long',
    text: GOOD.replace(/\{\s*"Effect"[\s\S]*\n {4}\}/, (one) =>
      [one, ...Array.from({ length: 9 }, (_, n) => one.replace(':s3-reader', `:worker-${n}`))].join(', '),
    ),
  },
  {
    rule: 'irsa-account-not-annotated',
    text: `{ "Role": { "RoleName": "s3-reader", "AssumeRolePolicyDocument": ${GOOD} } }`,
    accounts: READER.replace(/ {2}annotations:\n.*\n/, ''),
  },
];
