import { defineRule } from '../../engine/rule';
import { toExactPolicyExample } from './_examples';
import { isForeign, toProviderFixes } from './_foreign-provider';
import { REFUSED } from './_near-account';
import { getKeySpan } from './_span';
import { isKubernetesGrant } from './_statement';

const EXAMPLE = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-provider-mismatch',
  category: 'irsa',
  title: 'Condition is about another provider than the principal',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-keys', 'aws/irsa-associate-role'],
  docs: {
    what: 'A condition key names another identity provider than `Principal.Federated` does.',
    why: `Each key begins with the provider that signed the token. A token of the principal's provider has no key of another one, so the condition can never hold, and pods are refused with ${REFUSED}. Under \`…IfExists\`, \`ForAllValues\` or a negated operator it is worse: a key that is not there always passes, and the condition protects nothing.`,
    remedy:
      'Take host and path of the provider from the ARN in `Principal.Federated` (all after `oidc-provider/`) for every key. This often comes of copying a policy from one cluster to another: every occurrence of the old id has to go. For several clusters write one statement each.',
    flags: EXAMPLE.replace(/(id\/)\w+(:aud)/, '$1C0FFEE00C0FFEE00C0FFEE00C0FFEE00$2').replace(
      /(id\/)\w+(:sub)/,
      '$1C0FFEE00C0FFEE00C0FFEE00C0FFEE00$2',
    ),
    passes: EXAMPLE,
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement) || !statement.isPrincipalKnown || statement.providers.length === 0) return;
      const wrong = statement.conditions.filter((condition) => isForeign(statement, condition));
      const [first] = wrong;
      if (!first) return;
      yield {
        at: first.ref,
        span: getKeySpan(first.ref),
        message: `The key is about the provider "${first.provider}", but the principal is "${statement.providers.join('", "')}": a token of the one never has a key of the other.`,
        fixes: toProviderFixes(statement, wrong),
      };
    },
  },
});
