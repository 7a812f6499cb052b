import type { Fix } from '../../engine/operation';
import { getLiteral } from '../../model/iam/placeholder';
import { getProviderOfArn, isSameProvider } from '../../model/iam/provider';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { renameKeys } from './_condition-fix';
import { getOnlyProvider, normalizeProvider } from './_statement';

/** True when a key is about a provider that the principal is not. A key that is malformed is another rule's to mend: that one also puts the right provider in. */
export function isForeign({ providers }: TrustStatement, { provider, claim }: TrustCondition): boolean {
  if (provider === '' || (claim !== 'sub' && claim !== 'aud') || normalizeProvider(provider) !== provider) return false;
  return providers.every((own) => isSameProvider(provider, own && normalizeProvider(own)) === false);
}

/** The principal's provider into the keys; or, where all keys agree on another one, theirs into the principal. */
export function toProviderFixes(statement: TrustStatement, wrong: readonly TrustCondition[]): Fix[] {
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
