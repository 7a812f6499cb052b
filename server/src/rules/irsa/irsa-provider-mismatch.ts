import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import { getProviderOfArn, isSameProvider } from '../../model/iam/provider';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { renameKeys } from './_condition-fix';
import { toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getKeySpan } from './_span';
import { getOnlyProvider, isKubernetesGrant, normalizeProvider } from './_statement';

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
        fixes: toFixes(statement, wrong),
      };
    },
  },
});

/** A key that is malformed is another rule's to mend: that one also puts the right provider in. */
function isForeign({ providers }: TrustStatement, { provider, claim }: TrustCondition): boolean {
  if (provider === '' || (claim !== 'sub' && claim !== 'aud') || normalizeProvider(provider) !== provider) return false;
  return providers.every((own) => isSameProvider(provider, own) === false);
}

function toFixes(statement: TrustStatement, wrong: readonly TrustCondition[]): Fix[] {
  const fixes: Fix[] = [];
  const own = getOnlyProvider(statement);
  const renames = wrong.map((condition) => ({ condition, key: `${own}:${condition.claim}` }));
  const operations = own === undefined ? undefined : renameKeys(statement, renames);
  if (operations) fixes.push({ title: `Use the principal's provider in the keys`, safety: 'unsafe', operations });
  const [federated] = statement.federated;
  const arn = federated && getLiteral(federated);
  const others = new Set(wrong.map(({ provider }) => provider));
  const [other] = others;
  const isWhole = wrong.length === statement.conditions.filter(({ provider }) => provider !== '').length;
  if (
    federated &&
    arn !== undefined &&
    getProviderOfArn(arn) === own &&
    own !== undefined &&
    other !== undefined &&
    others.size === 1 &&
    isWhole
  ) {
    const value = arn.slice(0, arn.length - own.length) + other;
    fixes.push({
      title: `Use the keys' provider in the principal`,
      safety: 'unsafe',
      operations: [{ op: 'set', at: federated, value }],
    });
  }
  return fixes;
}
