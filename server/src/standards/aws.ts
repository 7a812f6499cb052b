// Pages of the AWS documentation on how pods come to AWS permissions and how IAM reads a trust policy.

/** Name of the documentation. */
export const AWS_SOURCE = 'AWS documentation';

/** Where the documentation begins. */
export const AWS_URL = 'https://docs.aws.amazon.com/';

/** Title and path below `AWS_URL` by the word that stands for the page here. */
export const AWS_PAGES = {
  'access-analyzer-checks': [
    'IAM Access Analyzer: reference of policy checks',
    'IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
  ],
  'assume-role-with-web-identity': [
    'STS: AssumeRoleWithWebIdentity',
    'STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html',
  ],
  'eks-identity-best-practices': [
    'EKS best practices: identity and access management',
    'eks/latest/best-practices/identity-and-access-management.html',
  ],
  'iam-condition-keys': [
    'IAM: condition keys of web identity federation',
    'IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif',
  ],
  'iam-condition-operators': [
    'IAM: condition operators',
    'IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  ],
  'iam-policy-version': ['IAM: the element Version', 'IAM/latest/UserGuide/reference_policies_elements_version.html'],
  'iam-principal': ['IAM: the element Principal', 'IAM/latest/UserGuide/reference_policies_elements_principal.html'],
  'iam-quotas': ['IAM and STS quotas', 'IAM/latest/UserGuide/reference_iam-quotas.html'],
  'iam-single-valued-keys': [
    'IAM: single-valued and multivalued context keys',
    'IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  ],
  irsa: ['EKS: IAM roles for service accounts', 'eks/latest/userguide/iam-roles-for-service-accounts.html'],
  'irsa-associate-role': [
    'EKS: assigning an IAM role to a service account',
    'eks/latest/userguide/associate-service-account-role.html',
  ],
  'irsa-cross-account': [
    'EKS: IAM roles for service accounts in another account',
    'eks/latest/userguide/cross-account-access.html',
  ],
  'irsa-pod-configuration': [
    'EKS: pods that use a service account with an IAM role',
    'eks/latest/userguide/pod-configuration.html',
  ],
  'irsa-sts-endpoint': [
    'EKS: the STS endpoint of a service account',
    'eks/latest/userguide/configure-sts-endpoint.html',
  ],
  'pod-identity': ['EKS Pod Identity', 'eks/latest/userguide/pod-identities.html'],
  'pod-identity-role': ['EKS Pod Identity: the trust policy of a role', 'eks/latest/userguide/pod-id-role.html'],
  'pod-identity-session-tags': [
    'EKS Pod Identity: permissions by session tags',
    'eks/latest/userguide/pod-id-abac.html',
  ],
  'service-accounts': ['EKS: ways of giving workloads access to AWS', 'eks/latest/userguide/service-accounts.html'],
} as const satisfies Readonly<Record<string, readonly [title: string, path: string]>>;

/** Word for a page of the AWS documentation. */
export type AwsPage = keyof typeof AWS_PAGES;
