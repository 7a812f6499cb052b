import { NAME_LABEL } from '../kubernetes/selectors';
import { isSelecting, matchPeer, matchPort, type PlacedPolicy, type PodEnd } from './evaluate';
import type { Land } from './land';
import type { DirectionData, PortData, RuleData } from './policy';
import { type Answer, isAny } from './three';

/** Where a cluster's DNS answers; OpenShift's pods listen at 5353. */
const DNS_PORTS = [53, 5353];

/** The DNS pods of nearly every cluster, with what other labels they and their namespace may have. */
const DNS_POD: PodEnd = {
  land: { namespace: 'kube-system', folder: '' },
  labels: { values: { 'k8s-app': 'kube-dns' }, unknown: [], isComplete: false },
  namespaceLabels: { values: { [NAME_LABEL]: 'kube-system' }, unknown: [], isComplete: false },
  ports: [],
  arePortsKnown: false,
  isHostNetwork: false,
};

/** Whether egress rules of a policy in `land` let pods ask the cluster's DNS. A rule that names its port is taken to be about DNS. */
export function isReachingDns({ rules, areRulesKnown }: DirectionData, land: Land): Answer {
  return isAny([...rules.map((rule) => isRuleReachingDns(rule, land)), areRulesKnown ? false : undefined]);
}

function isRuleReachingDns(rule: RuleData, land: Land): Answer {
  if (!rule.arePortsKnown) return undefined;
  if (rule.ports.some(({ port }) => port === undefined) || rule.ports.length === 0)
    return isPeerReachingDns(rule, land);
  return isAny(rule.ports.map(isDnsPort));
}

function isDnsPort(item: PortData): Answer {
  if (!item.isKnown || typeof item.port === 'string') return undefined;
  const asked = DNS_PORTS.flatMap((port) => ['UDP', 'TCP'].map((protocol) => ({ port, protocol })));
  return isAny(asked.map((port) => matchPort(item, DNS_POD, port)));
}

function isPeerReachingDns({ peers, arePeersKnown }: RuleData, land: Land): Answer {
  if (!arePeersKnown) return undefined;
  // A policy that names no namespace is not meant for the system's.
  const own = land.namespace === undefined ? { ...land, namespace: '' } : land;
  return peers.length === 0 || isAny(peers.map((peer) => matchPeer(peer, own, DNS_POD)));
}

/** Whether some policy that may select a pod lets it ask the cluster's DNS, as far as is known. */
export function canAskDns(pod: PodEnd, policies: readonly PlacedPolicy[]): boolean {
  return policies.some((placed) => {
    const { egress } = placed.policy;
    return (
      egress.isIsolating !== false && isReachingDns(egress, placed.land) !== false && isSelecting(placed, pod) !== false
    );
  });
}
