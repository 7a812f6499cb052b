import type { Fix } from '../../engine/operation';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { renameKeys } from './_condition-fix';
import { isSubjectText, normalizeProvider, STS_AUDIENCE, toKey } from './_statement';

/** The issuer of an EKS cluster as Terraform knows it, by the provider of AWS and by the best known module: with its scheme. */
const CLUSTER_ISSUER =
  /^\$\{((data\.)?aws_eks_cluster\.[\w-]+(\[[^\]]*\])?\.identity[[\].\w]*\.issuer|module\.[\w-]+\.cluster_oidc_issuer_url)\}$/;

/** What is wrong with the form of a key, in words; undefined for a well-formed one, and for keys of other things. */
export function getFault(statement: TrustStatement, condition: TrustCondition): string | undefined {
  const { key, provider, claim } = condition;
  if (claim === '')
    return getClaim(condition) && isProviderAlone(statement, provider)
      ? 'the claim (":sub" or ":aud") is missing'
      : undefined;
  if (claim !== 'sub' && claim !== 'aud') return undefined;
  if (provider === '') return `the provider in front of "${claim}" is missing`;
  if (CLUSTER_ISSUER.test(provider))
    return 'the issuer of a cluster is an address, so "https://" has to be taken off it';
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

/** Writes malformed keys as AWS has them, all at once; none where a right key is taken, or not known. */
export function toKeyFixes(statement: TrustStatement, wrong: readonly TrustCondition[]): Fix[] {
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
