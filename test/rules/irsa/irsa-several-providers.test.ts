import { beforeAll, describe, expect, test } from 'vitest';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import rule from '../../../server/src/rules/irsa/irsa-several-providers';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { languageOf } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { PROVIDER as A, readFact, toArn, toPolicyText, toStatement } from '../../unit/iam/policy';
import { applyFix } from './files';

beforeAll(loadHclGrammar);

const B = 'oidc.eks.eu-central-1.amazonaws.com/id/C0FFEE00C0FFEE00C0FFEE00C0FFEE00';
const CLUSTERS = { A, B, C: A.replace(/..$/, 'CC') };
const [WEB, API] = ['system:serviceaccount:shop:web', 'system:serviceaccount:shop:api'];
const STS = 'sts.amazonaws.com';
const toBoth = (condition: unknown, ...providers: readonly string[]) =>
  toStatement(condition, { Sid: 'Both', Principal: { Federated: [A, B, ...providers].map(toArn) } });

/** Which pods of which clusters a policy lets in. */
function admitted(text: string, file = 'trust.json'): string[] {
  const fact = readFact(text, languageOf(file));
  return Object.entries(CLUSTERS).flatMap(([cluster, provider]) =>
    ['web', 'api', 'job'].flatMap((name) =>
      ['sts.amazonaws.com', 'vault'].flatMap((audience) => {
        const verdict = evaluatePolicy(fact, { provider, namespace: 'shop', name, audience });
        return verdict === 'yes' ? [`${name} of ${cluster}${audience === STS ? '' : ' for vault'}`] : [];
      }),
    ),
  );
}

/** A file after the fix of the first finding. */
const fixed = (text: string, file = 'trust.json') => applyFix({ [file]: text }, rule.id)[file] ?? '';
const titles = (...statements: readonly unknown[]) => [
  ...new Set(inspect(rule, { 'trust.json': toPolicyText(...statements) }).flatMap(({ fixes }) => fixes)),
];

