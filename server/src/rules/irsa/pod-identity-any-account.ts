import { defineRule } from '../../engine/rule';
import { isPodIdentityStatement } from '../../model/iam/pod-identity';
import { getTextSpan } from './_span';

const toExample = (condition: string) => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "pods.eks.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:TagSession"]${condition}
    }
  ]
}
`;

export default defineRule({
  id: 'pod-identity-any-account',
  category: 'irsa',
  title: 'EKS Pod Identity role for any association',
  severity: 'warning',
  confidence: 'low',
  fixable: 'never',
  isDefault: false,
  standards: ['aws/pod-identity-role', 'aws/pod-identity-session-tags'],
  docs: {
    what: 'A trust policy lets `pods.eks.amazonaws.com` take on the role for whatever cluster, namespace and service account.',
    why: 'Who may make associations on any cluster of the account can hand the role to any pod of it. Conditions on the tags of the session tie the role to the accounts that it was made for, whoever makes associations.',
    remedy:
      'Add conditions such as `StringEquals` on `aws:RequestTag/kubernetes-namespace`, `aws:RequestTag/kubernetes-service-account` and `aws:RequestTag/eks-cluster-arn`. Off unless it is turned on, and no more than a warning: credentials are handed out all the same, the policy in the guide of EKS has no conditions, and many rely on the rights to make associations alone. What keeps pods from getting credentials is said by `pod-identity-trust-incomplete`.',
    flags: toExample(''),
    passes: toExample(
      ',\n      "Condition": { "StringEquals": { "aws:RequestTag/kubernetes-namespace": "production" } }',
    ),
  },
  visit: {
    *trustStatement(statement) {
      if (!isPodIdentityStatement(statement) || !statement.ref.get('Condition').isAbsent) return;
      const at = statement.ref.get('Principal', 'Service');
      yield {
        at,
        span: getTextSpan(at),
        message:
          'No condition asks for which cluster, namespace or account this role is: any EKS Pod Identity association of the account can give it to any pod.',
      };
    },
  },
});
