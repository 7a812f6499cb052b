import { beforeAll, describe, expect, test } from 'vitest';
import { loadHclGrammar } from '../../harness/load-hcl';
import { readAll } from '../../unit/iam/policy';
import { account, admittedBy, applyFix, lintFiles, PROVIDER } from './files';

beforeAll(loadHclGrammar);

const reader = account('production', 's3-reader', 's3-reader');
const ARN = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`;
const SUBJECT = 'system:serviceaccount:production:s3-reader';

interface Parts {
  readonly subject?: string;
  readonly audience?: string;
  readonly action?: string;
  readonly test?: string;
  readonly key?: string;
}

/** Ways of writing the trust policy of the role `s3-reader`, each with a comment on every line that could lose one. */
const WAYS: Readonly<Record<string, (parts: Parts) => string>> = {
  aws_iam_policy_document: ({ subject = SUBJECT, audience, action, test: operator = 'StringEquals', key }) => `
resource "aws_iam_role" "reader" {
  name               = "s3-reader" # its name
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["${action ?? 'sts:AssumeRoleWithWebIdentity'}"] // the action

    principals {
      type        = "Federated"
      identifiers = ["${ARN}"]
    }

    condition {
      test     = "${operator}" # how
      variable = "${key ?? `${PROVIDER}:sub`}"
      values   = ["${subject}"] # who
    }
    condition {
      test     = "StringEquals"
      variable = "${PROVIDER}:aud"
      values   = ["${audience ?? 'sts.amazonaws.com'}"]
    }
  }
}
`,
  jsonencode: ({ subject = SUBJECT, audience, action, test: operator = 'StringEquals', key }) => `
locals { name = "s3-reader" }
resource "aws_iam_role" "reader" {
  name = local.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow" # comment
      Principal = { Federated = "${ARN}" }
      Action    = "${action ?? 'sts:AssumeRoleWithWebIdentity'}"
      Condition = {
        ${operator} = { "${key ?? `${PROVIDER}:sub`}" = "${subject}" } # who
        "ForAnyValue:StringEquals" : { "${PROVIDER}:aud" : "${audience ?? 'sts.amazonaws.com'}" }
      }
    }]
  })
}
`,
  'a here-document': ({ subject = SUBJECT, audience, action, test: operator = 'StringEquals', key }) => `
