import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';
import { getFault, toWellFormed } from './_subject-form';

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
            message: `"${text.replaceAll('\n', '\\n')}" is the subject of no service account: ${fault}.`,
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
