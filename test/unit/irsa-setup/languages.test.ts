import { beforeAll, describe, expect, test } from 'vitest';
import { loadHclGrammar } from '../../harness/load-hcl';
import { PROVIDER } from '../iam/policy';
import { admittedBy, countFindings, type Files, PLACEHOLDERS, setUpAt, toAccount, toTrust, WORKLOAD } from './scene';

beforeAll(loadHclGrammar);

const API = 'system:serviceaccount:shop:api';
const EKS = 'aws_iam_openid_connect_provider.eks';
const URL = `\${replace(${EKS}.url, "https://", "")}`;
const setUp = (files: Files) => setUpAt({ 'apps/web.yaml': WORKLOAD, ...files }, 'apps/web.yaml', 'kind');

/** A policy document of Terraform for the account `api`. */
function toDocument(federated: string, provider: string): string {
  return `# Lets the API in.
data "aws_iam_policy_document" "api" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [${federated}]
    }
    condition {
      test     = "StringEquals"
      variable = "${provider}:sub"
      values   = ["${API}"]
    }
    condition {
      test     = "StringEquals"
      variable = "${provider}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}
`;
}

const toTemplate = (
  condition: string,
  federated = `!Sub arn:aws:iam::\${AWS::AccountId}:oidc-provider/${PROVIDER}`,
) => `
Parameters:
  Provider: { Type: String }
Resources:
  Api: # the old one
    Type: AWS::IAM::Role
    Properties:
      RoleName: api
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Federated: ${federated}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                ${condition}:sub: ${API}
                ${condition}:aud: sts.amazonaws.com
`;

const CLUSTER = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata:
  name: main
  region: eu-west-1
iam:
  withOIDC: true
  serviceAccounts:
    - metadata: { name: api, namespace: shop } # the old one
      wellKnownPolicies: { externalDNS: true }
