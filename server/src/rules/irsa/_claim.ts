import { isEksProvider } from '../../model/iam/provider';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { editDistance } from '../../text/distance';
import { getKnownValues, isSubjectText, normalizeProvider, STS_AUDIENCE } from './_statement';

/** The claims that IAM makes keys of for any provider (IAM user guide, condition keys of web identity federation). */
const CLAIMS: ReadonlySet<string> = new Set(['sub', 'aud', 'amr', 'azp', 'email', 'id', 'oaud', 'iss']);

/** The claim of a key of an EKS cluster that IAM never has; undefined for those that it has, and for keys of other things. */
export function getUnknownClaim({ providers }: TrustStatement, { key }: TrustCondition): string | undefined {
  const lower = key.toLowerCase();
  for (const written of providers) {
    const provider = written && normalizeProvider(written);
    if (!provider || !isEksProvider(provider) || !lower.startsWith(`${provider.toLowerCase()}:`)) continue;
    const claim = key.slice(provider.length + 1);
    return CLAIMS.has(claim.toLowerCase()) ? undefined : claim;
  }
  return undefined;
}

/** The claim that is meant by such a one: by its values, else by its name. */
export function getMeantClaim(claim: string, condition: TrustCondition): 'sub' | 'aud' | undefined {
  const texts = getKnownValues(condition) ?? [];
  if (texts.length > 0 && texts.every(isSubjectText)) return 'sub';
  if (texts.length > 0 && texts.every((text) => text === STS_AUDIENCE)) return 'aud';
  const name = claim.toLowerCase();
  if (name === 'subject' || editDistance(name, 'sub', 1) <= 1) return 'sub';
  return name === 'audience' || editDistance(name, 'aud', 1) <= 1 ? 'aud' : undefined;
}
