import { defineRule } from '../../engine/rule';
import { toExactPolicyExample } from './_examples';
import { getFault, toKeyFixes } from './_key-form';
import { REFUSED } from './_near-account';
import { getKeySpan } from './_span';
import { isKubernetesGrant } from './_statement';

const EXAMPLE = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-condition-key-format',
  category: 'irsa',
  title: 'Condition key that no token has',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-keys', 'aws/irsa-associate-role'],
  docs: {
    what: 'A condition key is not written as host and path of the provider, a colon and the claim: it keeps `https://`, an ARN or a final slash, or lacks the provider or the claim.',
    why: `AWS looks for keys such as \`oidc.eks.<region>.amazonaws.com/id/<id>:sub\`, and a key of any other form is never in a request. The condition never holds, and pods are refused with ${REFUSED}; under \`…IfExists\` it always holds.`,
    remedy:
      'Write the key as all that follows `oidc-provider/` in the ARN of the principal, then `:sub` or `:aud`. In scripts and templates that start from the issuer of the cluster, strip `https://` first.',
    flags: EXAMPLE.replace(/"(oidc\.eks\.[^"]*:sub)"/, '"https://$1"'),
    passes: EXAMPLE,
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement)) return;
      const wrong = statement.conditions.flatMap((condition) => {
        const fault = getFault(statement, condition);
        return fault === undefined ? [] : [{ condition, fault }];
      });
      const fixes = toKeyFixes(
        statement,
        wrong.map(({ condition }) => condition),
      );
      for (const { condition, fault } of wrong) {
        const message = `AWS never has a key "${condition.key}": ${fault}.`;
        yield { at: condition.ref, span: getKeySpan(condition.ref), message, fixes };
      }
    },
  },
});
