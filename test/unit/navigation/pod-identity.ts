const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';

/** The account `writer` of namespace `shop` in everything that gives an account a role; one of namespace `bank` is another. */
export const ASSOCIATIONS: Readonly<Record<string, string>> = {
  'account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: writer, namespace: shop }\n',
  'eksctl.yaml': `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: main, region: eu-west-1 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: writer # by eksctl
      roleARN: arn:aws:iam::111122223333:role/reports
    - { namespace: bank, serviceAccountName: writer, roleARN: "arn:aws:iam::111122223333:role/bank" }
`,
  'ack.yaml': `apiVersion: eks.services.k8s.aws/v1alpha1
kind: PodIdentityAssociation
metadata: { name: reports }
spec:
  clusterName: main
  namespace: shop
  serviceAccount: writer
  roleARN: arn:aws:iam::111122223333:role/reports
`,
  'crossplane.yaml': `apiVersion: eks.aws.crossplane.io/v1alpha1
kind: PodIdentityAssociation
metadata: { name: reports }
spec:
  forProvider:
    clusterName: main
    namespace: shop
    serviceAccount: 'writer'
---
apiVersion: eks.aws.upbound.io/v1beta1
kind: PodIdentityAssociation
metadata: { name: reports }
spec: { forProvider: { namespace: shop, serviceAccount: writer } }
---
apiVersion: eks.aws.m.upbound.io/v1beta1
kind: PodIdentityAssociation
metadata: { name: reports }
spec:
  forProvider:
    serviceAccount: "writer"
    namespace: shop
`,
  'template.yaml': `Resources:
  Reports:
    Type: AWS::EKS::PodIdentityAssociation
    Properties:
      ClusterName: main
      Namespace: shop
      ServiceAccount: writer # by CloudFormation
      RoleArn: !GetAtt Role.Arn
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: pods.eks.amazonaws.com }
            Action: [sts:AssumeRole, sts:TagSession]
            Condition:
              StringEquals:
                aws:RequestTag/kubernetes-namespace: shop
                aws:RequestTag/kubernetes-service-account: writer
          - Effect: Allow
            Principal: { Service: pods.eks.amazonaws.com }
            Action: [sts:AssumeRole, sts:TagSession]
            Condition:
              StringEquals:
                aws:RequestTag/kubernetes-namespace: bank
                aws:RequestTag/kubernetes-service-account: writer
`,
  'template.json': `{
  "Resources": {
    "Reports": {
      "Type": "AWS::EKS::PodIdentityAssociation",
      "Properties": { "ClusterName": "main", "Namespace": "shop", "ServiceAccount": "writer" }
    }
  }
}
`,
  'iam/main.tf': `# 🚢 Who gets which role.
locals {
  shop = "shop"
}

resource "aws_eks_pod_identity_association" "reports" {
  cluster_name    = var.cluster
  namespace       = local.shop
  service_account = "writer" # 🚢 by Terraform
  role_arn        = aws_iam_role.reports.arn
}

resource "aws_eks_pod_identity_association" "bank" {
  namespace       = "bank"
  service_account = "writer"
}

module "reports_pod_identity" {
  source               = "terraform-aws-modules/eks-pod-identity/aws"
  association_defaults = { namespace = "shop", service_account = "writer" }
  associations = {
    one = { cluster_name = "one" }
    two = { cluster_name = "two" }
    three = { cluster_name = "three", service_account = "writer" }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-namespace"
      values   = [local.shop]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/kubernetes-service-account"
      values   = [ "writer" ]
    }
  }
}

module "reports_irsa" {
  source = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  oidc_providers = {
    main = {
      provider_arn               = "arn:aws:iam::111122223333:oidc-provider/${PROVIDER}"
      namespace_service_accounts = ["bank:writer", "\${local.shop}:writer", "shop:writer" /* both */]
    }
  }
}

resource "aws_iam_role" "reports" {
  assume_role_policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/${PROVIDER}" },
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": { "StringEquals": { "${PROVIDER}:sub": "system:serviceaccount:\${local.shop}:writer" } }
      }]
    }
  EOT
}
`,
  'iam/more.tf.json': `{
  "resource": {
    "aws_eks_pod_identity_association": {
      "more": { "cluster_name": "main", "namespace": "\${local.shop}", "service_account": "writer" }
    }
  },
  "module": {
    "more": {
      "oidc_providers": {
        "main": {
          "provider_arn": "arn:aws:iam::111122223333:oidc-provider/${PROVIDER}",
          "namespace_service_accounts": ["\${local.shop}:writer"]
        }
      }
    }
  }
}
`,
};

/** The same files with the account of namespace `shop` by another name. */
export function withName(name: string): Record<string, string> {
  // In the order in which both accounts come, by file: true for the one of namespace `shop`.
  const isOwn: Readonly<Record<string, readonly boolean[]>> = {
    'eksctl.yaml': [true, false],
    'template.yaml': [true, true, false],
    'iam/main.tf': [true, false, true, true, true, false, true, true, true],
  };
  return Object.fromEntries(
    Object.entries(ASSOCIATIONS).map(([file, text]) => {
      let index = 0;
      return [file, text.replace(/\bwriter\b/g, () => (isOwn[file]?.[index++] === false ? 'writer' : name))];
    }),
  );
}
