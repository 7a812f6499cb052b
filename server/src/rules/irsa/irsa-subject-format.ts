import { defineRule, type RuleContext } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import {
  hasWildcard,
  isAccountName,
  isNamespaceName,
  parseSubject,
  type Subject,
  splitSubject,
  toSubject,
} from '../../model/iam/subject';
import { toExactPolicyExample } from './_examples';
import { findNearAccounts, REFUSED } from './_near-account';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

export default defineRule({
  id: 'irsa-subject-format',
  category: 'irsa',
  title: 'Subject is not that of a service account',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role', 'k8s/service-accounts'],
  docs: {
    what: 'A subject of a trust policy does not have the form `system:serviceaccount:<namespace>:<name>`.',
    why: `The token of a pod always has a subject of that form, with the namespace and name in lower case. Any other text matches no token, so pods are refused with ${REFUSED}. \`system:serviceaccounts:…\`, with an s, names a group of Kubernetes RBAC, which a token's subject never is.`,
    remedy:
      'Write `system:serviceaccount:`, the namespace, a colon and the name of the ServiceAccount, with no blanks.',
    flags: toExactPolicyExample('production/s3-reader'),
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const { claim, parsed, values } of statement.conditions) {
        if (claim !== 'sub' || !isNamingOperator(parsed)) continue;
        for (const at of values) {
          const text = getLiteral(at);
          const fault = text === undefined ? undefined : getFault(text, context);
          if (text === undefined || fault === undefined) continue;
          const value = toWellFormed(text, context);
          yield {
            at,
            span: getTextSpan(at),
            message: `"${text}" is the subject of no service account: ${fault}.`,
            fixes:
              value === undefined
                ? []
                : [
                    {
                      title: `Change the subject to "${value}"`,
                      safety: 'unsafe',
                      operations: [{ op: 'set', at, value }],
                    },
                  ],
          };
        }
      }
    },
  },
});

/** What is wrong with the form, in words; undefined where nothing is, or where it is another rule's to say. */
function getFault(text: string, context: RuleContext): string | undefined {
  if (hasWildcard(text) || hasPlaceholder(text)) return undefined;
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
function toWellFormed(text: string, context: RuleContext): string | undefined {
  const [namespace, name, ...rest] = text
    .trim()
    .replace(/^(system:)?service-?accounts?[:/]/i, '')
    .replaceAll('_', '-')
    .toLowerCase()
    .split(/[:/]/);
  if (!namespace || !name || rest.length > 0 || !isNamespaceName(namespace) || !isAccountName(name)) return undefined;
  const subject: Subject = { namespace, name };
  const [nearest] = findNearAccounts(subject, context);
  return toSubject(nearest ? nearest.known.value : subject);
}
