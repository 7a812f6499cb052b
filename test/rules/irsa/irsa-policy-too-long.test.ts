import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import type { TrustPolicyFact } from '../../../server/src/model/workspace/topics';
import rule from '../../../server/src/rules/irsa/irsa-policy-too-long';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { openProject } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { applyAll } from '../../harness/prove-fix';
import { PROVIDER, readFact, toArn, toPolicyText, toStatement } from '../../unit/iam/policy';

beforeAll(loadHclGrammar);

const SUB = `${PROVIDER}:sub`;
const AUD = `${PROVIDER}:aud`;
const subject = (name: string) => `system:serviceaccount:shop:${name}`;
const exact = (name: string, changes: Readonly<Record<string, unknown>> = {}) =>
  toStatement({ StringEquals: { [SUB]: subject(name), [AUD]: 'sts.amazonaws.com' } }, changes);

/** The files after the first fix of the only finding; undefined where it has none. */
function fix(files: Readonly<Record<string, string>>) {
  const [found, ...others] = inspect(rule, files);
  const [first] = found?.finding.fixes ?? [];
  expect(others).toEqual([]);
  if (!found || !first) return undefined;
  const edits = toFileEdits(openProject(files), found.finding, first);
  return edits && applyAll(files, edits, first.title);
}

const names = (count: number) => Array.from({ length: count }, (_, n) => `worker-${n}`);

