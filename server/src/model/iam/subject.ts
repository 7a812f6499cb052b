import { isNamePlaceholder } from './placeholder';

/** What a token of a Kubernetes service account has as its `sub`, before namespace and name. */
export const SUBJECT_PREFIX = 'system:serviceaccount:';

/** The two parts of a service account's subject. */
export interface Subject {
  readonly namespace: string;
  readonly name: string;
}

/** `system:serviceaccount:<namespace>:<name>`. */
export function toSubject({ namespace, name }: Subject): string {
  return `${SUBJECT_PREFIX}${namespace}:${name}`;
}

/** The parts of a text of four parts that begins as a subject does; the parts may still be patterns, or misspelt. */
export function splitSubject(text: string): Subject | undefined {
  if (!text.startsWith(SUBJECT_PREFIX)) return undefined;
  const [namespace, name, ...rest] = text.slice(SUBJECT_PREFIX.length).split(':');
  return namespace && name && rest.length === 0 ? { namespace, name } : undefined;
}

/** The account that a text names exactly; undefined for a pattern, a placeholder, or a text of another form. */
export function parseSubject(text: string): Subject | undefined {
  const subject = splitSubject(text);
  if (!subject || hasWildcard(text)) return undefined;
  return isNamePlaceholder(subject.namespace) || isNamePlaceholder(subject.name) ? undefined : subject;
}

/** True when the text holds `*` or `?`, which only the Like operators read as wildcards. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** True when Kubernetes would take the text as a namespace (RFC 1123 label). */
export function isNamespaceName(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** True when Kubernetes would take the text as the name of a ServiceAccount (RFC 1123 subdomain). */
export function isAccountName(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
}
