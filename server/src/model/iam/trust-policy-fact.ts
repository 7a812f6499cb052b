import type { TrustPolicyFact } from '../workspace/topics';
import type { TrustPolicy } from './trust-policy';

/** What a trust policy says to the workspace; undefined when it concerns no Kubernetes service account. */
export function toTrustPolicyFact(_policy: TrustPolicy): TrustPolicyFact | undefined {
  return undefined;
}
