import type { Fix } from '../../engine/operation';
import type { Report } from '../../engine/rule';
import { type Direction, getPeerList, isAdmittingEverything } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { DNS_PEER, describePolicy, getEffectiveRules, type TrafficRule } from './_policies';
import { DENIAL_REVEALS, FORCE_REVEALS } from './_reveals';

const SAME_NAMESPACE = { podSelector: {} };

/** Reports rules of a direction that name neither peers nor ports. An empty list of peers has a rule of its own. */
export function* findOpenRules(resource: Resource, direction: Direction): Iterable<Report> {
  for (const rule of getEffectiveRules(resource)) {
    const peers = getPeerList(rule.ref, direction);
    if (
      rule.direction !== direction ||
      peers.isWritten ||
      isMisplaced(rule) ||
      !isAdmittingEverything(rule.ref, direction)
    )
      continue;
    const effect =
      direction === 'Ingress'
        ? 'everyone may connect to its pods, at every port'
        : 'its pods may connect to any address, at every port';
    yield {
      at: rule.ref,
      message: `${describePolicy(resource)} has an ${direction.toLowerCase()} rule that names neither peers nor ports: ${effect}, whatever the other rules and policies say.`,
      fixes: toFixes(rule.ref, peers, direction),
    };
  }
}

/** True where the peers stand under the key of the other direction, which is another fault. */
const isMisplaced = ({ ref, direction }: TrafficRule) => ref.get(direction === 'Ingress' ? 'to' : 'from').isWritten;

function toFixes(rule: Ref, peers: Ref, direction: Direction): Fix[] {
  const isIngress = direction === 'Ingress';
  const value = isIngress ? [SAME_NAMESPACE] : [SAME_NAMESPACE, DNS_PEER];
  return [
    {
      title: isIngress
        ? 'Admit only pods of the same namespace'
        : "Allow only pods of the same namespace and the cluster's DNS",
      safety: 'unsafe',
      // An item that is empty (`-`) has no place for a key: it is written whole.
      operations: rule.isMapping
        ? [{ op: 'set', at: peers, value }]
        : [{ op: 'set', at: rule, value: { [isIngress ? 'from' : 'to']: value } }],
      reveals: FORCE_REVEALS,
    },
    {
      title: 'Remove the rule: what no other rule allows is denied',
      safety: 'unsafe',
      operations: [{ op: 'remove', at: rule }],
      reveals: [...DENIAL_REVEALS, 'implicit-deny', 'policy-redundant'],
    },
  ];
}