resource "aws_iam_role" "reader" {
  name = "s3-reader"
  # the policy
  assume_role_policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": { "Federated": "arn:aws:iam::\${data.aws_caller_identity.me["x"].account_id}:oidc-provider/${PROVIDER}" },
        "Action": "${action ?? 'sts:AssumeRoleWithWebIdentity'}",
        "Condition": {
          "${operator}": { "${key ?? `${PROVIDER}:sub`}": "${subject}" },
          "ForAnyValue:StringEquals": { "${PROVIDER}:aud": "${audience ?? 'sts.amazonaws.com'}" }
        }
      }]
    }
  POLICY
}
`,
};

describe.each(Object.keys(WAYS))('a trust policy by %s', (way) => {
  const write = WAYS[way] ?? String;

  test('is read with the name of its role, and admits whom it should', () => {
    const text = write({});
    expect(readAll(text, 'hcl').map(({ roleName }) => roleName)).toEqual(['s3-reader']);
    expect(admittedBy(text, 'hcl')).toEqual(['production:s3-reader']);
    const files = { 'account.yaml': reader, 'main.tf': text };
    for (const rule of ['irsa-subject-mismatch', 'irsa-role-not-admitting', 'irsa-audience-missing']) {
      expect(lintFiles(files, rule)).toEqual([]);
    }
  });

  test.each<[string, Parts, string]>([
    ['irsa-subject-mismatch', { subject: 'system:serviceaccount:production:s3-raeder' }, 'production:s3-raeder'],
    ['irsa-subject-format', { subject: 'production/s3-reader' }, 'production/s3-reader'],
    ['irsa-wildcard-in-string-equals', { subject: 'system:serviceaccount:production:s3-*' }, 's3-*'],
    ['irsa-audience-invalid', { audience: 'sts.eu-west-1.amazonaws.com' }, 'sts.eu-west-1.amazonaws.com'],
    ['irsa-action-wrong', { action: 'sts:AssumeRole' }, 'sts:AssumeRole'],
    ['irsa-if-exists', { test: 'StringEqualsIfExists' }, 'StringEqualsIfExists'],
    ['irsa-condition-key-format', { key: `https://${PROVIDER}:sub` }, `https://${PROVIDER}:sub`],
  ])('%s is found, underlined and mended in its place', (rule, parts, underlined) => {
    const text = write(parts);
    const files = { 'account.yaml': reader, 'main.tf': text };
    const [found] = lintFiles(files, rule);
    expect(found?.text.replaceAll('"', '')).toContain(underlined);
    // Beside its brothers of the same operator, or as a bare word, an operator is not changed.
    if (rule === 'irsa-if-exists' && way !== 'a here-document') return;
    const fixed = applyFix(files, rule);
    expect(lintFiles(fixed, rule)).toEqual([]);
    expect(fixed['account.yaml']).toBe(reader);
    expect(admittedBy(fixed['main.tf'] ?? '', 'hcl')).toEqual(['production:s3-reader']);
    expect(fixed['main.tf']).toBe(write({}));
  });

  test('the account side finds it, adds the subject and keeps comments', () => {
    const text = write({ subject: 'system:serviceaccount:production:s3-writer' });
    const files = { 'account.yaml': reader, 'main.tf': text };
    const fixed = applyFix(files, 'irsa-role-not-admitting', /^Add/)['main.tf'] ?? '';
    expect(admittedBy(fixed, 'hcl')).toEqual(['production:s3-reader', 'production:s3-writer']);
    for (const comment of text.match(/(#|\/\/ ).*/g) ?? []) expect(fixed).toContain(comment);
  });
});

describe('a missing audience', () => {
  const rule = 'irsa-audience-missing';
  const condition = '"${replace(aws_iam_openid_connect_provider.eks.url, "https://", "")}:sub"';

  test('becomes a further condition block, with the provider as the subject has it', () => {
    const text = `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.eks.arn]
    }
    condition {
      test     = "StringEquals"
      variable = ${condition}
      values   = ["${SUBJECT}"]
    }
  }
}
`;
    const fixed = applyFix({ 'main.tf': text }, rule)['main.tf'] ?? '';
    expect(fixed).toContain(`variable = ${condition.replace(':sub', ':aud')}\n      values   = ["sts.amazonaws.com"]`);
    expect(lintFiles({ 'main.tf': fixed }, rule)).toEqual([]);
    expect(fixed.replace(/\n {4}condition \{\n[^}]*\}[^}]*:aud[^}]*\}/, '')).toBe(text);
  });

  test('becomes a further key in an object and in a here-document', () => {
    for (const [open, equals, close] of [
      ['jsonencode(', ' = ', ')'],
      ['<<EOF\n', ': ', '\nEOF'],
    ] as const) {
      const policy = `{ "Statement"${equals}[{ "Effect"${equals}"Allow", "Principal"${equals}{ "Federated"${equals}"\${x.arn}" }, "Action"${equals}"sts:AssumeRoleWithWebIdentity", "Condition"${equals}{ "StringEquals"${equals}{ ${condition}${equals}"${SUBJECT}" } } }] }`;
      const text = `resource "aws_iam_role" "r" {\n  assume_role_policy = ${open}${policy}${close}\n}\n`;
      const fixed = applyFix({ 'main.tf': text }, rule)['main.tf'] ?? '';
      expect(fixed).toContain(condition.replace(':sub', ':aud'));
      expect(lintFiles({ 'main.tf': fixed }, rule)).toEqual([]);
    }
  });
});

