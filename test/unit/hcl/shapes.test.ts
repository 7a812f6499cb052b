import { beforeAll, describe, expect, test } from 'vitest';
import { checkFile, openProject } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { readAll } from '../iam/policy';

beforeAll(loadHclGrammar);

const WEB = 'system:serviceaccount:shop:web';

function rulesOf(text: string): string[] {
  const { findings, unchecked } = checkFile(openProject({ 'main.tf': text }), 'main.tf');
  expect(unchecked).toEqual([]);
  // The texts here leave Version out, which has a rule and tests of its own.
  return findings.flatMap(({ rule }) => (rule === 'irsa-policy-version-old' ? [] : rule)).sort();
}

const inline = (key: string, subject = WEB, more = '') =>
  `resource "aws_iam_role" "r" {\n  assume_role_policy = jsonencode({ Statement = { Effect = ["Allow"][0], Action = ["sts:AssumeRoleWithWebIdentity"], Principal = { Federated = [aws_iam_openid_connect_provider.eks.arn] }, Condition = { StringEquals = { ${key} = "${subject}"${more} } } } })\n}\n`;

const allowed = (key: string, subject = WEB, more = '') =>
  inline(key, subject, more).replace('["Allow"][0]', '"Allow"');

describe('keys', () => {
  const aud = ', "${local.oidc}:aud" = "sts.amazonaws.com"';

  test.each([
    [
      'the address without its scheme',
      '"${replace(aws_eks_cluster.c.identity[0].oidc[0].issuer, "https://", "")}:sub"',
    ],
    ['the ARN without its beginning', '"${replace(var.arn, "/^(.*provider/)/", "")}:sub"'],
    ['the ARN, wrongly taken apart', '"${replace(var.arn, "arn:aws:iam::1:oidc-provider/", "")}:sub"'],
    ['a part of a list', '"${split("/", var.arn)[1]}:sub"'],
    ['an output that has no scheme', '"${module.eks.oidc_provider}:sub"'],
    ['the url of a provider', '"${aws_iam_openid_connect_provider.eks.url}:sub"'],
  ])('%s is taken for what it is to be', (_, key) => {
    expect(rulesOf(allowed(key, WEB, aud))).toEqual([]);
  });

  test.each([
    '"${aws_eks_cluster.c.identity[0].oidc[0].issuer}:sub"',
    '"${data.aws_eks_cluster.c[0].identity[0].oidc[0].issuer}:sub"',
    '"${module.eks.cluster_oidc_issuer_url}:sub"',
    '"https://${module.eks.oidc_provider}:sub"',
  ])('%s still has its scheme', (key) => {
    expect(rulesOf(allowed(key, WEB, aud))).toEqual(['irsa-condition-key-format']);
  });
});

describe('what is not judged', () => {
  test('an effect that is computed', () => {
    expect(rulesOf(inline('"${local.oidc}:sub"', 'system:serviceaccount:*:*'))).toEqual([]);
  });

  test.each([
    ['GitHub', 'token.actions.githubusercontent.com', 'repo:octo/cat:*'],
    ['Terraform Cloud', 'app.terraform.io', 'organization:o:*'],
  ])('%s', (_, provider, subject) => {
    const text = `# oidc-provider\n${allowed(`"${provider}:sub"`, subject)}`;
    expect(rulesOf(text)).toEqual([]);
    expect(readAll(text, 'hcl')[0]?.statements[0]?.issuer).toBe('other');
  });

  test('a role for a service, a policy of permissions, a module with inputs of its own', () => {
    const text = `# oidc-provider
data "aws_iam_policy_document" "ec2" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "permissions" {
  statement {
    actions   = ["sts:AssumeRoleWithWebIdentity"]
    resources = ["*"]
  }
}
module "irsa" {
  source               = "github.com/example/irsa"
  namespace            = var.namespace
  service_account_name = "web"
}
`;
    expect(readAll(text, 'hcl')).toEqual([]);
    expect(rulesOf(text)).toEqual([]);
  });
});

test('EKS Pod Identity beside a cluster, both complete', () => {
  const text = `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }
  }
}
`;
  expect(rulesOf(text)).toEqual([]);
  expect(rulesOf(text.replace(', "sts:TagSession"', ''))).toEqual(['pod-identity-trust-incomplete']);
});
