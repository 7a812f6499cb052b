import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { renameKeys } from './_condition-fix';
import { toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getKeySpan } from './_span';
import { isKubernetesGrant, isSubjectText, normalizeProvider, STS_AUDIENCE, toKey } from './_statement';

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
      const fixes = toFixes(
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

function getFault(statement: TrustStatement, condition: TrustCondition): string | undefined {
  const { key, provider, claim } = condition;
  if (claim === '')
    return getClaim(condition) && isProviderAlone(statement, provider)
      ? 'the claim (":sub" or ":aud") is missing'
      : undefined;
  if (claim !== 'sub' && claim !== 'aud') return undefined;
  if (provider === '') return `the provider in front of "${claim}" is missing`;
  if (/^(https?:)?\/\//i.test(key)) return 'the provider is named without "https://"';
  if (key.includes('oidc-provider/')) return 'the provider is named by host and path, not by its ARN';
  return provider.endsWith('/') ? 'the provider is named without a slash at its end' : undefined;
}

/** True when a key without a claim is one of the statement's providers, and not the key of something else. */
function isProviderAlone({ providers }: TrustStatement, key: string): boolean {
  if (hasPlaceholder(key)) return false;
  const bare = normalizeProvider(key).toLowerCase();
  return providers.some((provider) => provider?.toLowerCase() === bare);
}

/** The claim of a key, read from its values where the key does not say it. */
function getClaim({ claim, values }: TrustCondition): 'sub' | 'aud' | undefined {
  if (claim === 'sub' || claim === 'aud') return claim;
  const texts = values.map((value) => getLiteral(value));
  if (texts.length === 0) return undefined;
  return texts.every(isSubjectText) ? 'sub' : texts.every((text) => text === STS_AUDIENCE) ? 'aud' : undefined;
}

function toFixes(statement: TrustStatement, wrong: readonly TrustCondition[]): Fix[] {
  const changes = wrong.flatMap((condition) => {
    const claim = getClaim(condition);
    const key = claim && toKey(statement, claim, condition);
    return key === undefined ? [] : [{ condition, key }];
  });
  const operations = changes.length === wrong.length && wrong.length > 0 ? renameKeys(statement, changes) : undefined;
  const [only, ...others] = changes;
  if (!operations || !only) return [];
  const title =
    others.length === 0 ? `Change the key to "${only.key}"` : `Write the ${changes.length} keys as AWS has them`;
  return [{ title, safety: 'unsafe', operations }];
}
