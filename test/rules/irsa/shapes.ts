import { toExactPolicyExample, toTrustPolicyExample } from '../../../server/src/rules/irsa/_examples';
import { PROVIDER } from './files';

/** One way of writing a trust policy, after the numbered list of ways that people were seen to write them. */
export interface Shape {
  readonly number: number;
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** The rules of the category that speak, in order of the alphabet, each once. */
  readonly rules: readonly string[];
  /** Whether `production:s3-reader` with a token for STS is let in; undefined where no policy for service accounts is read. */
  readonly admits: 'yes' | 'no' | 'unknown' | undefined;
}

const SUBJECT = 'system:serviceaccount:production:s3-reader';
const EXACT = toExactPolicyExample(SUBJECT);
const AUD = '"StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }';
const ARN = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`;

const like = (subjects: string, more = `, ${AUD}`) =>
  toTrustPolicyExample(`{ "StringLike": { "PROVIDER:sub": ${subjects} }${more} }`);
const inIssuer = (text: string, issuer: string) => text.replaceAll(PROVIDER, issuer);
const indent = (text: string, by: number) => text.trimEnd().replaceAll(/^(?=.)/gm, ' '.repeat(by));

const json = (number: number, name: string, text: string, rules: Shape['rules'], admits: Shape['admits']): Shape => ({
  number,
  name,
  file: 'policy.json',
  text,
  rules,
  admits,
});

const hcl = (number: number, name: string, text: string, rules: Shape['rules'], admits: Shape['admits']): Shape => ({
  number,
  name,
  file: 'main.tf',
  text,
  rules,
  admits,
});

const yaml = (number: number, name: string, text: string, rules: Shape['rules'], admits: Shape['admits']): Shape => ({
  number,
  name,
  file: 'role.yaml',
  text,
  rules,
  admits,
});

/** A role in HCL with one statement, of which the parts are given. */
const role = (condition: string, parts: { readonly principal?: string; readonly action?: string } = {}) =>
  `resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "${parts.action ?? 'sts:AssumeRoleWithWebIdentity'}"
      Principal = { Federated = ${parts.principal ?? 'aws_iam_openid_connect_provider.eks.arn'} }
      Condition = { ${condition} }
    }]
  })
}
`;

const heredoc = (key: string) => `resource "aws_iam_role" "reader" {
  assume_role_policy = <<EOF
${EXACT.replaceAll(PROVIDER, key).trimEnd()}
EOF
}
`;

const pair = (key: string, separator = '=') =>
  `StringEquals = { "${key}:sub" ${separator} "${SUBJECT}", "${key}:aud" ${separator} "sts.amazonaws.com" }`;

const STRIPPED = '${replace(aws_eks_cluster.main.identity[0].oidc[0].issuer, "https://", "")}';

const module = (lines: string) => `module "irsa" {\n${indent(lines, 2)}\n}\n`;

const template = (statement: string) => `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Oidc: { Type: String }
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
${indent(statement, 10)}
`;

const cfn = (condition: string, federated = ARN) => `- Effect: Allow
  Principal:
    Federated: ${federated}
  Action: sts:AssumeRoleWithWebIdentity
  Condition:
