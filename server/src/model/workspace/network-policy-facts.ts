import type { Resource } from '../kubernetes/resource';
import type { Fact } from './fact';

/** What a network policy of any kind does for default-deny; filled by kind. */
export function readNetworkPolicyFacts(_resource: Resource): Fact[] {
  return [];
}
