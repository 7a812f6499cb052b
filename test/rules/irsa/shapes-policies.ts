import { toTrustPolicyExample } from '../../../server/src/rules/irsa/_examples';
import { PROVIDER } from './files';
import {
  ARN,
  EXACT,
  hcl,
  heredoc,
  inIssuer,
  json,
  like,
  module,
  pair,
  role,
  type Shape,
  STRIPPED,
  SUBJECT,
} from './shape-parts';

/** The numbers 1 to 26: policies by themselves and in Terraform. */
export const POLICIES: readonly Shape[] = [
  json(1, 'as the documentation has it', EXACT, [], 'yes'),
  json(
    2,
    'only a subject, an issuer of kops, a partition of its own',
    inIssuer(
      toTrustPolicyExample(`{ "StringEquals": { "PROVIDER:sub": "${SUBJECT}" } }`),
      'discovery.example.com/minimal.example.com',
    ).replace('arn:aws:', 'arn:aws-test:'),
    ['irsa-audience-missing'],
    'yes',
  ),
  json(
    3,
    'a pattern for the namespace',
    like('"system:serviceaccount:prod*:s3-reader"', ''),
    ['irsa-audience-missing', 'irsa-subject-wildcard'],
    'yes',
  ),
  json(
    4,
    'a list of patterns',
    like('["system:serviceaccount:staging:*", "system:serviceaccount:production:*"]'),
    ['irsa-subject-wildcard'],
    'yes',
  ),
  json(
    5,
    'a pattern for the end of a name, the audience under StringLike too',
    toTrustPolicyExample(
      '{ "StringLike": { "PROVIDER:sub": "system:serviceaccount:production:s3-*", "PROVIDER:aud": "sts.amazonaws.com" } }',
    ),
    ['irsa-subject-wildcard'],
    'yes',
  ),
  json(
    6,
    'a list of exact subjects',
    EXACT.replace(`"${SUBJECT}"`, `["${SUBJECT}", "system:serviceaccount:production:s3-writer"]`),
    [],
    'yes',
  ),
  json(
    7,
    'default accounts in a list',
    EXACT.replace(
      `"${SUBJECT}"`,
      '["system:serviceaccount:production:default", "system:serviceaccount:staging:default"]',
    ),
    ['irsa-default-subject'],
    'no',
  ),
  json(8, 'a pattern under StringEquals', EXACT.replace('s3-reader', 's3-*'), ['irsa-wildcard-in-string-equals'], 'no'),
  json(9, 'every account', like('"system:serviceaccount:*:*"'), ['irsa-subject-wildcard'], 'yes'),
  json(9, 'every account, in a list', like('["system:serviceaccount:*"]'), ['irsa-subject-wildcard'], 'yes'),
  json(
    10,
    'one account of any namespace',
    like('"system:serviceaccount:*:s3-reader"'),
    ['irsa-subject-wildcard'],
    'yes',
  ),
  json(
    10,
    'a prefix that is filled in later',
    like('"system:serviceaccount:*:${prefix}*"'),
    ['irsa-subject-wildcard'],
    'unknown',
  ),
  json(
    11,
    'no Condition',
    EXACT.replace(/,\s*"Condition": \{[\s\S]*\n {6}\}/, ''),
    ['irsa-audience-missing', 'irsa-subject-missing'],
    'yes',
  ),
  json(
    12,
    'the subject under the key of the audience',
    toTrustPolicyExample(`{ "StringEquals": { "PROVIDER:aud": "${SUBJECT}" } }`),
    ['irsa-audience-missing', 'irsa-subject-missing'],
    'no',
  ),
  json(
    13,
    'a key that is a variable',
    toTrustPolicyExample(`{ "StringEquals": { "\${OIDC}": "${SUBJECT}" } }`),
    [],
    'unknown',
  ),
  json(13, 'a key without its claim', EXACT.replace(':sub"', '"'), ['irsa-condition-key-format'], 'unknown'),
  hcl(
    14,
    'the address of the issuer in the keys of a here-document',
    heredoc('${aws_eks_cluster.main.identity[0].oidc[0].issuer}').replace(
      /arn:aws:iam::[^"]*/,
      '${aws_iam_openid_connect_provider.eks.arn}',
    ),
    ['irsa-condition-key-format'],
    'unknown',
  ),
  hcl(
    15,
    'an ARN, wrongly taken apart',
    role(pair('${replace(var.provider_arn, "arn:aws:iam::", "")}')),
    [],
    'unknown',
  ),
  json(
    16,
    'the id of another cluster in the keys',
    EXACT.replaceAll(/(id\/)\w+(:(?:sub|aud)")/g, '$1C0FFEE00C0FFEE00C0FFEE00C0FFEE00$2'),
    ['irsa-provider-mismatch'],
    'no',
  ),
  hcl(
    17,
    'sts:AssumeRole for a federated principal',
    role(pair(STRIPPED), { action: 'sts:AssumeRole' }),
    ['irsa-action-wrong'],
    'no',
  ),
  hcl(18, 'keys by replace', role(pair(STRIPPED)), [], 'unknown'),
  hcl(18, 'keys by replace, with colons', role(pair(STRIPPED, ':')), [], 'unknown'),
  hcl(
    19,
    'the provider out of its ARN, a test that is a variable',
    `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [var.provider_arn]
    }
    condition {
      test     = var.trust_condition_test
      variable = "\${replace(var.provider_arn, "/^(.*provider/)/", "")}:sub"
      values   = ["${SUBJECT}"]
    }
    condition {
      test     = var.trust_condition_test
      variable = "\${replace(var.provider_arn, "/^(.*provider/)/", "")}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}
`,
    [],
    'unknown',
  ),
  hcl(
    20,
    'condition blocks',
    `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["${ARN}"]
    }
    condition {
      test     = "StringEquals"
      variable = "${PROVIDER}:sub"
      values   = ["${SUBJECT}"]
    }
    condition {
      test     = "StringEquals"
      variable = "${PROVIDER}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}
`,
    [],
    'yes',
  ),
  hcl(
    21,
    'a statement that is no list, and lists elsewhere',
    `resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = {
    Effect = "Allow", Action = ["sts:AssumeRoleWithWebIdentity"], Principal = { Federated = ["${ARN}"] },
    Condition = { StringEquals = { "${PROVIDER}:sub" = ["${SUBJECT}"] } }
  } })
}
`,
    ['irsa-audience-missing'],
    'yes',
  ),
  hcl(
    22,
    'namespace_service_accounts',
    module(
      `oidc_providers = {\n  main = {\n    provider_arn               = "${ARN}"\n    namespace_service_accounts = ["production:s3-reader"]\n  }\n}`,
    ),
    [],
    'yes',
  ),
  hcl(
    23,
    'a pattern by the inputs of a module',
    module(
      `assume_role_condition_test = "StringLike"\noidc_providers = {\n  main = {\n    provider_arn               = "${ARN}"\n    namespace_service_accounts = ["production:s3-*"]\n  }\n}`,
    ),
    ['irsa-subject-wildcard'],
    'yes',
  ),
  hcl(
    24,
    'oidc_fully_qualified_subjects',
    module(`provider_url                  = "${PROVIDER}"\noidc_fully_qualified_subjects = ["${SUBJECT}"]`),
    [],
    'yes',
  ),
  hcl(
    25,
    'oidc_subjects_with_wildcards',
    module(
      `provider_url                 = "${PROVIDER}"\noidc_subjects_with_wildcards = ["system:serviceaccount:*:s3-reader"]`,
    ),
    ['irsa-subject-wildcard'],
    'yes',
  ),
  hcl(
    26,
    'a module of an organisation, whose policy is its own',
    `# system:serviceaccount\n${module('source               = "github.com/example/terraform-irsa"\nnamespace            = var.namespace\nservice_account_name = "s3-reader"')}`,
    [],
    undefined,
  ),
];
