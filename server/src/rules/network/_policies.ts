import {
  DIRECTIONS,
  type Direction,
  getPeerList,
  getRuleList,
  isIsolating,
  isNetworkPolicy,
} from '../../model/kubernetes/network-policy';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';

/** One rule of a NetworkPolicy. */
export interface TrafficRule {
  readonly ref: Ref;
  readonly direction: Direction;
}

/** The rules of a NetworkPolicy, ingress first; none for other objects. */
export function getTrafficRules(resource: Resource): TrafficRule[] {
  if (!isNetworkPolicy(resource)) return [];
  return DIRECTIONS.flatMap((direction) =>
    getRuleList(resource.spec, direction)
      .items()
      .map((ref) => ({ ref, direction })),
  );
}

/** The rules that are in force: those of a direction that `policyTypes` leaves out are ignored. */
export function getEffectiveRules(resource: Resource): TrafficRule[] {
  return getTrafficRules(resource).filter(({ direction }) => isIsolating(resource.spec, direction) !== false);
}

/** One item of `from` or `to`, with its rule. */
export interface RulePeer extends TrafficRule {
  readonly peer: Ref;
}

/** The peers of the rules that are in force. */
export function getRulePeers(resource: Resource): RulePeer[] {
  return toPeers(getEffectiveRules(resource));
}

/** The peers of all rules, of ignored ones too. */
export function getAllPeers(resource: Resource): RulePeer[] {
  return toPeers(getTrafficRules(resource));
}

function toPeers(rules: readonly TrafficRule[]): RulePeer[] {
  return rules.flatMap((rule) =>
    getPeerList(rule.ref, rule.direction)
      .items()
      .map((peer) => ({ ...rule, peer })),
  );
}

/** A port of a rule. */
export interface RulePort {
  readonly ref: Ref;
  /** A number, or the name of a container's port. */
  readonly port: number | string | undefined;
  /** `TCP` where none is written; undefined where it is not known. */
  readonly protocol: string | undefined;
}

/** The ports of a rule; none when it is about every port. */
export function getPorts(rule: Ref): RulePort[] {
  return rule
    .get('ports')
    .items()
    .map((ref) => {
      const protocol = ref.get('protocol');
      return {
        ref,
        port: ref.get('port').isUnknown ? undefined : (ref.get('port').number ?? ref.get('port').string),
        protocol: protocol.isUnknown ? undefined : (protocol.string ?? 'TCP'),
      };
    });
}

/** What `protocol` may be. */
export const PROTOCOLS: readonly string[] = ['TCP', 'UDP', 'SCTP'];

/** The port at which a cluster's DNS answers. */
export const DNS_PORT = 53;

/** True when a rule is about DNS and nothing else. */
export function isDnsRule(rule: Ref): boolean {
  const ports = getPorts(rule);
  return ports.length > 0 && ports.every(({ port }) => port === DNS_PORT);
}

/** `NetworkPolicy "default-deny"`, as the beginning of a sentence. */
export const describePolicy = (resource: Resource): string => describeResource(resource);

/** DNS over both protocols. */
export const DNS_PORTS = [
  { protocol: 'UDP', port: DNS_PORT },
  { protocol: 'TCP', port: DNS_PORT },
];

/** The pods of the cluster's DNS, by their namespace and label at once. */
export const DNS_PEER = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};
