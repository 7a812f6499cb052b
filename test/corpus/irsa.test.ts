import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkFile, openProject } from '../harness/lint-text';
import { loadHclGrammar } from '../harness/load-hcl';

const CORPUS = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const FOLDER = join(CORPUS, 'irsa/shapes');
const isPresent = existsSync(FOLDER);

if (!isPresent) console.warn(`No trust policies at ${FOLDER} (BREAKWATER_CORPUS names their folder): not measured.`);

/**
 * What is to be said of files that others wrote. Several are fragments: they are laid
 * into what they are a fragment of.
 */
interface Judged {
  readonly file: string;
  readonly rules: readonly string[];
  readonly wrap?: (text: string) => string;
}

const JUDGED: readonly Judged[] = [
  { file: '01-hcl-heredoc-issuer-with-scheme.tf', rules: ['irsa-condition-key-format', 'irsa-audience-missing'] },
  { file: '03-hcl-wrong-action-assumerole-federated.tf', rules: ['irsa-action-wrong'], wrap: inRole },
  { file: '05-hcl-policy-document-condition-block.tf', rules: [], wrap: inDocument },
  {
    file: '07-hcl-jsonencode-stringlike-array-star.tf',
    rules: ['irsa-subject-wildcard', 'irsa-audience-missing'],
    wrap: inCondition,
  },
  { file: '09-hcl-mixed-equals-aud-like-sub.tf', rules: [], wrap: inStatement },
  { file: '11-hcl-two-statements-irsa-plus-assumerole.tf', rules: [], wrap: inRole },
  { file: '13-tfmod-iam-role-for-service-accounts-eks.tf', rules: [] },
  { file: '15-tfmod-assumable-role-with-oidc-fully-qualified.tf', rules: [] },
  { file: '17-tf-templatefile-positional.tpl', rules: ['irsa-audience-missing'], wrap: String },
  { file: '19-tpl-key-without-sub-suffix.tpl', rules: [], wrap: String },
  { file: '21-json-irsa-plus-pod-identity.json', rules: [] },
  { file: '23-json-stringequals-with-star.json', rules: ['irsa-wildcard-in-string-equals'] },
  { file: '25-json-any-namespace-default-sa.json', rules: ['irsa-audience-missing', 'irsa-subject-wildcard'] },
  { file: '27-cfn-yaml-plain-keys-emr.yaml', rules: ['irsa-subject-wildcard', 'irsa-audience-missing'] },
  {
    file: '29-cfn-key-not-substituted.yaml',
    rules: ['irsa-audience-missing', 'irsa-reference-not-substituted'],
    wrap: inTemplate,
  },
  { file: '31-cfn-base64-sub-hack.yaml', rules: [], wrap: inTemplate },
];

const OPEN = 'Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = aws_oidc.eks.arn }';

function inRole(text: string): string {
  return `resource "aws_iam_role" "r" {\nassume_role_policy = jsonencode({\n${text}\n})\n}\n`;
}

function inStatement(text: string): string {
  return inRole(`Statement = [{ ${OPEN},\n${text}\n}]`);
}

function inCondition(text: string): string {
  return inStatement(`Condition = {\n${text}\n}`);
}

function inDocument(text: string): string {
  return `data "aws_iam_policy_document" "d" {\nstatement {\nactions = ["sts:AssumeRoleWithWebIdentity"]\nprincipals {\ntype = "Federated"\nidentifiers = [aws_oidc.eks.arn]\n}\n${text}\n}\n}\n`;
}

function inTemplate(text: string): string {
  const principal = text.includes('Principal:')
    ? ''
    : '            Principal: { Federated: !Ref Arn }\n            Action: sts:AssumeRoleWithWebIdentity\n';
  return `Parameters:\n  EKS_OIDC: { Type: String }\nResources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n          - Effect: Allow\n${principal}${text.trimEnd().replaceAll(/^/gm, '            ')}\n`;
}

/** Files of languages that are not read; what is in them is read as whatever language without a throw. */
const UNREAD = ['33-sh-default-in-subject.sh', '35-cdk-cfnjson.ts', '37-go-template-cloudfront-issuer.tpl'];

// Parts that a fragment leaves out, and words of documentation, are no matter of its shape.
const ASIDE = new Set(['irsa-policy-version-old', 'irsa-placeholder-left']);

describe.skipIf(!isPresent)('trust policies that others wrote', () => {
  beforeAll(loadHclGrammar);

  test('all that are indexed are judged or read', () => {
    const index: readonly { readonly file: string }[] = JSON.parse(readFileSync(join(FOLDER, 'INDEX.json'), 'utf8'));
    const known = new Set([...JUDGED.map(({ file }) => file), ...UNREAD]);
    expect(index.map(({ file }) => file).filter((file) => !known.has(file))).toEqual([]);
  });

  test.each(JUDGED)('$file', ({ file, rules, wrap }) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const name = file.replace(/\.tpl$/, '.json');
    const report = checkFile(openProject({ [name]: wrap ? wrap(text) : text }), name);
    const found = report.findings.filter(({ category, rule }) => category === 'irsa' && !ASIDE.has(rule));
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual([...rules].sort());
  });

  test.each(UNREAD)('%s is read as whatever language without a throw', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    for (const name of ['a.yaml', 'a.json', 'a.tf', 'a.tf.json']) checkFile(openProject({ [name]: text }), name);
  });
});