describe('inputs of modules for roles', () => {
  const eks = (accounts: string, more = '') => `module "irsa" {
  source    = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  role_name = "s3-reader"
  ${more}
  oidc_providers = {
    main = { provider_arn = module.eks.oidc_provider_arn, namespace_service_accounts = [${accounts}] } # who
  }
}
`;
  const found = (text: string, rule: string) => lintFiles({ 'account.yaml': reader, 'main.tf': text }, rule);

  test('namespace_service_accounts are subjects', () => {
    expect(found(eks('"production:s3-reader"'), 'irsa-role-not-admitting')).toEqual([]);
    expect(found(eks('"production:log-shipper"'), 'irsa-role-not-admitting')).toHaveLength(1);
    const files = { 'account.yaml': reader, 'main.tf': eks('"kube-system:x", "production:s3-raeder"') };
    expect(lintFiles(files, 'irsa-subject-mismatch').map(({ text }) => text)).toEqual(['production:s3-raeder']);
    expect(applyFix(files, 'irsa-subject-mismatch')['main.tf']).toBe(eks('"kube-system:x", "production:s3-reader"'));
  });

  test('patterns need the test for patterns', () => {
    expect(found(eks('"production:s3-*"'), 'irsa-wildcard-in-string-equals')).toHaveLength(1);
    const text = eks('"production:s3-*"', 'assume_role_condition_test = "StringLike"');
    expect(found(text, 'irsa-wildcard-in-string-equals')).toEqual([]);
    expect(found(text, 'irsa-role-not-admitting')).toEqual([]);
    expect(found(text, 'irsa-subject-wildcard')).toHaveLength(1);
  });

  test.each(['"${var.namespace}:s3-reader"', 'var.account', '"production:${local.unknown}"'])(
    '%s is not known',
    (one) => {
      for (const rule of ['irsa-subject-format', 'irsa-subject-mismatch', 'irsa-role-not-admitting']) {
        expect(found(eks(one), rule)).toEqual([]);
      }
    },
  );

  const oidc = (input: string) => `module "role" {
  role_name    = "s3-reader"
  provider_url = replace(module.eks.cluster_oidc_issuer_url, "https://", "")
  ${input}
}
`;

  test('subjects, exact and by pattern', () => {
    expect(found(oidc(`oidc_fully_qualified_subjects = ["${SUBJECT}"]`), 'irsa-role-not-admitting')).toEqual([]);
    const wide = oidc('oidc_subjects_with_wildcards = ["system:serviceaccount:*:s3-reader"]');
    expect(found(wide, 'irsa-subject-wildcard')).toHaveLength(1);
    const wrong = oidc('oidc_fully_qualified_subjects = ["system:serviceaccount:production:s3-raeder"]');
    const fixed = applyFix({ 'account.yaml': reader, 'main.tf': wrong }, 'irsa-subject-mismatch')['main.tf'];
    expect(fixed).toBe(wrong.replace('raeder', 'reader'));
  });
});

describe('what is not known', () => {
  test('a statement that a dynamic block makes counts as open', () => {
    const text = `# oidc-provider
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = var.all
    content {
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = ["${ARN}"]
      }
      condition {
        test     = var.test
        variable = "${PROVIDER}:sub"
        values   = [statement.value]
      }
    }
  }
}
`;
    expect(readAll(text, 'hcl')[0]?.statements.map(({ isConditional }) => isConditional)).toEqual([true]);
    expect(lintFiles({ 'main.tf': text }, 'irsa-subject-missing')).toEqual([]);
  });

  test('a condition that a dynamic block makes is not missing', () => {
    const text =
      WAYS.aws_iam_policy_document?.({})
        .replace(/condition \{/g, 'dynamic "condition" {\n content {')
        .replace(/\] # who\n {4}\}/, '] }}')
        .replace(/\["sts.amazonaws.com"\]\n {4}\}/, '["x"] }}') ?? '';
    expect(readAll(text, 'hcl')[0]?.statements[0]?.areConditionsKnown).toBe(false);
    for (const rule of ['irsa-subject-missing', 'irsa-audience-missing']) {
      expect(lintFiles({ 'main.tf': text }, rule)).toEqual([]);
    }
  });

  test('a text with something computed in it is not written over', () => {
    const text = `locals { name = "s3-raeder" }\n${WAYS.jsonencode?.({ subject: 'system:serviceaccount:production:${local.who}' }).replace('name = "s3-reader"', 'who = "s3-raeder"').replace('local.name', '"s3-reader"')}`;
    const files = { 'account.yaml': reader, 'main.tf': text };
    expect(lintFiles(files, 'irsa-subject-mismatch')).toHaveLength(1);
    expect(() => applyFix(files, 'irsa-subject-mismatch')).toThrow('no finding');
  });
});
