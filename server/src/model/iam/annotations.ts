import { editDistance } from '../../text/distance';

/** The prefix of the annotations that the pod identity webhook of EKS honours. */
export const ANNOTATION_PREFIX = 'eks.amazonaws.com/';

/** The role of a ServiceAccount. */
export const ROLE_ARN_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** The validity of the token that is put into pods; honoured on ServiceAccount and Pod. */
export const TOKEN_EXPIRATION_ANNOTATION = 'eks.amazonaws.com/token-expiration';

/** The least and the most seconds that the webhook and EKS give a token (constants of amazon-eks-pod-identity-webhook). */
export const TOKEN_EXPIRATION = { min: 600, max: 86_400 } as const;

/** The annotations that the webhook reads from a ServiceAccount (pkg/annotations.go of amazon-eks-pod-identity-webhook). */
export const ACCOUNT_ANNOTATIONS: readonly string[] = [
  ROLE_ARN_ANNOTATION,
  'eks.amazonaws.com/audience',
  'eks.amazonaws.com/sts-regional-endpoints',
  TOKEN_EXPIRATION_ANNOTATION,
];

/** Those that it reads from a Pod. */
export const POD_ANNOTATIONS: readonly string[] = [TOKEN_EXPIRATION_ANNOTATION, 'eks.amazonaws.com/skip-containers'];

// Further keys that EKS itself gives meaning to, on objects of other kinds: not slips of the pen.
const OTHERS = new Set(['compute-type', 'nodegroup', 'capacityType', 'skip-containers', 'sa-lookup-grace-period']);

const ROLE_WORDS = new Set(['role', 'rolearn', 'iamrole', 'iamrolearn', 'rolename', 'roles', 'arn']);

/** Keys that begin alike for so many letters are one: `token-expire`, `token-expiration-seconds`. */
const COMMON_START = 9;

/** The annotation that a key nearly is; undefined for one that is honoured, has a meaning of its own, or is near to none. */
export function getMeantAnnotation(key: string): string | undefined {
  if (ACCOUNT_ANNOTATIONS.includes(key)) return undefined;
  const [domain = '', name = '', ...rest] = key.split('/');
  if (rest.length > 0 || !isNearDomain(domain)) return undefined;
  if (domain === 'eks.amazonaws.com' && OTHERS.has(name)) return undefined;
  const own = fold(name);
  if (ROLE_WORDS.has(own)) return ROLE_ARN_ANNOTATION;
  return ACCOUNT_ANNOTATIONS.find((known) => {
    const name = fold(known.slice(ANNOTATION_PREFIX.length));
    return editDistance(own, name, 2) <= 2 || own.slice(0, COMMON_START) === name.slice(0, COMMON_START);
  });
}

function isNearDomain(domain: string): boolean {
  const lower = domain.toLowerCase();
  if (/^(eks|iam\.eks|irsa)\.(amazon|aws|amazonaws)(\.com)?(\.cn)?$/.test(lower)) return true;
  return lower.startsWith('e') && editDistance(lower, 'eks.amazonaws.com', 2) <= 2;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}
