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

/** The subject that is meant. */
export const SUBJECT = 'system:serviceaccount:production:s3-reader';
/** The policy as it should be. */
export const EXACT = toExactPolicyExample(SUBJECT);
/** The condition on the audience. */
export const AUD = '"StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }';
/** The ARN of the provider. */
export const ARN = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`;

/** A policy with patterns for subjects. */
export const like = (subjects: string, more = `, ${AUD}`) =>
  toTrustPolicyExample(`{ "StringLike": { "PROVIDER:sub": ${subjects} }${more} }`);
/** The same with another issuer. */
export const inIssuer = (text: string, issuer: string) => text.replaceAll(PROVIDER, issuer);
/** Lines further to the right. */
export const indent = (text: string, by: number) => text.trimEnd().replaceAll(/^(?=.)/gm, ' '.repeat(by));

/** A shape in JSON. */
export const json = (
  number: number,
  name: string,
  text: string,
  rules: Shape['rules'],
  admits: Shape['admits'],
): Shape => ({
  number,
  name,
  file: 'policy.json',
  text,
  rules,
  admits,
});

/** A shape in Terraform. */
export const hcl = (
  number: number,
  name: string,
  text: string,
  rules: Shape['rules'],
  admits: Shape['admits'],
): Shape => ({
  number,
  name,
  file: 'main.tf',
  text,
  rules,
  admits,
});

/** A shape in YAML. */
export const yaml = (
  number: number,
  name: string,
  text: string,
  rules: Shape['rules'],
  admits: Shape['admits'],
): Shape => ({
  number,
  name,
  file: 'role.yaml',
  text,
  rules,
  admits,
});

/** A role in HCL with one statement, of which the parts are given. */
export const role = (condition: string, parts: { readonly principal?: string; readonly action?: string } = {}) =>
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

/** A role with its policy in a here-document. */
export const heredoc = (key: string) => `resource "aws_iam_role" "reader" {
  assume_role_policy = <<EOF
${EXACT.replaceAll(PROVIDER, key).trimEnd()}
EOF
}
`;

/** Both conditions under a provider. */
export const pair = (key: string, separator = '=') =>
  `StringEquals = { "${key}:sub" ${separator} "${SUBJECT}", "${key}:aud" ${separator} "sts.amazonaws.com" }`;

/** The issuer of a cluster without its scheme. */
export const STRIPPED = '${replace(aws_eks_cluster.main.identity[0].oidc[0].issuer, "https://", "")}';

/** A block of a module. */
export const module = (lines: string) => `module "irsa" {\n${indent(lines, 2)}\n}\n`;

/** A CloudFormation template with statements. */
export const template = (statement: string) => `AWSTemplateFormatVersion: "2010-09-09"
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

/** A statement of one. */
export const cfn = (condition: string, federated = ARN) => `- Effect: Allow
  Principal:
    Federated: ${federated}
  Action: sts:AssumeRoleWithWebIdentity
  Condition:
${indent(condition, 4)}`;

/** The statement for EKS Pod Identity. */
export const POD_IDENTITY = `{ "Effect": "Allow", "Principal": { "Service": "pods.eks.amazonaws.com" }, "Action": ["sts:AssumeRole", "sts:TagSession"] }`;
/** The policy with one statement more. */
export const withStatement = (statement: string) => EXACT.replace(/\n {2}\]/, `,\n    ${statement}\n  ]`);
