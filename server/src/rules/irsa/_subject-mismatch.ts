import type { Fix } from '../../engine/operation';
import type { Report, RuleContext } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import { type Subject, toSubject } from '../../model/iam/subject';
import { listSubjects } from '../../model/iam/subjects';
import type { TrustCondition } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { toFollowingFixes } from './_follow-policy';
import { findNearAccounts, isNamespaceKnown, type NearAccount, REFUSED } from './_near-account';
import { getTextSpan } from './_span';

/** The report on one subject of a condition; undefined where it is an account's, or near to none. */
export function judgeSubject(
  subject: Subject,
  at: Ref,
  condition: TrustCondition,
  context: RuleContext,
): Report | undefined {
  const written = new Set(condition.values.map((value) => getLiteral(value)));
  // The account that a list already names next to this subject was not meant twice: the other is of another cluster.
  const near = findNearAccounts(subject, context).filter(
    ({ known, difference }) => difference !== 'namespace' || !written.has(toSubject(known.value)),
  );
  const [nearest] = near;
  if (!nearest) return undefined;
  return {
    at,
    span: getTextSpan(at),
    message: toMessage(subject, nearest),
    ...(isLikelyElsewhere(subject, nearest, context) && { severity: 'info' }),
    related: near.slice(0, 3).map(({ known: { place, value } }) => ({
      place: { document: place.document, path: [...place.path, 'metadata', 'name'] },
      message: `ServiceAccount "${value.name}" in namespace "${value.namespace}"`,
    })),
    fixes: [
      ...near.slice(0, 3).map(({ known }) => toFix(subject, known.value, at, condition, written)),
      ...toFollowingFixes(subject, nearest, context),
    ],
  };
}

function toMessage(subject: Subject, { known: { value }, difference }: NearAccount): string {
  const { name, namespace } = value;
  const isHere = namespace === subject.namespace || !value.isNamespaceWritten;
  const instead = {
    name: `"${name}" is there`,
    namespace: `it is in "${namespace}"`,
    spelling: `${isHere ? `"${name}" is there` : `"${name}" is in "${namespace}"`}, and case and separators count`,
    exchanged: `namespace and name are exchanged, it is "${name}" in "${namespace}"`,
  };
  return `No ServiceAccount "${subject.name}" is in namespace "${subject.namespace}": ${instead[difference]}. Pods will be refused this role with ${REFUSED}.`;
}

/** A namespace of which the workspace knows nothing, for an account that has a policy of its own: most likely another cluster's. */
function isLikelyElsewhere(subject: Subject, { known, difference }: NearAccount, context: RuleContext): boolean {
  if (difference !== 'namespace' || isNamespaceKnown(subject.namespace, context)) return false;
  const own = toSubject(known.value);
  return context.workspace
    .all('trust-policy')
    .some(({ value }) => listSubjects(value).some(({ text }) => text === own));
}

function toFix(
  subject: Subject,
  account: { readonly namespace: string; readonly name: string; readonly isNamespaceWritten: boolean },
  at: Ref,
  condition: TrustCondition,
  written: ReadonlySet<string | undefined>,
): Fix {
  const namespace = account.isNamespaceWritten ? account.namespace : subject.namespace;
  const value = toSubject({ namespace, name: account.name });
  if (condition.ref.isSequence && written.has(value)) {
    const title = `Remove "${toSubject(subject)}": "${value}" is listed already`;
    return { title, safety: 'unsafe', operations: [{ op: 'remove', at }] };
  }
  return { title: `Change the subject to "${value}"`, safety: 'unsafe', operations: [{ op: 'set', at, value }] };
}
