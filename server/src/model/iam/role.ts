import { hasPlaceholder } from './placeholder';

/** The form of a role's ARN that the pod identity webhook accepts without a warning (pkg/cache of amazon-eks-pod-identity-webhook). */
export const ROLE_ARN = /^arn:aws[a-z0-9-]*:iam::\d{12}:role\/[\w\-/.@+=,]+$/;

/** The name in a role's ARN, without its path; undefined for what is no role's ARN or has a placeholder for a name. */
export function getRoleName(arn: string): string | undefined {
  const name = /^arn:[^:]*:iam::[^:]*:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  return name === undefined || hasPlaceholder(name) ? undefined : name;
}

/** True when two ARNs are of one role; a placeholder in either leaves only the name to go by. */
export function isSameRole(a: string, b: string): boolean {
  if (a === b) return true;
  const name = getRoleName(a);
  return (hasPlaceholder(a) || hasPlaceholder(b)) && name !== undefined && name === getRoleName(b);
}

// Words that say what a file is rather than whose it is.
const COMMON_WORDS = new Set([
  'assume',
  'document',
  'eks',
  'iam',
  'irsa',
  'oidc',
  'policy',
  'relationship',
  'role',
  'trust',
]);

/** True when a file is called after a role: `s3-reader.trust.json` or `s3-reader/trust-policy.json` for the role `s3-reader-role`. */
export function isFileOfRole(uri: string, roleName: string): boolean {
  const key = toRoleKey(roleName);
  return key !== '' && toFileKey(uri) === key;
}

/** A role's name without the words that every role may have in its name; '' where nothing else is in it. */
export function toRoleKey(roleName: string): string {
  return toOwnWords(roleName).join('-');
}

/** What a file, or else its folder, is called after; equal to the key of a role whose name it bears. */
export function toFileKey(uri: string): string {
  return toFileWords(uri).join('-');
}

function toFileWords(uri: string): string[] {
  const [file = '', folder = ''] = decode(uri).split('/').reverse();
  const words = toOwnWords(file.replace(/\.(json|jsonc|ya?ml|template)$/i, ''));
  return words.length > 0 ? words : toOwnWords(folder);
}

function toOwnWords(name: string): string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word !== '' && !COMMON_WORDS.has(word));
}

/** The file part of a URI, for messages. */
export function getFileName(uri: string): string {
  return decode(uri).split('/').at(-1) ?? uri;
}

function decode(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
