import type { RuleContext } from '../../engine/rule';
import { hasPlaceholder } from '../../model/iam/placeholder';
import {
  hasWildcard,
  isAccountName,
  isNamespaceName,
  parseSubject,
  type Subject,
  splitSubject,
  toSubject,
} from '../../model/iam/subject';
import { findNearAccounts } from './_near-account';

/** What is wrong with the form, in words; undefined where nothing is, or where it is another rule's to say. */
export function getFault(text: string, context: RuleContext): string | undefined {
  if (hasWildcard(text) || hasPlaceholder(text)) return undefined;
  if (text.includes('\n')) return 'there is a line break in it, as at the end of every here-document';
  if (text !== text.trim()) return 'it begins or ends with a blank';
  const written = splitSubject(text);
  if (!written) return 'it has to read system:serviceaccount:<namespace>:<name>';
  const { namespace, name } = written;
  // All in capitals: a name that is filled in later. Near to an account: irsa-subject-mismatch knows the better fix.
  const subject = parseSubject(text);
  if (!subject || (isNamespaceName(namespace) && isAccountName(name))) return undefined;
  if (findNearAccounts(subject, context).length > 0) return undefined;
  return isNamespaceName(namespace) ? `"${name}" cannot be the name of one` : `"${namespace}" cannot be a namespace`;
}

/** The subject that is meant, where the text holds a namespace and a name; that of a ServiceAccount nearly called so, if there is one. */
export function toWellFormed(text: string, context: RuleContext): string | undefined {
  const [namespace, name, ...rest] = text
    .trim()
    .replace(/^(system:)?service-?accounts?[:/]/i, '')
    .replaceAll('_', '-')
    .toLowerCase()
    .split(/[:/]/);
  if (namespace && name === undefined) return toSubjectOfName(namespace, context);
  if (!namespace || !name || rest.length > 0 || !isNamespaceName(namespace) || !isAccountName(name)) return undefined;
  const subject: Subject = { namespace, name };
  const [nearest] = findNearAccounts(subject, context);
  return toSubject(nearest ? nearest.known.value : subject);
}

/** The subject of the only account of a name, where the namespace is left out. */
function toSubjectOfName(name: string, { workspace }: RuleContext): string | undefined {
  const [only, ...others] = workspace.all('service-account').filter(({ value }) => value.name === name);
  return only?.value.isNamespaceWritten && others.length === 0 ? toSubject(only.value) : undefined;
}
