import type { Tree } from '../../syntax/node';
import type { TrustPolicy } from './trust-policy';

/** The trust policies that a document holds, in order. */
export function readTrustPolicies(_tree: Tree): TrustPolicy[] {
  return [];
}