describe('statements that are alike but for one key become one', () => {
  test('in JSON: what is let in stays, Sids and order do not matter, other statements are left', () => {
    const other = toStatement({ StringLike: { [SUB]: subject('job-*') } });
    const text = `${toPolicyText(other, ...names(9).map((name, n) => exact(name, { Sid: `Worker${n}` })))}\n`;
    check(rule, { 'trust.json': text }, 1);
    const [found] = inspect(rule, { 'trust.json': text });
    expect(found?.fixes).toEqual(['Merge 9 statements into one']);
    const after = JSON.parse(fix({ 'trust.json': text })?.['trust.json'] ?? '');
    expect(after.Statement).toEqual([
      other,
      toStatement({ StringEquals: { [SUB]: names(9).map(subject), [AUD]: 'sts.amazonaws.com' } }, { Sid: 'Worker0' }),
    ]);
  });

  test('in CloudFormation: comments and layout of the rest stay', () => {
    const head = `# The workers' role.
Resources:
  Workers:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17" # as ever
        Statement:
`;
    const one = (value: string) => `          - Effect: Allow # the pods
            Principal:
              Federated: ${toArn(PROVIDER)}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                ${SUB}: ${value}
                ${AUD}: sts.amazonaws.com # of STS
`;
    const tail = '      Path: /workers/ # all of them\n';
    const text =
      head +
      names(8)
        .map((name) => one(subject(name)))
        .join('') +
      tail;
    check(rule, { 'role.yaml': text }, 1);
    const list = names(8).map((name) => `\n                  - ${subject(name)}`);
    expect(fix({ 'role.yaml': text })?.['role.yaml']).toBe(head + one(list.join('')).replace(': \n', ':\n') + tail);
  });

  test('in CloudFormation: a comment on a line of its own between statements that go stays', () => {
    const statement = (name: string) => JSON.stringify(exact(name));
    const list = names(8).map((name) => `          - ${statement(name)}\n`);
    const head =
      'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n';
    const text = head + list.join('          # The next one.\n');
    const after = fix({ 'role.yaml': text })?.['role.yaml'];
    expect(after?.match(/# The next one\./g)).toHaveLength(7);
    check(rule, { 'role.yaml': text }, 1);
  });

  test('in a policy document of Terraform', () => {
    const block = (values: string) => `  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"] # the one

    principals {
      type        = "Federated"
      identifiers = ["${toArn(PROVIDER)}"]
    }

    condition {
      test     = "StringEquals"
      variable = "${SUB}"
      values   = [${values}]
    }
    condition {
      test     = "StringEquals"
      variable = "${AUD}"
      values   = ["sts.amazonaws.com"]
    }
  }
`;
    const quoted = names(9).map((name) => `"${subject(name)}"`);
    const head = 'data "aws_iam_policy_document" "trust" {\n';
    const text = `${head}${quoted.map(block).join('\n')}}\n`;
    expect(fix({ 'main.tf': text })?.['main.tf']).toBe(`${head}${block(quoted.join(', '))}}\n`);
    const noted = text.replace('    condition {', '    // Why this one.\n    condition {');
    expect(fix({ 'main.tf': noted })?.['main.tf']).toContain('// Why this one.');
    const lost = text.replace(/(worker-1[\s\S]*?)( {4}condition \{)/, '$1    // Why this one.\n$2');
    expect(fix({ 'main.tf': lost })).toBeUndefined();
  });

  test('in jsonencode', () => {
    const statement = (value: string) => `      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "${toArn(PROVIDER)}" }
        Condition = { StringEquals = { "${SUB}" = ${value}, "${AUD}" = "sts.amazonaws.com" } }
      }`;
    const around = (list: string) => `resource "aws_iam_role" "workers" {
  name               = "workers" # all
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
${list}
    ]
  })
}
`;
    const quoted = names(9).map((name) => `"${subject(name)}"`);
    const text = around(quoted.map(statement).join(',\n'));
    expect(fix({ 'main.tf': text })?.['main.tf']).toBe(around(statement(`[${quoted.join(', ')}]`)));
  });
});

describe('no fix', () => {
  const lintFixes = (...statements: readonly unknown[]) =>
    inspect(rule, { 'trust.json': toPolicyText(...statements) }).map(({ fixes }) => fixes);
  const nine = names(9);

  test.each([
    [
      'another effect, action or condition each',
      (name: string, n: number) => exact(name, { Action: `sts:Assume${n}` }),
    ],
    ['values that are not to be', (name: string) => toStatement({ StringNotEquals: { [SUB]: subject(name) } })],
    [
      'sets of which all have to match',
      (name: string) => toStatement({ 'ForAllValues:StringEquals': { [SUB]: subject(name) } }),
    ],
    ['two keys differ', (name: string) => toStatement({ StringEquals: { [SUB]: subject(name), [AUD]: name } })],
  ])('%s', (_, toOne) => expect(lintFixes(...nine.map(toOne))).toEqual([[]]));

  test('one statement with a list', () => {
    expect(lintFixes(toStatement({ StringEquals: { [SUB]: names(60).map(subject) } }))).toEqual([[]]);
  });

  test('or where the policy stays too long; only with the raised quota it is less grave', () => {
    const long = (count: number) =>
      ['a', 'b'].map((audience) =>
        toStatement({ StringEquals: { [SUB]: names(count).map(subject), [AUD]: audience } }),
      );
    const [found] = inspect(rule, { 'trust.json': toPolicyText(...long(60)) });
    expect(found).toMatchObject({ severity: 'warning', fixes: ['Merge 2 statements into one'] });
    expect(found?.message).toContain('never takes more than 4096.');
    check(rule, { 'trust.json': `${toPolicyText(...long(60))}\n` }, 1);
    expect(inspect(rule, { 'trust.json': toPolicyText(...long(130)) })[0]?.fixes).toEqual([]);
  });
});

const SUBJECTS = [...names(4), 'job-*', '*'].map(subject);
const EQUALS = Array.from({ length: 8 }, () => 'StringEquals');
const OPERATORS = [...EQUALS, 'StringLike', 'StringNotEquals', 'ForAllValues:StringEquals', 'StringEqualsIfExists'];
const ACTION = 'sts:AssumeRoleWithWebIdentity';
const OTHER = `${PROVIDER.slice(0, -1)}1`;
/** Mostly the first, so that much can be merged. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 6 }, { arbitrary: fc.constantFrom(...others), weight: 1 });
const statements = fc.array(
  fc.record({
    operator: fc.constantFrom(...OPERATORS),
    subjects: fc.subarray(SUBJECTS, { minLength: 1, maxLength: 3 }),
    audience: mostly<unknown>('sts.amazonaws.com', 'vault', ['vault', 'sts.amazonaws.com']),
    effect: mostly('Allow', 'Deny'),
    action: mostly<unknown>(ACTION, [ACTION], 'sts:TagSession'),
    provider: mostly(PROVIDER, OTHER),
  }),
  { minLength: 6, maxLength: 9 },
);

/** What a policy says to each of some tokens. */
function judge(fact: TrustPolicyFact): string[] {
  return [PROVIDER, OTHER].flatMap((provider) =>
    ['sts.amazonaws.com', 'vault', 'other'].flatMap((audience) =>
      [...names(5), 'job-1'].flatMap((name) =>
        ['shop', 'blog'].map((namespace) => evaluatePolicy(fact, { provider, audience, namespace, name })),
      ),
    ),
  );
}

test('whatever is merged admits exactly whom it admitted', () => {
  let merged = 0;
  fc.assert(
    fc.property(statements, (list) => {
      const written = list.map(({ operator, subjects, audience, effect, action, provider }) => {
        const keys = { [`${provider}:sub`]: subjects.length === 1 ? subjects[0] : subjects };
        const condition =
          operator === 'StringEquals'
            ? { StringEquals: { ...keys, [`${provider}:aud`]: audience } }
            : { [operator]: keys, StringEquals: { [`${provider}:aud`]: audience } };
        return toStatement(condition, { Effect: effect, Action: action, Principal: { Federated: toArn(provider) } });
      });
      const text = toPolicyText(...written);
      const files = { 'trust.json': text };
      const [found] = inspect(rule, files);
      const first = found?.finding.fixes[0];
      const edits = found && first && toFileEdits(openProject(files), found.finding, first);
      if (!edits) return;
      merged++;
      const after = applyAll(files, edits, first.title)['trust.json'] ?? '';
      expect(after.length).toBeLessThan(text.length);
      expect(judge(readFact(after))).toEqual(judge(readFact(text)));
    }),
    { numRuns: 100, seed: 7 },
  );
  expect(merged).toBeGreaterThan(15);
});
