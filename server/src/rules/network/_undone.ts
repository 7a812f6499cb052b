import type { RuleContext } from '../../engine/rule';
import { getRuleList } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import { coversSelector } from '../../model/network/cover';
import { isSelecting } from '../../model/network/evaluate';
import { isSameLand } from '../../model/network/land';
import { isOpenRule } from '../../model/network/policy';
import { findPolicies, type KnownPolicy } from '../../model/network/view';
import { getScene } from './_scene';

/**
 * What an egress rule for everything makes pointless: further rules of its own policy, or another policy that restricts the same
 * pods; undefined where it says only what holds anyway.
 */
export function findUndone(resource: Resource, context: RuleContext): KnownPolicy | 'own' | undefined {
  const scene = getScene(resource, context);
  if (!scene) return undefined;
  if (getRuleList(resource.spec, 'Egress').items().length > 1) return 'own';
  const { land, policy, selection, workspace } = scene;
  return findPolicies(land, workspace).find((other) => {
    const { egress, podSelector } = other.policy;
    if (isSameLand(other.land, land) !== true || egress.isIsolating !== true || egress.rules.some(isOpenRule))
      return false;
    return coversSelector(podSelector, policy.podSelector) || selection.pods.some((pod) => isSelecting(other, pod));
  });
}
