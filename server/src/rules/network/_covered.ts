import { isSameLand } from '../../model/network/land';
import type { DirectionData, RuleData } from '../../model/network/policy';
import type { KnownPolicy } from '../../model/network/view';

/** True where one policy selects no pod that the other does not, isolates nothing more and admits nothing more. */
export function isCovered(own: KnownPolicy, other: KnownPolicy): boolean {
  if (isSameLand(own.land, other.land) !== true) return false;
  const [a, b] = [own.policy, other.policy];
  if (!a.podSelector.isKnown || !b.podSelector.isKnown || !isSame(a.podSelector, b.podSelector)) return false;
  return isDirectionCovered(a.ingress, b.ingress) && isDirectionCovered(a.egress, b.egress);
}

function isDirectionCovered(a: DirectionData, b: DirectionData): boolean {
  if (a.isIsolating === false) return true;
  if (a.isIsolating !== true || b.isIsolating !== true || !a.areRulesKnown) return false;
  return a.rules.every((rule) => b.rules.some((wider) => isRuleCovered(rule, wider)));
}

function isRuleCovered(a: RuleData, b: RuleData): boolean {
  if (!a.arePeersKnown || !a.arePortsKnown || !b.arePeersKnown || !b.arePortsKnown) return false;
  return isListCovered(a.peers, b.peers) && isListCovered(a.ports, b.ports);
}

/** An empty list means all. */
function isListCovered<T extends { readonly isKnown: boolean }>(a: readonly T[], b: readonly T[]): boolean {
  if (b.length === 0) return true;
  return a.length > 0 && a.every((item) => item.isKnown && b.some((other) => isSame(item, other)));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