${indent(condition, 4)}`;

const POD_IDENTITY = `{ "Effect": "Allow", "Principal": { "Service": "pods.eks.amazonaws.com" }, "Action": ["sts:AssumeRole", "sts:TagSession"] }`;
const withStatement = (statement: string) => EXACT.replace(/\n {2}\]/, `,\n    ${statement}\n  ]`);

/** Every shape of the list at least once. */
export const SHAPES: readonly Shape[] = [
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
  yaml(
    27,
    'plain keys with colons',
    template(
      `${cfn(`StringEquals:\n  ${PROVIDER}:aud: sts.amazonaws.com`)}\n${cfn(`StringLike:\n  ${PROVIDER}:sub: system:serviceaccount:production:s3-*-acct-*`)}`,
    ),
    ['irsa-audience-missing', 'irsa-subject-missing', 'irsa-subject-wildcard'],
    'yes',
  ),
  yaml(
    28,
    'JSON text under !Sub',
    template('').replace(
      /AssumeRolePolicyDocument:[\s\S]*$/,
      `AssumeRolePolicyDocument: !Sub |\n${indent(inIssuer(EXACT, '${Oidc}'), 8)}\n`,
    ),
    [],
    'yes',
  ),
  yaml(
    29,
    'a key that is not filled in',
    template(cfn(`StringEquals:\n  "\${Oidc}:sub": ${SUBJECT}\n  "\${Oidc}:aud": sts.amazonaws.com`, '!Ref Oidc')),
    ['irsa-reference-not-substituted'],
    'unknown',
  ),
  yaml(
    29,
    '!Sub before a key',
    template(cfn(`StringEquals:\n  !Sub "\${Oidc}:sub": ${SUBJECT}`, '!Ref Oidc')),
    ['irsa-audience-missing', 'irsa-reference-not-substituted'],
    'unknown',
  ),
  yaml(
    29,
    'a text where a mapping has to be',
    template(cfn('StringEquals:\n  Fn::Base64: !Sub |\n    "${Oidc}:sub": "x"')),
    [],
    'unknown',
  ),
  {
    number: 30,
    name: 'CloudFormation in JSON, as eksctl writes it',
    file: 'template.json',
    text: JSON.stringify({
      Resources: { Role1: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: JSON.parse(EXACT) } } },
    }),
    rules: [],
    admits: 'yes',
  },
  yaml(
    31,
    'a ClusterConfig',
    'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: main, region: eu-west-1 }\niam:\n  serviceAccounts:\n    - metadata: { name: s3-reader, namespace: production }\n      attachPolicyARNs: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]\n',
    [],
    undefined,
  ),
  yaml(
    32,
    'a Role of Crossplane',
    `apiVersion: iam.aws.crossplane.io/v1beta1\nkind: Role\nmetadata: { name: s3-reader }\nspec:\n  forProvider:\n    assumeRolePolicyDocument: |\n${indent(EXACT, 6)}\n`,
    [],
    'yes',
  ),
  yaml(
    33,
    'a Role of Upbound',
    `apiVersion: iam.aws.m.upbound.io/v1beta1\nkind: Role\nmetadata: { name: s3-reader }\nspec:\n  forProvider:\n    assumeRolePolicy: '${EXACT.trim().replaceAll('\n', '\n      ')}'\n`,
    [],
    'yes',
  ),
  yaml(
    33,
    'a Role of Upbound for a service',
    'apiVersion: iam.aws.upbound.io/v1beta1\nkind: Role\nmetadata: { name: ec2 }\nspec:\n  forProvider:\n    assumeRolePolicy: |\n      { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] }\n',
    [],
    undefined,
  ),
  yaml(
    34,
    'a Role of ACK, folded',
    `apiVersion: iam.services.k8s.aws/v1alpha1\nkind: Role\nmetadata: { name: s3-reader }\nspec:\n  name: s3-reader\n  assumeRolePolicyDocument: >\n${indent(EXACT, 4)}\n`,
    [],
    'yes',
  ),
  json(
    35,
    'what a here-document of a shell fills in',
    inIssuer(EXACT, '${OIDC_ENDPOINT#*//}').replace('production', '${NS:-default}'),
    [],
    'unknown',
  ),
  json(36, 'verbs of printf', inIssuer(EXACT, '%s').replace('production:s3-reader', '%s:%s'), [], 'unknown'),
  json(36, 'a template of Go', inIssuer(EXACT, '{{ .OidcProvider }}'), [], 'yes'),
  json(37, 'EKS Pod Identity beside it', withStatement(POD_IDENTITY), [], 'yes'),
  json(
    38,
    'another role beside it',
    withStatement(
      '{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/ci" }, "Action": "sts:AssumeRole" }',
    ),
    [],
    'yes',
  ),
  json(39, 'an issuer of ROSA', inIssuer(EXACT, 'rh-oidc.s3.us-east-1.amazonaws.com/0a1b2c3d'), [], 'yes'),
  json(39, 'an issuer behind a CDN', inIssuer(EXACT, 'd1a2b3c4d5e6f7.cloudfront.net'), [], 'yes'),
  json(40, 'an audience of its own', EXACT.replace('"sts.amazonaws.com"', '"irsa"'), [], 'no'),
  json(
    40,
    'the audience of kops',
    inIssuer(EXACT, 'discovery.example.com/c1').replace('"sts.amazonaws.com"', '"amazonaws.com"'),
    [],
    'no',
  ),
  json(
    41,
    'China',
    EXACT.replaceAll('eu-west-1.amazonaws.com', 'cn-north-1.amazonaws.com.cn').replace('arn:aws:', 'arn:aws-cn:'),
    [],
    'yes',
  ),
  json(
    41,
    'GovCloud',
    EXACT.replaceAll('eu-west-1', 'us-gov-west-1').replace('arn:aws:', 'arn:aws-us-gov:'),
    [],
    'yes',
  ),
  json(41, 'a partition that is filled in later', EXACT.replace('arn:aws:', 'arn:{arn-aws}:'), [], 'yes'),
  {
    number: 42,
    name: 'what the CDK makes of a CfnJson',
    file: 'stack.template.json',
    text: JSON.stringify({
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: 'sts:AssumeRoleWithWebIdentity',
                  Principal: { Federated: { Ref: 'Provider' } },
                  Condition: { StringEquals: { 'Fn::GetAtt': ['Conditions', 'Value'] } },
                },
              ],
            },
          },
        },
      },
    }),
    rules: [],
    admits: undefined,
  },
  json(43, 'GitHub Actions', inIssuer(like('"repo:octo/cat:*"'), 'token.actions.githubusercontent.com'), [], undefined),
  json(43, 'CircleCI', inIssuer(like('"org/1/project/*/user/*"'), 'oidc.circleci.com/org/1'), [], undefined),
  json(43, 'Terraform Cloud', inIssuer(like('"organization:o:project:*"'), 'app.terraform.io'), [], undefined),
  json(
    43,
    'Cognito',
    '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "cognito-identity.amazonaws.com:aud": "eu-west-1:1" }, "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } } }] }',
    [],
    undefined,
  ),
];
