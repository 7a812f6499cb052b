import { beforeAll, describe, expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import { languageOf, openProject } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { account, admittedBy, applyFix, findIn, lintFiles, PROVIDER } from './files';

beforeAll(loadHclGrammar);

const ARN = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`;
const SUBJECT = 'system:serviceaccount:production:s3-reader';
const [SUB, AUD] = [`${PROVIDER}:sub`, `${PROVIDER}:aud`];
const STS = 'sts.amazonaws.com';

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

const head = 'resource "aws_iam_role" "reader" {\n  name = "s3-reader" # its name\n  assume_role_policy = ';

/** Ways of writing a policy with conditions in Terraform that have edits of their own. */
const WAYS: Readonly<Record<string, (conditions: Conditions) => string>> = {
  'a policy document': (conditions) => {
    const blocks = Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(
        ([key, value]) =>
          `    condition { # why\n      test     = "${operator}"\n      variable = "${key}"\n      values   = ["${value}"]\n    }\n`,
      ),
    );
    return `${head}data.aws_iam_policy_document.trust.json\n}\n\ndata "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["${ARN}"]
    }
${blocks.join('')}  }
}
`;
  },
  jsonencode: (conditions) => {
    const operators = Object.entries(conditions).map(([operator, keys]) => {
      const entries = Object.entries(keys).map(([key, value]) => {
        return `          ${/^\w+$/.test(key) ? key : `"${key}"`} = "${value}" # why\n`;
      });
      return `        ${/^\w+$/.test(operator) ? operator : `"${operator}"`} = {\n${entries.join('')}        }\n`;
    });
    return `${head}jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "${ARN}" }
${operators.length === 0 ? '' : `      Condition = {\n${operators.join('')}      }\n`}    }]
  })
}
`;
  },
};

const files = (text: string) => ({ 'a.yaml': account('production', 's3-reader', 's3-reader'), 'main.tf': text });

describe.each(Object.keys(WAYS))('Terraform, %s', (way) => {
  const write = WAYS[way] ?? String;

  test.each<[string, Conditions]>([
    ['irsa-string-like-without-wildcard', { StringLike: { [SUB]: SUBJECT, [AUD]: STS } }],
    ['irsa-case-ignored', { StringEqualsIgnoreCase: { [SUB]: SUBJECT, [AUD]: STS } }],
    ['irsa-if-exists', { StringEqualsIfExists: { [SUB]: SUBJECT, [AUD]: STS } }],
    ['irsa-for-all-values', { 'ForAllValues:StringEquals': { [SUB]: SUBJECT, [AUD]: STS } }],
    ['irsa-subject-wildcard', { StringLike: { [SUB]: 'system:serviceaccount:*', [AUD]: STS } }],
    ['irsa-condition-key-format', { StringEquals: { sub: SUBJECT, aud: STS } }],
  ])('%s: the operator or the keys are renamed, and comments stay', (rule, conditions) => {
    const text = write(conditions);
    const after = applyFix(files(text), rule)['main.tf'] ?? '';
    // A key that was quoted stays so.
    const bare = after.replace('"StringEquals" = {', 'StringEquals = {');
    expect(bare).toBe(write({ StringEquals: { [SUB]: SUBJECT, [AUD]: STS } }));
    expect(lintFiles(files(after), rule)).toEqual([]);
  });

  test('the first condition of a statement', () => {
    const once = applyFix(files(write({})), 'irsa-subject-missing')['main.tf'] ?? '';
    const twice = applyFix(files(once), 'irsa-audience-missing')['main.tf'] ?? '';
    expect(admittedBy(twice, languageOf('main.tf'))).toEqual(['production:s3-reader']);
    expect(twice).toContain('# its name');
  });
});

test('a value that has a name is not written out in another place', () => {
  const named = (WAYS['a policy document']?.({ StringLike: { [SUB]: SUBJECT }, StringEquals: { [AUD]: STS } }) ?? '')
    .replace('production:', '${var.namespace}:')
    .concat('variable "namespace" {\n  default = "production"\n}\n');
  const project = openProject(files(named));
  const fixes = findIn(project, 'main.tf', 'irsa-string-like-without-wildcard').flatMap((finding) =>
    finding.fixes.flatMap((fix) => toFileEdits(project, finding, fix) ?? []),
  );
  expect(fixes).toEqual([]);
});

test('a subject without its namespace, where one account alone has the name', () => {
  const text = WAYS.jsonencode?.({ StringEquals: { [SUB]: 'system:serviceaccount:s3-reader', [AUD]: STS } }) ?? '';
  const after = applyFix(files(text), 'irsa-subject-format')['main.tf'] ?? '';
  expect(after).toContain(`"${SUBJECT}"`);
  const other = { ...files(text), 'b.yaml': account('staging', 's3-reader') };
  expect(lintFiles(other, 'irsa-subject-format')[0]?.fixes).toEqual([]);
});

describe('actions beside the one that counts', () => {
  const withAction = (action: string) =>
    (WAYS.jsonencode?.({ StringEquals: { [SUB]: SUBJECT, [AUD]: STS } }) ?? '').replace(
      '"sts:AssumeRoleWithWebIdentity"',
      action,
    );

  test('one that no bearer of a token can use is noted, and goes', () => {
    const text = withAction('["sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"]');
    expect(lintFiles(files(text), 'irsa-action-wrong')).toMatchObject([{ severity: 'info', text: 'sts:AssumeRole' }]);
    expect(applyFix(files(text), 'irsa-action-wrong')['main.tf']).toBe(withAction('["sts:AssumeRoleWithWebIdentity"]'));
  });

  test.each(['["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]', '"sts:*"', '["sts:AssumeRole*"]'])(
    'silent: %s',
    (action) => expect(lintFiles(files(withAction(action)), 'irsa-action-wrong')).toEqual([]),
  );

  test('silent where another principal may use it', () => {
    const text = withAction('["sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"]').replace(
      '{ Federated =',
      '{ Service = "ec2.amazonaws.com", Federated =',
    );
    expect(lintFiles(files(text), 'irsa-action-wrong')).toEqual([]);
  });
});

test('a key that never holds keeps everybody out, so nobody is said to be let in', () => {
  const text = WAYS.jsonencode?.({ StringEquals: { [`${PROVIDER}:namespace`]: 'production', [AUD]: STS } }) ?? '';
  expect(lintFiles(files(text), 'irsa-subject-missing')).toEqual([]);
  expect(lintFiles(files(text), 'irsa-condition-key-unknown')).toHaveLength(1);
});