describe('a statement for each cluster', () => {
  test('with its own keys', () => {
    const text = `${toPolicyText(
      toBoth({ StringEquals: { [`${A}:sub`]: WEB, [`${A}:aud`]: STS, [`${B}:sub`]: API, [`${B}:aud`]: STS } }),
    )}\n`;
    check(rule, { 'trust.json': text }, 2);
    expect(titles(...JSON.parse(text).Statement)).toEqual(['Write a statement for each of the 2 clusters']);
    expect(admitted(text)).toEqual([]);
    expect(admitted(fixed(text))).toEqual(['web of A', 'api of B']);
    expect(JSON.parse(fixed(text)).Statement.map(({ Sid }: { Sid?: string }) => Sid)).toEqual(['Both', undefined]);
  });

  test('with the accounts of the one that has keys, where all others have none', () => {
    const text = `${toPolicyText(
      toBoth({
        'ForAnyValue:StringEquals': { [`${B}:sub`]: [WEB, API] },
        StringEquals: { [`${B}:aud`]: STS, 'aws:RequestedRegion': 'eu-west-1' },
      }),
    )}\n`;
    check(rule, { 'trust.json': text }, 1);
    expect(titles(...JSON.parse(text).Statement)).toEqual([
      'Write a statement for each of the 2 clusters, with the same accounts',
    ]);
    const {
      Statement: [first, second],
    } = JSON.parse(fixed(text));
    expect(first.Principal.Federated).toEqual([toArn(B)]);
    expect(second.Condition).toEqual({
      'ForAnyValue:StringEquals': { [`${A}:sub`]: [WEB, API] },
      StringEquals: { [`${A}:aud`]: STS, 'aws:RequestedRegion': 'eu-west-1' },
    });
  });

  test('of three, with an audience where none is asked for', () => {
    const text = toPolicyText(toBoth({ StringEquals: { [`${A}:sub`]: WEB, [`${B}:sub`]: WEB } }, CLUSTERS.C));
    expect(admitted(fixed(text))).toEqual(['web of A', 'web of B', 'web of C']);
  });

  test('in CloudFormation, with its functions', () => {
    const text = `Resources:
  Web:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          # Both clusters.
          - Effect: Allow
            Principal:
              Federated:
                - !Sub "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${A}" # blue
                - !Sub "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${B}"
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                ${A}:sub: ${WEB} # ours
                ${A}:aud: ${STS}
      Path: /web/ # all
`;
    check(rule, { 'role.yaml': text }, 1);
    const after = fixed(text, 'role.yaml');
    expect(admitted(after, 'role.yaml')).toEqual(['web of A', 'web of B']);
    expect(after).toContain(`Fn::Sub: arn:aws:iam::\${AWS::AccountId}:oidc-provider/${B}`);
    for (const comment of ['# Both clusters.', '# blue', '# ours', '# all']) expect(after).toContain(comment);
  });

  test('in JSON inside of an object of Crossplane', () => {
    const policy = toPolicyText(toBoth({ StringEquals: { [`${A}:sub`]: WEB, [`${A}:aud`]: STS } }));
    const text = `apiVersion: iam.aws.upbound.io/v1beta1
kind: Role
metadata:
  name: web
spec:
  forProvider:
    assumeRolePolicy: |
      ${policy.replaceAll('\n', '\n      ')}
`;
    check(rule, { 'role.yaml': text }, 1);
    expect(admitted(fixed(text, 'role.yaml'), 'role.yaml')).toEqual(['web of A', 'web of B']);
  });

  test('in a policy document of Terraform', () => {
    const condition = (variable: string, value: string) => `
    condition {
      test     = "StringEquals"
      variable = "${variable}"
      values   = ["${value}"]
    }
`;
    const document = (statements: readonly string[]) =>
      `data "aws_iam_policy_document" "trust" {\n${statements.join('\n')}}\n`;
    const statement = (arns: readonly string[], conditions: string) => `  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [${arns.map((arn) => `"${toArn(arn)}"`).join(', ')}]
    }
${conditions}  }
`;
    const ofA = condition(`${A}:sub`, WEB) + condition(`${A}:aud`, STS);
    const ofB = condition(`${B}:sub`, API) + condition(`${B}:aud`, STS);
    const text = document([statement([A, B], ofA + ofB)]);
    expect(fixed(text, 'main.tf')).toBe(document([statement([A], ofA), statement([B], ofB)]));
  });

  test('in jsonencode, on several lines and on one', () => {
    const lines = `resource "aws_iam_role" "web" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = ["${toArn(A)}", "${toArn(B)}"] }
        Condition = {
          StringEquals = {
            "${A}:sub" = "${WEB}" # ours
            "${A}:aud" = "${STS}"
            "${B}:sub" = "${API}"
            "${B}:aud" = "${STS}"
          }
        }
      }
    ]
  })
}
`;
    const after = fixed(lines, 'main.tf');
    expect(admitted(after, 'main.tf')).toEqual(['web of A', 'api of B']);
    expect(after.split('\n').filter((line) => lines.split('\n').includes(line))).toContain(
      `            "${A}:sub" = "${WEB}" # ours`,
    );
    expect(after).toContain(`\n      },\n      {\n        Effect = "Allow"\n`);
    const inline = lines.replace(
      /Condition = \{[\s\S]*\}\n {6}\}/,
      `Condition = { StringEquals = { "${A}:sub" = "${WEB}", "${A}:aud" = "${STS}", "${B}:sub" = "${API}", "${B}:aud" = "${STS}" } }\n      }`,
    );
    expect(inline).not.toBe(lines);
    expect(admitted(fixed(inline, 'main.tf'), 'main.tf')).toEqual(['web of A', 'api of B']);
  });
});

test.each([
  ['a key is of a provider that is not trusted', { StringEquals: { [`${A}:sub`]: WEB, [`${CLUSTERS.C}:sub`]: WEB } }],
  ['no accounts are named', { StringEquals: { [`${A}:aud`]: STS } }],
  ['a key is of no provider', { StringEquals: { [`${A}:sub`]: WEB, sub: WEB } }],
])('no fix where %s', (_, condition) => expect(titles(toBoth(condition))).toEqual([]));

test('no fix where it is not known which accounts a third cluster is to admit, or the statement stands in no list', () => {
  const differing = { StringEquals: { [`${A}:sub`]: WEB, [`${B}:sub`]: API } };
  expect(titles(toBoth(differing, CLUSTERS.C))).toEqual([]);
  expect(titles(toBoth(differing))).toHaveLength(1);
  const [found] = inspect(rule, { 'trust.json': JSON.stringify({ Statement: toBoth(differing) }) });
  expect(found?.fixes).toEqual([]);
});
