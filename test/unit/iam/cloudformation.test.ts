import { describe, expect, test } from 'vitest';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import { checkFile, openProject } from '../../harness/lint-text';
import { PROVIDER, readAll, readFact, toArn } from './policy';

const WEB = 'system:serviceaccount:shop:web';
const TOKEN = { namespace: 'shop', name: 'web', audience: 'sts.amazonaws.com' };

/** A template in YAML with a role, of which the statement's lines are given without their indentation. */
function toTemplate(statement: string, name = 'reader', extra = ''): string {
  const lines = statement.trim().replaceAll('\n', '\n            ');
  return `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Oidc: { Type: String }
  Namespace: { Type: String }
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Reader:
    Type: AWS::IAM::Role
    Condition: IsProduction
    Metadata: !Anything { at: !all [1] }
    Properties:
      RoleName: ${name}
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - ${lines}
${extra}`;
}

const statement = (federated: string, subject: string, key = `${PROVIDER}:sub`, audience = 'sts.amazonaws.com') => `
Effect: Allow
Principal:
  Federated: ${federated}
Action: sts:AssumeRoleWithWebIdentity
Condition:
  StringEquals:
    "${key}": ${subject}
    "${PROVIDER}:aud": ${audience}
`;

function rulesOf(text: string, file = 'template.yaml'): string[] {
  const report = checkFile(openProject({ [file]: text }), file);
  expect(report.unchecked).toEqual([]);
  // Some texts here leave Version out, which has a rule and tests of its own.
  const own = report.findings.filter(({ category, rule }) => category === 'irsa' && rule !== 'irsa-policy-version-old');
  return own.map(({ rule }) => rule);
}

const admits = (text: string, language: 'yaml' | 'json' = 'yaml') => evaluatePolicy(readFact(text, language), TOKEN);

describe('values by functions', () => {
  test.each([
    ['!Sub without anything to fill in', toArn(PROVIDER), `!Sub ${WEB}`],
    ['!Sub in quotes', `!Sub '${toArn(PROVIDER)}'`, `!Sub "${WEB}"`],
    ['!Sub with the account', `!Sub "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${PROVIDER}"`, WEB],
    ['Fn::Sub', `{ "Fn::Sub": "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${PROVIDER}" }`, `{ Fn::Sub: "${WEB}" }`],
    ['Fn::Sub on a line of its own', `\n    Fn::Sub: arn:aws:iam::\${AWS::AccountId}:oidc-provider/${PROVIDER}`, WEB],
    ['!Sub with variables', `!Sub ["arn:aws:iam::\${A}:oidc-provider/${PROVIDER}", { A: !Ref B }]`, WEB],
    ['Fn::Sub with variables', `{ "Fn::Sub": ["arn:aws:iam::\${A}:oidc-provider/${PROVIDER}", { A: 1 }] }`, WEB],
    ['a list with functions in it', toArn(PROVIDER), `[!Ref Other, !Sub "${WEB}"]`],
    ['a tag behind a comment', toArn(PROVIDER), `!Sub # the web shop\n      ${WEB}`],
  ])('%s', (_, federated, subject) => {
    const text = toTemplate(statement(federated, subject));
    expect(rulesOf(text)).toEqual([]);
    expect(admits(text)).toBe('yes');
  });

  test.each([
    ['a name that is filled in', toArn(PROVIDER), '!Sub "system:serviceaccount:${Namespace}:web"'],
    ['!Ref', toArn(PROVIDER), '!Ref Subject'],
    ['!Join', toArn(PROVIDER), '!Join [":", [system, serviceaccount, !Ref Namespace, web]]'],
    ['Fn::Join', toArn(PROVIDER), '{ Fn::Join: [":", [system, serviceaccount, shop, web]] }'],
    ['!If', toArn(PROVIDER), `!If [IsProduction, ${WEB}, "system:serviceaccount:test:web"]`],
    ['!FindInMap', toArn(PROVIDER), '!FindInMap [Subjects, !Ref Stage, web]'],
    ['!ImportValue for a principal', '!ImportValue provider-arn', WEB],
    ['!Select for a principal', '!Select [0, !Ref Providers]', WEB],
  ])('%s is not known, and nothing is said of it', (_, federated, subject) => {
    const text = toTemplate(statement(federated, subject));
    expect(rulesOf(text)).toEqual([]);
    expect(admits(text)).toBe('unknown');
  });

  test('a fault in a text under !Sub is found, and mended there', () => {
    const text = toTemplate(statement(toArn(PROVIDER), '!Sub "system:serviceaccounts:shop:web"'));
    expect(rulesOf(text)).toEqual(['irsa-subject-format']);
  });
});

describe('the name of a role', () => {
  test.each([
    ['reader', 'reader'],
    ['!Sub reader', 'reader'],
    ['{ Fn::Sub: reader }', 'reader'],
    ['!Sub "${AWS::StackName}-reader"', undefined],
    ['!Ref Name', undefined],
    ['!Join ["-", [a, b]]', undefined],
  ])('%s', (written, name) => {
    expect(readAll(toTemplate(statement(toArn(PROVIDER), WEB), written), 'yaml')[0]?.roleName).toBe(name);
  });
});

