import { defineRule } from '../../engine/rule';
import { getMeantClaim, getUnknownClaim } from './_claim';
import { renameKeys } from './_condition-fix';
import { toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getKeySpan } from './_span';
import { isKubernetesGrant, toKey } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-condition-key-unknown',
  category: 'irsa',
  title: 'Condition on a claim that is no key',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-keys', 'aws/irsa-associate-role'],
  docs: {
    what: 'A condition key names a claim of an EKS token that AWS makes no key of, such as `:subject`, `:audience` or `:namespace`.',
    why: `AWS looks at \`<provider>:sub\` and \`<provider>:aud\` of a service account's token. A key of another name is never in a request: the condition never holds, and pods are refused with ${REFUSED}; under \`…IfExists\` it always holds.`,
    remedy:
      'Use `<provider>:sub`, which holds namespace and name, and `<provider>:aud`. There is no key for the namespace alone: a pattern over the subject is the nearest to it.',
    flags: EXACT.replace(':sub"', ':subject"'),
    passes: EXACT,
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement)) return;
      for (const condition of statement.conditions) {
        const claim = getUnknownClaim(statement, condition);
        if (claim === undefined) continue;
        const meant = getMeantClaim(claim, condition);
        const key = meant && toKey(statement, meant);
        const operations = key === undefined ? undefined : renameKeys(statement, [{ condition, key }]);
        yield {
          at: condition.ref,
          span: getKeySpan(condition.ref),
          message: `AWS has no key ":${claim}" for tokens of a cluster, only ":sub" and ":aud": this condition never holds.`,
          fixes: operations ? [{ title: `Change the key to "${key}"`, safety: 'unsafe', operations }] : [],
        };
      }
    },
  },
});
