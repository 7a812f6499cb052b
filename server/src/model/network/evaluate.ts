// What traffic NetworkPolicies admit, as the API defines it: a pod that no policy isolates for a direction is open in it; one that
// is isolated admits what some rule of some policy that selects it admits. A connection needs both of its sides.
import type { Direction } from '../kubernetes/network-policy';
import { type LabelSet, matchSelector } from '../kubernetes/selectors';
import { areOverlapping, containsBlock, parseAddress, parseCidr } from './cidr';
import { isSameLand, type Land } from './land';
import { getDirection, type PeerData, type PolicyData, type PortData, type RuleData } from './policy';
import { type Answer, areAll, isAny, isNot } from './three';

/** A policy with where it lands. */
export interface PlacedPolicy {
  readonly land: Land;
  readonly policy: PolicyData;
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
}

/** A pod as one end of a connection. */
export interface PodEnd {
  readonly land: Land;
  readonly labels: LabelSet;
  readonly namespaceLabels: LabelSet;
  readonly ports: readonly ContainerPort[];
  readonly arePortsKnown: boolean;
  /** Policies do not reach a pod in its node's network; how others see it is up to the network plugin. */
  readonly isHostNetwork: Answer;
}

/** One end of a connection: a pod, or an address that is no pod's. */
export type End = PodEnd | { readonly address: string };

/** The port that is connected to. */
export interface Port {
  readonly protocol: string;
  readonly port: number;
}

const isPod = (end: End): end is PodEnd => 'land' in end;

/** Whether a policy selects a pod. */
export function isSelecting({ land, policy }: PlacedPolicy, pod: PodEnd): Answer {
  return areAll([isSameLand(land, pod.land), matchSelector(policy.podSelector, pod.labels)]);
}

/** Whether some policy isolates a pod for a direction. */
export function isIsolated(policies: readonly PlacedPolicy[], direction: Direction, pod: PodEnd): Answer {
  return isAny(
    policies.map((placed) => areAll([isSelecting(placed, pod), getDirection(placed.policy, direction).isIsolating])),
  );
}

/** Whether the policies let a pod have traffic of a direction with a peer; without a port: at one port at least. */
export function isPermitted(
  policies: readonly PlacedPolicy[],
  direction: Direction,
  pod: PodEnd,
  peer: End,
  port: Port | undefined,
): Answer {
  if (pod.isHostNetwork === true) return undefined;
  const answer = isAny([
    isNot(isIsolated(policies, direction, pod)),
    isAny(
      policies.map((placed) => {
        const { rules, areRulesKnown, isIsolating } = getDirection(placed.policy, direction);
        const selects = isSelecting(placed, pod);
        if (selects === false || isIsolating === false) return false;
        const destination = direction === 'Ingress' ? pod : peer;
        const admits = rules.map((rule) => matchRule(rule, placed.land, peer, destination, port));
        return areAll([selects, isIsolating, isAny([...admits, areRulesKnown ? false : undefined])]);
      }),
    ),
  ]);
  return pod.isHostNetwork === false || answer ? answer : undefined;
}

/** Whether a connection from one end to the other is let out and let in. */
export function isAllowed(policies: readonly PlacedPolicy[], from: End, to: End, port: Port | undefined): Answer {
  return areAll([
    isPod(from) ? isPermitted(policies, 'Egress', from, to, port) : true,
    isPod(to) ? isPermitted(policies, 'Ingress', to, from, port) : true,
  ]);
}

/** Whether a rule of a policy in `land` admits traffic with `peer` at a port of `destination`. */
export function matchRule(rule: RuleData, land: Land, peer: End, destination: End, port: Port | undefined): Answer {
  const peers = rule.peers.map((item) => matchPeer(item, land, peer));
  const ports = rule.ports.map((item) => matchPort(item, destination, port));
  return areAll([
    rule.peers.length === 0 && rule.arePeersKnown ? true : isAny([...peers, rule.arePeersKnown ? false : undefined]),
    rule.ports.length === 0 && rule.arePortsKnown ? true : isAny([...ports, rule.arePortsKnown ? false : undefined]),
  ]);
}

/** Whether an item of `from` or `to` means an end. */
export function matchPeer(peer: PeerData, land: Land, end: End): Answer {
  if (!peer.isKnown) return undefined;
  if (peer.ipBlock) return matchBlock(peer.ipBlock, end);
  if (!isPod(end)) return false;
  const answer = areAll([
    peer.namespaceSelector ? matchSelector(peer.namespaceSelector, end.namespaceLabels) : isSameLand(land, end.land),
    peer.podSelector ? matchSelector(peer.podSelector, end.labels) : true,
  ]);
  return end.isHostNetwork === false || answer === false ? answer : undefined;
}

// Pods have addresses of these; which, and whether the plugin sees them, is not known.
const POD_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].flatMap(
  (text) => parseCidr(text) ?? [],
);

function matchBlock({ cidr, except }: NonNullable<PeerData['ipBlock']>, end: End): Answer {
  const block = parseCidr(cidr);
  const holes = except.map(parseCidr);
  if (!block) return undefined;
  if (isPod(end)) {
    const ranges = POD_RANGES.filter((range) => areOverlapping(block, range));
    const isCovered = (range: (typeof ranges)[number]) => holes.some((hole) => hole && containsBlock(hole, range));
    return ranges.every(isCovered) && end.isHostNetwork === false ? false : undefined;
  }
  const found = parseAddress(end.address);
  if (!found) return undefined;
  const single = { ...found, length: found.version === 4 ? 32 : 128 };
  return areAll([
    containsBlock(block, single),
    ...holes.map((hole) => (hole ? !containsBlock(hole, single) : undefined)),
  ]);
}

/** Whether an item of `ports` means a port of a destination; without a port: whether it means one at all. */
export function matchPort(item: PortData, destination: End, port: Port | undefined): Answer {
  if (!port) return item.isKnown ? true : undefined;
  if (item.protocol !== undefined && item.protocol !== port.protocol) return false;
  if (!item.isKnown) return undefined;
  return areAll([item.protocol === undefined ? undefined : true, matchNumber(item, destination, port)]);
}

function matchNumber({ port: wanted, endPort }: PortData, destination: End, { port, protocol }: Port): Answer {
  if (wanted === undefined) return true;
  if (typeof wanted === 'number') return endPort === undefined ? port === wanted : wanted <= port && port <= endPort;
  if (!isPod(destination)) return false;
  const isNamed = destination.ports.some(
    (other) => other.name === wanted && other.port === port && other.protocol === protocol,
  );
  return isNamed || (destination.arePortsKnown ? false : undefined);
}
