import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { isSameProvider } from '../../model/iam/provider';
import type { TrustStatement } from '../../model/iam/trust-policy';
import { toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getTextSpan } from './_span';
import { toSplitFixes } from './_split-providers';
import { isKubernetesGrant, normalizeProvider } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-several-providers',
  category: 'irsa',
  title: 'One statement for several clusters',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-keys', 'aws/irsa-cross-account'],
  docs: {
    what: 'A statement trusts the providers of several clusters, and a condition asks for a key of one of them.',
    why: `Each key begins with the provider that signed the token, and all conditions of a statement have to hold at once. A token of one cluster has no key of the other, so the pods of that cluster are refused with ${REFUSED}; with keys of both, those of both are.`,
    remedy:
      'Write one statement for each cluster, each with its own provider, `:sub` and `:aud`. The fix does so; a cluster of which no account is named gets those of the other.',
    flags: EXACT.replace(
      /"(arn:aws:iam::[^"]*\/)\w+"/,
      (arn, start) => `[${arn}, "${start}C0FFEE00C0FFEE00C0FFEE00C0FFEE00"]`,
    ),
    passes: EXACT,
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement) || !statement.isPrincipalKnown) return;
      const { federated, providers } = statement;
      if (new Set(providers.map((one) => one?.toLowerCase())).size < 2) return;
      for (const [index, provider] of providers.entries()) {
        const at = federated[index];
        const key = provider === undefined ? undefined : findForeignKey(statement, provider);
        if (!at || key === undefined) continue;
        yield {
          at,
          span: getTextSpan(at),
          message: `Tokens of "${provider}" are refused: they have no key "${key}". Each cluster needs a statement of its own.`,
          fixes: toSplitFixes(statement),
        };
      }
    },
  },
});

/** A key of another of the statement's providers that a token has to have. */
function findForeignKey({ conditions, providers }: TrustStatement, own: string): string | undefined {
  return conditions.find(({ provider, claim, parsed }) => {
    if (!isNamingOperator(parsed) || parsed.isIfExists || parsed.quantifier === 'ForAllValues') return false;
    if (claim !== 'sub' && claim !== 'aud') return false;
    const isListed = providers.some((other) => isSameProvider(other, normalizeProvider(provider)) === true);
    return isListed && isSameProvider(provider, own) === false;
  })?.key;
}
