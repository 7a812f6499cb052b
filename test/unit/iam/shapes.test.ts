import { describe, expect, test } from 'vitest';
import { evaluatePolicy, type Verdict } from '../../../server/src/model/iam/evaluate';
import { checkFile, openProject } from '../../harness/lint-text';
import { PROVIDER, readAll, readFact, toArn, toPolicyText, toStatement } from './policy';

const sub = (provider: string, text: string | readonly string[]) => ({ [`${provider}:sub`]: text });
const aud = (provider: string, text = 'sts.amazonaws.com') => ({ [`${provider}:aud`]: text });
const of = (...parts: readonly string[]) => ['system', 'serviceaccount', ...parts].join(':');

/** What rules of this category say of a text, without the workspace around it. */
function rulesOf(text: string, file = 'policy.json'): string[] {
  const { findings } = checkFile(openProject({ [file]: text }), file);
  return (
    findings
      // Some texts here leave Version out, which has a rule and tests of its own.
      .filter(({ category, rule }) => category === 'irsa' && rule !== 'irsa-policy-version-old')
      .map(({ rule }) => rule)
      .sort()
  );
}

interface Shape {
  readonly name: string;
  readonly text: string;
  readonly rules: readonly string[];
  /** Whether the account `shop:web` is let in. */
  readonly admits: Verdict;
}

const kops = 'discovery.example.com/minimal.example.com';
const cdn = 'd1a2b3c4d5e6f7.cloudfront.net';
const web = of('shop', 'web');

