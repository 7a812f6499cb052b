const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/5C1F0A9B7D3E42869F1D2C3B4A596877';

/** A trust policy for the examples of rules, with the condition's text (of the claims `sub` and `aud`) given. */
export function toTrustPolicyExample(condition: string, changes: Readonly<Record<string, string>> = {}): string {
  let text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "Federated": "arn:aws:iam::111122223333:oidc-provider/${PROVIDER}"
      },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": ${condition.trim().replaceAll('PROVIDER', PROVIDER).replaceAll('\n', '\n      ')}
    }
  ]
}
`;
  for (const [from, to] of Object.entries(changes)) text = text.replace(from, to);
  return text;
}

/** The policy that admits one subject as it should be written. */
export function toExactPolicyExample(subject: string): string {
  return toTrustPolicyExample(`{
  "StringEquals": {
    "PROVIDER:aud": "sts.amazonaws.com",
    "PROVIDER:sub": "${subject}"
  }
}`);
}

/** A ServiceAccount for the examples of rules, annotated with a role unless none is given. */
export function toAccountExample(namespace: string, name: string, role?: string): string {
  const annotations = role
    ? `
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/${role}`
    : '';
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${namespace}${annotations}
`;
}

/** A role in a CloudFormation template for the examples of rules, with the condition key of the subject given. */
export function toTemplateExample(key: string): string {
  return `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Provider:
    Type: String
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Federated:
                Fn::Sub: "arn:aws:iam::\${AWS::AccountId}:oidc-provider/\${Provider}"
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                "${key}": system:serviceaccount:production:s3-reader
                "${PROVIDER}:aud": sts.amazonaws.com
`;
}