describe('what may not be there', () => {
  const good = statement(toArn(PROVIDER), WEB);
  const inIf = (text: string) =>
    `!If\n  - IsProduction\n  - ${text.trim().replaceAll('\n', '\n    ')}\n  - !Ref AWS::NoValue`;

  test('a statement inside !If is judged, and counts as open', () => {
    expect(rulesOf(toTemplate(inIf(good)))).toEqual([]);
    expect(admits(toTemplate(inIf(good)))).toBe('unknown');
    expect(rulesOf(toTemplate(inIf(good.replace(WEB, 'system:serviceaccount:shop:w*'))))).toEqual([
      'irsa-wildcard-in-string-equals',
    ]);
  });

  test('both ways of Fn::If are read', () => {
    const other = good.replace(WEB, 'system:serviceaccount:stage:web');
    const text = toTemplate(
      `Fn::If:\n  - IsProduction\n  - ${good.trim().replaceAll('\n', '\n    ')}\n  - ${other.trim().replaceAll('\n', '\n    ')}`,
    );
    expect(readAll(text, 'yaml')[0]?.statements).toHaveLength(2);
  });

  test('a condition inside !If is not missing', () => {
    const text = toTemplate(
      `Effect: Allow\nPrincipal: { Federated: "${toArn(PROVIDER)}" }\nAction: sts:AssumeRoleWithWebIdentity\nCondition: !If [IsProduction, { StringEquals: { "${PROVIDER}:sub": "${WEB}" } }, !Ref AWS::NoValue]`,
    );
    expect(rulesOf(text)).toEqual([]);
    expect(admits(text)).toBe('unknown');
  });
});

describe('references that are not filled in', () => {
  const rule = 'irsa-reference-not-substituted';
  const sub = (text: string) => `!Sub "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${text}"`;

  test.each([
    ['a parameter in a key', statement(sub('${Oidc}'), WEB, '${Oidc}:sub')],
    ['a pseudo parameter in a key', statement(sub('x'), WEB, 'oidc.eks.${AWS::Region}.amazonaws.com/id/0F:sub')],
    ['a missing !Sub before a value', statement(toArn(PROVIDER), '"system:serviceaccount:${Namespace}:web"')],
    [
      'a missing !Sub before the principal',
      statement(`"arn:aws:iam::\${AWS::AccountId}:oidc-provider/${PROVIDER}"`, WEB),
    ],
    ['an attribute of a resource', statement(toArn(PROVIDER), '"${Reader.Arn}"')],
  ])('%s', (_, text) => {
    expect(rulesOf(toTemplate(text)).filter((one) => one === rule)).toEqual([rule]);
  });

  test('a key with a tag', () => {
    const text = toTemplate(statement(toArn(PROVIDER), WEB).replace(`"${PROVIDER}:sub"`, `!Sub "${PROVIDER}:sub"`));
    expect(rulesOf(text)).toEqual([rule]);
  });

  test.each([
    [
      'a name of nothing in the template, which another tool fills in',
      statement(sub('${Oidc}'), WEB, '${self:custom.oidc}:sub'),
    ],
    ['a value under !Sub', statement(sub('${Oidc}'), '!Sub "system:serviceaccount:${Namespace}:web"')],
  ])('not %s', (_, text) => {
    expect(rulesOf(toTemplate(text))).not.toContain(rule);
  });

  test('not in JSON text under !Sub, where keys are filled in too', () => {
    const policy = JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::${AWS::AccountId}:oidc-provider/${Oidc}' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { '${Oidc}:sub': WEB, '${Oidc}:aud': 'sts.amazonaws.com' } },
        },
      ],
    });
    const toText = (tag: string) =>
      `Parameters: { Oidc: { Type: String } }\nResources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: ${tag}|\n        ${policy}\n`;
    expect(rulesOf(toText('!Sub '))).toEqual([]);
    expect(new Set(rulesOf(toText('')))).toEqual(new Set([rule]));
  });

  test('not outside of templates', () => {
    expect(rulesOf(JSON.stringify(JSON.parse(JSON.stringify({ Statement: [] }))), 'policy.json')).toEqual([]);
    const alone = `Statement:\n  - ${statement(sub('${Oidc}'), WEB, '${Oidc}:sub').trim().replaceAll('\n', '\n    ')}\n`;
    expect(rulesOf(alone)).not.toContain(rule);
  });

  test('no fix writes a key that is not filled in', () => {
    const text = toTemplate(
      `Effect: Allow\nPrincipal: { Federated: ${sub('oidc.eks.${AWS::Region}.amazonaws.com/id/0F')} }\nAction: sts:AssumeRoleWithWebIdentity`,
    );
    const { findings } = checkFile(openProject({ 'template.yaml': text }), 'template.yaml');
    const irsa = findings.filter(({ category }) => category === 'irsa');
    expect(irsa.map(({ rule: id }) => id)).toContain('irsa-audience-missing');
    expect(irsa.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});

test('long forms in JSON, as tools write them', () => {
  const text = JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'reader',
          AssumeRolePolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Principal: {
                  Federated: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${PROVIDER}` },
                },
                Action: ['sts:AssumeRoleWithWebIdentity'],
                Condition: { StringEquals: { [`${PROVIDER}:sub`]: WEB, [`${PROVIDER}:aud`]: 'sts.amazonaws.com' } },
              },
            ],
          },
        },
      },
    },
  });
  expect(rulesOf(text, 'template.json')).toEqual([]);
  expect(admits(text, 'json')).toBe('yes');
});