const SHAPES: readonly Shape[] = [
  {
    name: 'subject and audience, exact',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(PROVIDER, web), ...aud(PROVIDER) } })),
    rules: [],
    admits: 'yes',
  },
  {
    name: 'only a subject, a cluster that is none of EKS, a partition of its own',
    text: toPolicyText(
      toStatement(
        { StringEquals: sub(kops, web) },
        { Principal: { Federated: `arn:aws-test:iam::111122223333:oidc-provider/${kops}` } },
      ),
    ),
    rules: ['irsa-audience-missing'],
    admits: 'yes',
  },
  {
    name: 'a pattern over namespaces',
    text: toPolicyText(toStatement({ StringLike: sub(PROVIDER, of('sh*', 'web')) })),
    rules: ['irsa-audience-missing', 'irsa-subject-wildcard'],
    admits: 'yes',
  },
  {
    name: 'a list of all accounts of two namespaces, the audience beside it',
    text: toPolicyText(
      toStatement({ StringLike: sub(PROVIDER, [of('shop', '*'), of('stage', '*')]), StringEquals: aud(PROVIDER) }),
    ),
    rules: ['irsa-subject-wildcard', 'irsa-subject-wildcard'],
    admits: 'yes',
  },
  {
    name: 'a pattern over names, with the audience under StringLike too',
    text: toPolicyText(toStatement({ StringLike: { ...sub(PROVIDER, of('shop', 'web*')), ...aud(PROVIDER) } })),
    rules: ['irsa-subject-wildcard'],
    admits: 'yes',
  },
  {
    name: 'a list of exact subjects, default accounts among them',
    text: toPolicyText(
      toStatement({ StringEquals: { ...sub(PROVIDER, [web, of('shop', 'default')]), ...aud(PROVIDER) } }),
    ),
    rules: ['irsa-default-subject'],
    admits: 'yes',
  },
  {
    name: 'a list of one',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(PROVIDER, [web]), ...aud(PROVIDER) } })),
    rules: [],
    admits: 'yes',
  },
  {
    name: 'a wildcard under StringEquals',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(PROVIDER, of('shop', 'web-*')), ...aud(PROVIDER) } })),
    rules: ['irsa-wildcard-in-string-equals'],
    admits: 'no',
  },
  {
    name: 'every account of the cluster, three ways',
    text: toPolicyText(
      toStatement({ StringLike: { ...sub(PROVIDER, [of('*', '*'), of('*'), '*']), ...aud(PROVIDER) } }),
    ),
    rules: ['irsa-subject-wildcard', 'irsa-subject-wildcard', 'irsa-subject-wildcard'],
    admits: 'yes',
  },
  {
    name: 'one account of any namespace',
    text: toPolicyText(toStatement({ StringLike: { ...sub(PROVIDER, of('*', 'default')), ...aud(PROVIDER) } })),
    rules: ['irsa-subject-wildcard'],
    admits: 'no',
  },
  {
    name: 'no Condition',
    text: toPolicyText(toStatement(undefined)),
    rules: ['irsa-audience-missing', 'irsa-subject-missing'],
    admits: 'yes',
  },
  {
    name: 'the subject under the key of the audience',
    text: toPolicyText(toStatement({ StringEquals: aud(PROVIDER, web) })),
    rules: ['irsa-audience-missing', 'irsa-subject-missing'],
    admits: 'no',
  },
  {
    name: 'a key that is only a variable',
    text: toPolicyText(
      toStatement({ StringEquals: { '${KEY}': web } }, { Principal: { Federated: '${PROVIDER_ARN}' } }),
    ),
    rules: [],
    admits: 'unknown',
  },
  {
    name: 'a key without a claim',
    text: toPolicyText(toStatement({ StringEquals: { [PROVIDER]: web, ...aud(PROVIDER) } })),
    rules: ['irsa-condition-key-format'],
    admits: 'unknown',
  },
  {
    name: 'https:// left in the keys',
    text: toPolicyText(
      toStatement({ StringEquals: { ...sub(`https://${PROVIDER}`, web), ...aud(`https://${PROVIDER}`) } }),
    ),
    rules: ['irsa-condition-key-format', 'irsa-condition-key-format'],
    admits: 'no',
  },
  {
    name: 'the ARN left in the keys',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(toArn(PROVIDER), web), ...aud(PROVIDER) } })),
    rules: ['irsa-condition-key-format'],
    admits: 'no',
  },
  {
    name: 'another cluster in the keys',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(`${PROVIDER}0`, web), ...aud(`${PROVIDER}0`) } })),
    rules: ['irsa-provider-mismatch'],
    admits: 'no',
  },
  {
    name: 'sts:AssumeRole with a federated principal',
    text: toPolicyText(
      toStatement({ StringEquals: { ...sub(PROVIDER, web), ...aud(PROVIDER) } }, { Action: 'sts:AssumeRole' }),
    ),
    rules: ['irsa-action-wrong'],
    admits: 'no',
  },
  {
    name: 'Statement as an object, lists everywhere',
    text: JSON.stringify({
      Statement: toStatement(
        { StringEquals: { ...sub(PROVIDER, [web]), [`${PROVIDER}:aud`]: ['sts.amazonaws.com'] } },
        { Action: ['sts:AssumeRoleWithWebIdentity'], Principal: { Federated: [toArn(PROVIDER)] } },
      ),
    }),
    rules: [],
    admits: 'yes',
  },
  {
    name: 'EKS Pod Identity beside it',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(PROVIDER, web), ...aud(PROVIDER) } }), {
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    }),
    rules: [],
    admits: 'yes',
  },
  {
    name: 'another role that may take it on beside it',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(PROVIDER, web), ...aud(PROVIDER) } }), {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' },
      Action: 'sts:AssumeRole',
    }),
    rules: [],
    admits: 'yes',
  },
  {
    name: 'an issuer behind a CDN, two of them',
    text: toPolicyText(
      toStatement({ StringEquals: { ...sub(cdn, web), ...aud(cdn) } }, { Principal: { Federated: toArn(cdn) } }),
      toStatement({ StringEquals: { ...sub(PROVIDER, of('shop', 'api')), ...aud(PROVIDER) } }),
    ),
    rules: [],
    admits: 'yes',
  },
  {
    name: 'an audience of its own',
    text: toPolicyText(toStatement({ StringEquals: { ...sub(PROVIDER, web), ...aud(PROVIDER, 'irsa') } })),
    rules: [],
    admits: 'no',
  },
  {
    name: 'China: the audience keeps its name',
    text: toPolicyText(
      toStatement(
        {
          StringEquals: {
            ...sub('oidc.eks.cn-north-1.amazonaws.com.cn/id/A1', web),
            ...aud('oidc.eks.cn-north-1.amazonaws.com.cn/id/A1', 'sts.amazonaws.com.cn'),
          },
        },
        {
          Principal: {
            Federated: 'arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/A1',
          },
        },
      ),
    ),
    rules: ['irsa-audience-invalid'],
    admits: 'no',
  },
  {
    name: 'placeholders of documentation',
    text: toPolicyText(
      toStatement(
        {
          StringEquals: {
            ...sub('oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID', web),
            ...aud('oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID'),
          },
        },
        { Principal: { Federated: 'arn:aws:iam::ACCOUNT_ID:oidc-provider/oidc.eks.REGION.amazonaws.com/id/EXAMPLE' } },
      ),
    ),
    rules: ['irsa-placeholder-left'],
    admits: 'unknown',
  },
  {
    name: 'printf verbs',
    text: toPolicyText(
      toStatement(
        { StringEquals: { ...sub('%s', of('%s', '%s')), ...aud('%s') } },
        { Principal: { Federated: 'arn:aws:iam::%s:oidc-provider/%s' } },
      ),
    ),
    rules: [],
    admits: 'unknown',
  },
  {
    name: 'prefixes and suffixes of operators',
    text: toPolicyText(
      toStatement({ 'ForAllValues:StringEquals': sub(PROVIDER, web), StringEqualsIfExists: aud(PROVIDER) }),
    ),
    rules: ['irsa-for-all-values', 'irsa-if-exists'],
    admits: 'yes',
  },
  {
    name: 'the principal and keys by functions of CloudFormation',
    text: toPolicyText(
      toStatement(
        { StringEquals: { 'Fn::Base64': { 'Fn::Sub': `{"x:sub": "${web}"}` } } },
        { Principal: { Federated: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:oidc-provider/${Oidc}' } } },
      ),
    ),
    rules: [],
    admits: 'unknown',
  },
];

describe('shapes of trust policies', () => {
  test.each(SHAPES)('$name', ({ text, rules, admits }) => {
    expect(rulesOf(text)).toEqual([...rules].sort());
    const [policy] = readAll(text);
    expect(policy).toBeDefined();
    if (!policy?.statements.some(({ issuer }) => issuer === 'kubernetes')) return;
    expect(evaluatePolicy(readFact(text), { namespace: 'shop', name: 'web', audience: 'sts.amazonaws.com' })).toBe(
      admits,
    );
  });
});

describe('CloudFormation in YAML', () => {
  const template = (condition: string, federated: string) => `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal:
              Federated: ${federated}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
${condition}
`;

  test('keys with colons, without quotes', () => {
    const text = template(
      `              StringEquals:\n                ${PROVIDER}:sub: ${web}\n                ${PROVIDER}:aud: sts.amazonaws.com`,
      toArn(PROVIDER),
    );
    expect(rulesOf(text, 'template.yaml')).toEqual([]);
    const [policy] = readAll(text, 'yaml');
    expect(policy?.roleName).toBe('reader');
    expect(
      evaluatePolicy(readFact(text, 'yaml'), { namespace: 'shop', name: 'web', audience: 'sts.amazonaws.com' }),
    ).toBe('yes');
  });

  test.each([
    ['!GetAtt', '!GetAtt Provider.Arn'],
    ['!Ref', '!Ref ProviderArn'],
    ['Fn::GetAtt', '{ "Fn::GetAtt": [Provider, Arn] }'],
    ['!Join', '!Join ["", ["arn:aws:iam::", !Ref "AWS::AccountId", ":oidc-provider/x"]]'],
  ])('a principal by %s is not known', (_, federated) => {
    const text = template(
      `              StringLike:\n                "\${Oidc}:sub": system:serviceaccount:*:web`,
      federated,
    );
    expect(rulesOf(text, 'template.yaml')).toEqual(['irsa-audience-missing', 'irsa-subject-wildcard']);
    expect(evaluatePolicy(readFact(text, 'yaml'), { namespace: 'shop', name: 'web' })).toBe('unknown');
  });

  test('a condition that a function makes is not missing', () => {
    const text = template(`              StringEquals: !Sub '{"x:sub": "${web}"}'`, toArn(PROVIDER));
    expect(rulesOf(text, 'template.yaml')).toEqual([]);
  });

  test('a value by a function is neither near nor malformed', () => {
    const text = template(
      `              StringEquals:\n                ${PROVIDER}:sub: !Ref Subject\n                ${PROVIDER}:aud: !Ref Audience`,
      toArn(PROVIDER),
    );
    expect(rulesOf(text, 'template.yaml')).toEqual([]);
  });
});

describe('other identity providers are left alone', () => {
  test.each([
    ['GitHub', 'token.actions.githubusercontent.com', 'repo:octo/cat:*'],
    ['GitHub Enterprise', 'github.example.com/_services/token', 'repo:octo/cat:*'],
    ['CircleCI', 'oidc.circleci.com/org/0f1e', 'org/0f1e/project/*'],
    ['Terraform Cloud', 'app.terraform.io', 'organization:o:project:p:*'],
    ['GitLab', 'gitlab.com', 'project_path:g/p:*'],
    ['Google', 'accounts.google.com', '1234567890'],
    ['Cognito', 'cognito-identity.amazonaws.com', 'eu-west-1:x'],
    ['GitHub, whatever it calls a subject', 'token.actions.githubusercontent.com', of('p1', 'default')],
  ])('%s', (_, provider, subject) => {
    const federated = provider.startsWith('cognito') ? provider : toArn(provider);
    for (const operator of ['StringLike', 'StringEquals', 'ForAllValues:StringLike', 'ForAnyValue:StringLike']) {
      const text = toPolicyText(
        toStatement({ [operator]: sub(provider, subject) }, { Principal: { Federated: federated } }),
      );
      expect(rulesOf(text)).toEqual([]);
      expect(readAll(text).map(({ statements }) => statements.map(({ issuer }) => issuer))).toEqual([['other']]);
    }
  });

  test('a provider of which nothing is known, too', () => {
    const text = toPolicyText(
      toStatement(
        { StringEquals: { 'login.example.com:aud': 'app' } },
        { Principal: { Federated: toArn('login.example.com') } },
      ),
    );
    expect(rulesOf(text)).toEqual([]);
  });
});

describe('what is no trust policy', () => {
  test.each([
    [
      'a permissions policy',
      JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*' }] }),
    ],
    [
      'a role for a service',
      toPolicyText({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    ],
    ['words in a list', '["Statement", "AssumeRoleWithWebIdentity"]'],
    ['an empty Statement', '{ "Statement": [], "x": "AssumeRoleWithWebIdentity" }'],
    ['a Statement that is a text', '{ "Statement": "AssumeRoleWithWebIdentity" }'],
    ['a Statement of nothing', '{ "Statement": [null, 1, "AssumeRoleWithWebIdentity", []] }'],
    ['broken JSON', '{ "Statement": [{ "Principal": { "Federated": "oidc-provider/x" '],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(readAll(text)).toEqual([]);
    expect(rulesOf(text)).toEqual([]);
  });
});

test('the answer of get-role and of list-roles says whose policies they are', () => {
  const policy = JSON.parse(toPolicyText(toStatement({ StringEquals: sub(PROVIDER, web) })));
  const role = (name: string) => ({
    RoleName: name,
    Arn: `arn:aws:iam::111122223333:role/${name}`,
    AssumeRolePolicyDocument: policy,
  });
  expect(readAll(JSON.stringify({ Role: role('a') })).map(({ roleName }) => roleName)).toEqual(['a']);
  expect(readAll(JSON.stringify({ Roles: [role('a'), role('b')] })).map(({ roleArn }) => roleArn)).toEqual([
    'arn:aws:iam::111122223333:role/a',
    'arn:aws:iam::111122223333:role/b',
  ]);
});

test('aliases and anchors are read, and no bomb of them is followed', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}*l${i}]`);
  const text = `l0: &l0 { Statement: [{ Effect: Allow, Principal: { Federated: "${toArn(PROVIDER)}" }, Action: "sts:AssumeRoleWithWebIdentity" }] }\n${levels.join('\n')}\n`;
  expect(readAll(text, 'yaml')).toHaveLength(1);
});