`;

describe('JSON', () => {
  test('a policy becomes a file beside the others, with their account and provider', () => {
    const after = setUp({ 'iam/api-trust.json': toTrust(API) });
    expect(after['iam/shop-web-trust-policy.json']).toBe(toTrust('system:serviceaccount:shop:web'));
    expect(after['apps/web.yaml']).toContain('role-arn: arn:aws:iam::111122223333:role/shop-web\n');
    expect(after['apps/web.yaml']).toContain('      serviceAccountName: web\n');
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('a workspace without trust policies gets placeholders, in a folder that nobody applies', () => {
    const after = setUp({});
    const text = after['apps/iam/shop-web-trust-policy.json'] ?? '';
    expect(text).toBe(
      toTrust('system:serviceaccount:shop:web', 'oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID', 'ACCOUNT_ID'),
    );
    expect(after['apps/web.yaml']).toContain('arn:aws:iam::ACCOUNT_ID:role/shop-web');
    expect(PLACEHOLDERS.map((rule) => countFindings(after).get(rule))).toEqual([1, 1]);
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('policies of two clusters leave open which is meant, of one account nevertheless which that is', () => {
    const other = toTrust(API, `${PROVIDER.slice(0, -4)}0000`);
    const after = setUp({ 'iam/api-trust.json': toTrust(API), 'iam/api-2-trust.json': other });
    expect(after['iam/shop-web-trust-policy.json']).toContain(
      '"arn:aws:iam::111122223333:oidc-provider/oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID"',
    );
  });

  test('an account is also known from the roles of other ServiceAccounts', () => {
    const after = setUp({ 'apps/api.yaml': toAccount('api', 'arn:aws-cn:iam::999900001111:role/api') });
    expect(after['apps/iam/shop-web-trust-policy.json']).toContain(
      '"arn:aws-cn:iam::999900001111:oidc-provider/oidc.eks',
    );
    expect(after['apps/api.yaml']).toContain('role-arn: arn:aws-cn:iam::999900001111:role/shop-web');
  });

  test('what a shell fills in is left for it to fill in', () => {
    const after = setUp({ 'iam/api-trust.json': toTrust(API, '$OIDC_PROVIDER', '$ACCOUNT') });
    expect(after['iam/shop-web-trust-policy.json']).toBe(
      toTrust('system:serviceaccount:shop:web', '$OIDC_PROVIDER', '$ACCOUNT'),
    );
  });

  test('a file among the templates of a chart goes outside of them', () => {
    const files = { 'chart/templates/web.yaml': WORKLOAD };
    expect(Object.keys(setUpAt(files, 'chart/templates/web.yaml', 'kind'))).toContain(
      'chart/iam/shop-web-trust-policy.json',
    );
  });
});

describe('Terraform', () => {
  test('role and policy document go behind the others, by the same references', () => {
    const main = toDocument(`${EKS}.arn`, URL);
    const after = setUp({ 'iam/main.tf': main });
    const added = after['iam/main.tf']?.slice(main.length) ?? '';
    expect(added).toContain('data "aws_iam_policy_document" "shop_web_trust" {');
    expect(added).toContain(`      identifiers = [${EKS}.arn]\n`);
    expect(added).toContain(`      variable = "${URL}:sub"\n      values   = ["system:serviceaccount:shop:web"]\n`);
    expect(added).toContain(`      variable = "${URL}:aud"\n      values   = ["sts.amazonaws.com"]\n`);
    expect(added).toContain('  assume_role_policy = data.aws_iam_policy_document.shop_web_trust.json\n}\n');
    // Whether both references lead to the same provider is for Terraform to know.
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web?']);
  });

  test('with a provider that is written out, the policy admits the account for certain', () => {
    const after = setUp({
      'iam/main.tf': toDocument(`"arn:aws:iam::111122223333:oidc-provider/${PROVIDER}"`, PROVIDER),
    });
    expect(after['apps/web.yaml']).toContain('role-arn: arn:aws:iam::111122223333:role/shop-web');
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('the provider of a module for roles gives the keys too', () => {
    const module = `module "api" {
  source    = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  role_name = "api"
  oidc_providers = {
    main = { provider_arn = module.eks.oidc_provider_arn, namespace_service_accounts = ["shop:api"] }
  }
}
`;
    const after = setUp({ 'iam/main.tf': module });
    expect(after['iam/main.tf']).toContain('identifiers = [module.eks.oidc_provider_arn]');
    expect(after['iam/main.tf']).toContain(
      'variable = "${replace(module.eks.oidc_provider_arn, "/^.*oidc-provider//", "")}:sub"',
    );
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web?']);
  });

  test('what means another thing in each block is not taken over', () => {
    const after = setUp({ 'iam/main.tf': toDocument('each.value.arn', '${each.value.url}') });
    const added = after['iam/main.tf']?.split('shop_web_trust')[1] ?? '';
    expect(added).not.toContain('each.');
    expect(added).toContain('oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID:sub');
  });

  test('references of another folder are unknown there, and names that are taken are not taken again', () => {
    const here = `${toDocument(`"arn:aws:iam::111122223333:oidc-provider/${PROVIDER}"`, PROVIDER)}
