import type { RuleContext } from '../../engine/rule';
import type { Direction } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import { isEmptySelector, type LabelSelector } from '../../model/kubernetes/selectors';
import { canAskDns } from '../../model/network/dns';
import { isPermitted, type Port } from '../../model/network/evaluate';
import type { RuleData } from '../../model/network/policy';
import { readPeer, readRule } from '../../model/network/read-policy';
import { type Selection, selectPeerPods } from '../../model/network/select';
import { findPolicies, hasForeignPolicies, type KnownPod, withPorts } from '../../model/network/view';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';
import { getRulePeers, type RulePeer } from './_policies';
import { getScene, type Scene } from './_scene';

/** A peer that a policy lets through, and whose own policies do not. */
export interface OneSided {
  readonly scene: Scene;
  readonly at: Ref;
  readonly selector: LabelSelector;
  readonly rule: RuleData;
  /** The direction in which the peer is closed. */
  readonly missing: Direction;
  /** The peer's pods that are closed to all pods of the policy, at every port of the rule. */
  readonly closed: readonly [KnownPod, ...KnownPod[]];
  /** True where one of these cannot ask for names either. */
  readonly isWithoutDns: boolean;
}

/** The peers of a policy that are named by their labels and closed on their own side for sure. */
export function* findOneSided(resource: Resource, context: RuleContext): Iterable<OneSided> {
  const scene = getScene(resource, context);
  if (!scene || scene.selection.pods.length === 0) return;
  for (const found of getRulePeers(resource)) {
    const { land, workspace, policy } = scene;
    const data = readPeer(found.peer);
    const isolating = found.direction === 'Ingress' ? policy.ingress : policy.egress;
    if (isolating.isIsolating !== true || !data.podSelector || isEmptySelector(data.podSelector)) continue;
    const rule = readRule(found.ref, found.direction);
    const missing = found.direction === 'Ingress' ? 'Egress' : 'Ingress';
    const others = selectPeerPods(data, land, workspace)?.pods ?? [];
    const [first, ...rest] = others.filter((other) => isClosed(other, missing, found, rule, scene.selection, context));
    if (!first) continue;
    const closed = [first, ...rest] as const;
    yield {
      scene,
      at: found.peer.get('podSelector'),
      selector: data.podSelector,
      rule,
      missing,
      closed,
      isWithoutDns: missing === 'Egress' && closed.some((pod) => !canAskDns(pod, findPolicies(pod.land, workspace))),
    };
  }
}

function isClosed(
  other: KnownPod,
  missing: Direction,
  { direction }: RulePeer,
  rule: RuleData,
  selection: Selection,
  context: RuleContext,
): boolean {
  const { workspace } = context;
  const closed = withPorts(other, workspace);
  if (hasForeignPolicies(other.land, context)) return false;
  const policies = findPolicies(other.land, workspace);
  return selection.pods.every((own) => {
    const peer = withPorts(own, workspace);
    const ports = toPorts(rule, direction === 'Ingress' ? peer : closed);
    if (!ports) return false;
    return ports.every((port) => isPermitted(policies, missing, closed, peer, port) === false);
  });
}

/** The ports of a rule at a destination, `[undefined]` for any; undefined where they are not known. */
function toPorts(rule: RuleData, destination: KnownPod): (Port | undefined)[] | undefined {
  if (!rule.arePortsKnown || !rule.ports.every(({ isKnown }) => isKnown)) return undefined;
  if (rule.ports.length === 0) return [undefined];
  const ports = rule.ports.flatMap(({ port, protocol, endPort }): (Port | undefined)[] => {
    if (protocol === undefined || port === undefined || endPort !== undefined) return [undefined];
    if (typeof port === 'number') return [{ port, protocol }];
    return destination.ports.filter(({ name, protocol: own }) => name === port && own === protocol);
  });
  // A name that no container has opens nothing, which is another fault.
  return ports.length > 0 ? ports : undefined;
}

/** Names that policies of a namespace have. */
export function getTakenNames(pod: KnownPod, workspace: Workspace): ReadonlySet<string> {
  return new Set(findPolicies(pod.land, workspace).flatMap(({ known }) => known.value.name ?? []));
}
