import { beforeAll, describe, expect, test } from 'vitest';
import { loadHclGrammar } from '../../harness/load-hcl';
import { account, applyFix, lintFiles, PROVIDER, subjectOf } from './files';

beforeAll(loadHclGrammar);

const SUBJECT = subjectOf('production', 'default');
const ARN = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`;

/** A role with the expressions of its subject and of its provider, and what stands before it. */
const role = (subject: string, before = '', arn = `"${ARN}"`) => `${before}resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = ${arn} }
      Condition = { StringEquals = {
        "${PROVIDER}:sub" = ${subject}
        "${PROVIDER}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}
`;
const local = (value: string) => `locals {\n  it = ${value}\n}\n`;
const variable = (value: string) => `variable "it" {\n  default = ${value}\n}\n`;
const text = (lines: string, opening = '<<EOT') => `${opening}\n${lines}\nEOT`;

const rulesOf = (files: Readonly<Record<string, string>>, rule: string) =>
  lintFiles(files, rule).map((one) => one.text);
const admitted = (main: string) => rulesOf({ 'main.tf': main }, 'irsa-default-subject');

describe('a text in a here-document', () => {
  test.each([
    ['a local', role('chomp(local.it)', local(text(SUBJECT)))],
    ['a local, indented', role('trimspace(local.it)', local(`<<-EOT\n    ${SUBJECT}\n    EOT`))],
    ['a default', role('chomp(var.it)', variable(text(SUBJECT)))],
    ['a part of a subject', role('"system:serviceaccount:${chomp(local.it)}:default"', local(text('production')))],
    [
      'a part of one, by a function at its definition',
      role('"system:serviceaccount:${local.it}:default"', local(`chomp(${text('production')}\n)`)),
    ],
    ['the subject itself', role(`chomp(${text(SUBJECT)}\n        )`)],
    [
      'with a name in it',
      role('chomp(local.it)', `${variable('"production"')}${local(text('system:serviceaccount:${var.it}:default'))}`),
    ],
  ])('is known: %s', (_, main) => expect(admitted(main)).toHaveLength(1));

  test.each([
    [
      'what its name stands for is not',
      role('chomp(local.it)', local(text('system:serviceaccount:${var.it}:default'))),
    ],
    [
      'of another resource',
      role('chomp(local.it)', local(text('system:serviceaccount:${kubernetes_namespace.it.id}:default'))),
    ],
    [
      'a directive',
      role('chomp(local.it)', local(text('system:serviceaccount:%{ if var.a }a%{ else }b%{ endif }:default'))),
    ],
    ['a function that is not known', role('replace(local.it, "a", "b")', local(text(SUBJECT)))],
  ])('is not known where %s', (_, main) => {
    for (const rule of ['irsa-default-subject', 'irsa-subject-format'])
      expect(rulesOf({ 'main.tf': main }, rule)).toEqual([]);
  });

  test('ends with a line break, which no token has; what is written in quotes instead has none', () => {
    const wrong = { 'main.tf': role(text(SUBJECT)) };
    const [found, ...others] = lintFiles(wrong, 'irsa-subject-format');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ text: SUBJECT, message: expect.stringContaining('there is a line break in it') });
    expect(admitted(wrong['main.tf'])).toEqual([]);
    expect(applyFix(wrong, 'irsa-subject-format')['main.tf']).toBe(role(`"${SUBJECT}"`));
    expect(rulesOf({ 'main.tf': role('local.it', local(text(SUBJECT))) }, 'irsa-subject-format')).toHaveLength(1);
    const inner = role('"system:serviceaccount:${local.it}:default"', local(text('production')));
    expect([admitted(inner).length, rulesOf({ 'main.tf': inner }, 'irsa-subject-format').length]).toEqual([0, 1]);
  });

  test('by <<- loses the indentation that its lines share, and no more', () => {
    const shared = (lines: string) => role('chomp(local.it)', local(`<<-EOT\n${lines}\n    EOT`));
    expect(admitted(shared(`      ${SUBJECT}`))).toHaveLength(1);
    expect(admitted(role('chomp(local.it)', local(text(`  ${SUBJECT}`))))).toEqual([]);
    expect(rulesOf({ 'main.tf': shared(`      ${SUBJECT}\n    b`) }, 'irsa-subject-format')).toHaveLength(1);
  });

  test('in another file of the module, and with CRLF', () => {
    const files = { 'main.tf': role('chomp(local.it)'), 'locals.tf': local(text(SUBJECT)) };
    expect(rulesOf(files, 'irsa-default-subject')).toEqual(['local.it']);
    const windows = Object.fromEntries(
      Object.entries(files).map(([name, own]) => [name, own.replaceAll('\n', '\r\n')]),
    );
    expect(rulesOf(windows, 'irsa-default-subject')).toEqual(['local.it']);
  });

  test('of an ARN: what it says of the provider', () => {
    const wrong = text(ARN.replace('oidc-provider', 'oidc'));
    expect(
      rulesOf({ 'main.tf': role(`"${SUBJECT}"`, '', `chomp(${wrong}\n)`) }, 'irsa-provider-arn-invalid'),
    ).toHaveLength(1);
    expect(
      rulesOf({ 'main.tf': role(`"${SUBJECT}"`, '', `chomp(${text(ARN)}\n)`) }, 'irsa-provider-arn-invalid'),
    ).toEqual([]);
  });
});

describe('names in a policy that is a here-document', () => {
  const NAMES = `locals {\n  oidc = "${PROVIDER}"\n  team = "production"\n}\n`;
  const policy = (
    subject = 'system:serviceaccount:${local.team}:s3-raeder',
    more = '',
    names = NAMES,
  ) => `${names}resource "aws_iam_role" "reader" {
  name               = "s3-reader"
  assume_role_policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/\${local.oidc}" },
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {
            "StringEquals": {
              "\${local.oidc}:sub": "${subject}"${more}
            }
          }
        }
      ]
    }
  POLICY
}
`;
  const AUDIENCE = ',\n              "${local.oidc}:aud": "sts.amazonaws.com"';
  const reader = account('production', 's3-reader', 's3-reader');

  test('are known, and each finding is where it is written', () => {
    const files = { 'main.tf': policy(), 'a.yaml': reader };
    expect(rulesOf(files, 'irsa-role-not-admitting')).toHaveLength(1);
    expect(rulesOf(files, 'irsa-subject-mismatch')).toEqual(['system:serviceaccount:${local.team}:s3-raeder']);
    expect(rulesOf({ ...files, 'main.tf': policy(undefined, '', '') }, 'irsa-subject-mismatch')).toEqual([]);
    const right = { ...files, 'main.tf': policy('system:serviceaccount:${local.team}:s3-reader') };
    expect(rulesOf(right, 'irsa-role-not-admitting')).toEqual([]);
  });

  test('stay in what a fix writes', () => {
    const fixed = applyFix({ 'main.tf': policy() }, 'irsa-audience-missing')['main.tf'];
    expect(fixed).toBe(policy(undefined, AUDIENCE));
  });

  test('stay beside what a fix changes; one that would write a name out does nothing there', () => {
    const files = { 'main.tf': policy(), 'a.yaml': reader };
    const change = /^Change the subject/;
    const right = policy('system:serviceaccount:${local.team}:s3-reader');
    expect(applyFix(files, 'irsa-subject-mismatch', change)['main.tf']).toBe(right);
    const elsewhere = { ...files, 'main.tf': right.replace('"production"', '"produktion"') };
    expect(lintFiles(elsewhere, 'irsa-subject-mismatch')).toHaveLength(1);
    expect(() => applyFix(elsewhere, 'irsa-subject-mismatch', change)).toThrow();
    const literal = policy('system:serviceaccount:production:s3-raeder');
    const fixed = applyFix({ ...files, 'main.tf': literal }, 'irsa-subject-mismatch', change);
    expect(fixed['main.tf']).toBe(literal.replace('raeder', 'reader'));
  });
});