resource "aws_s3_bucket" "shop_web" {}
`;
    const after = setUp({ 'apps/iam.tf': here, 'other/main.tf': toDocument(`${EKS}.arn`, URL) });
    expect(after['apps/iam.tf']).toContain('resource "aws_iam_role" "shop_web_2" {');
    expect(after['apps/iam.tf']?.slice(here.length)).not.toContain(EKS);
  });

  test('a module without trust policies gets a file, by the provider that it makes', () => {
    const main = `resource "aws_iam_openid_connect_provider" "main" {
  url = aws_eks_cluster.main.identity[0].oidc[0].issuer
}
`;
    const text = setUp({ 'iam/main.tf': main })['iam/shop-web-irsa.tf'] ?? '';
    expect(text).toContain('identifiers = [aws_iam_openid_connect_provider.main.arn]');
    expect(text).toContain('variable = "${replace(aws_iam_openid_connect_provider.main.url, "https://", "")}:sub"');
    for (const other of [main + main.replace('"main"', '"second"'), main.replace('aws_eks', 'github.aws_eks'), '']) {
      expect(setUp({ 'iam/main.tf': other })['iam/shop-web-irsa.tf']).toContain('oidc.eks.REGION.amazonaws.com');
    }
  });

  test('a file that ends without a line break and has CRLF keeps its lines', () => {
    const main = toDocument(`${EKS}.arn`, URL).trimEnd().replaceAll('\n', '\r\n');
    const text = setUp({ 'iam/main.tf': main })['iam/main.tf'] ?? '';
    expect(text.startsWith(`${main}\r\n\r\ndata "aws_iam_policy_document" "shop_web_trust" {\r\n`)).toBe(true);
    expect(text).not.toMatch(/[^\r]\n/);
  });
});

describe('CloudFormation', () => {
  test('a role is added to the template', () => {
    const after = setUp({ 'iam/roles.yaml': toTemplate(PROVIDER) });
    expect(after['iam/roles.yaml']).toContain('  ShopWebRole:\n    Type: AWS::IAM::Role\n');
    expect(after['iam/roles.yaml']).toContain(`Fn::Sub: arn:aws:iam::\${AWS::AccountId}:oidc-provider/${PROVIDER}`);
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('a principal that cannot be read becomes one of the stack’s own account', () => {
    const after = setUp({ 'iam/roles.yaml': toTemplate(PROVIDER, '!GetAtt Cluster.Arn') });
    expect(after['iam/roles.yaml']).toContain(
      'Fn::Sub: arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/oidc.eks.REGION',
    );
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('keys with parameters make the policy a text that is filled in as a whole', () => {
    const policy = JSON.parse(toTrust(API, '${Provider}', '${AWS::AccountId}'));
    const template = {
      Parameters: { Provider: { Type: 'String' } },
      Resources: {
        Api: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'api', AssumeRolePolicyDocument: { 'Fn::Sub': JSON.stringify(policy) } },
        },
      },
    };
    const after = setUp({ 'iam/roles.json': JSON.stringify(template, null, 2) });
    const { Resources } = JSON.parse(after['iam/roles.json'] ?? '');
    const text = Resources.ShopWebRole.Properties.AssumeRolePolicyDocument['Fn::Sub'];
    expect(JSON.parse(text)).toEqual(
      JSON.parse(toTrust('system:serviceaccount:shop:web', '${Provider}', '${AWS::AccountId}')),
    );
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });
});

describe('eksctl', () => {
  test('an entry makes role and account, so no ServiceAccount is written', () => {
    const after = setUp({ 'cluster.yaml': CLUSTER });
    expect(after['cluster.yaml']).toContain('- metadata:\n        name: web\n        namespace: shop\n');
    expect(after['cluster.yaml']).toContain('arn:aws:iam::ACCOUNT_ID:policy/YOUR_POLICY');
    expect(after['apps/web.yaml']).toContain('serviceAccountName: web');
    expect(after['apps/web.yaml']).not.toContain('kind: ServiceAccount');
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('for an account that is there it makes the role only, which the account is annotated with', () => {
    const after = setUp({ 'cluster.yaml': CLUSTER, 'apps/accounts.yaml': toAccount('web') });
    expect(after['cluster.yaml']).toContain('roleName: shop-web\n      roleOnly: true\n');
    expect(after['apps/accounts.yaml']).toContain('role-arn: arn:aws:iam::ACCOUNT_ID:role/shop-web');
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web']);
  });

  test('the provider is switched on where it is not', () => {
    const after = setUp({ 'cluster.yaml': CLUSTER.replace('  withOIDC: true\n', '') });
    expect(after['cluster.yaml']).toContain('withOIDC: true');
  });
});

test('of several languages that of most policies is taken', () => {
  const files = {
    'iam/main.tf': toDocument(`${EKS}.arn`, URL),
    'iam/a.json': toTrust(API),
    'iam/b.json': toTrust(API),
  };
  expect(Object.keys(setUp(files))).toContain('iam/shop-web-trust-policy.json');
});
