import type { RuleContext } from '../../engine/rule';
import { getPeerList } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import type { PortData } from '../../model/network/policy';
import { readPeer, readPort } from '../../model/network/read-policy';
import { findServicesOf, selectPeerPods } from '../../model/network/select';
import { type KnownPod, type KnownService, withPorts } from '../../model/network/view';
import type { ServicePort } from '../../model/workspace/network-topics';
import type { Ref } from '../../syntax/ref';
import { getEffectiveRules, type TrafficRule } from './_policies';
import { isPortValue } from './_refused';
import { getScene, type Scene } from './_scene';

/** A port of a rule with the pods that are connected to there. */
export interface PortCase {
  readonly at: Ref;
  readonly data: PortData;
  readonly protocol: string;
  readonly pods: readonly KnownPod[];
  /** Ports of the Services that select some of these pods. */
  readonly servicePorts: readonly { readonly service: KnownService; readonly port: ServicePort }[];
}

/** The ports of a policy's rules whose destinations are all pods that the workspace knows. */
export function* getPortCases(resource: Resource, context: RuleContext): Iterable<PortCase> {
  const scene = getScene(resource, context);
  if (!scene) return;
  for (const rule of getEffectiveRules(resource)) {
    const items = rule.ref.get('ports').items();
    const pods = items.length > 0 ? getDestinations(scene, rule) : undefined;
    if (!pods) continue;
    const servicePorts = getServicePorts(scene, pods);
    for (const item of items) {
      const data = readPort(item);
      const { protocol } = data;
      const isRefused = item.get('port').isPresent && !isPortValue(item.get('port'));
      if (data.isKnown && protocol !== undefined && !isRefused)
        yield { at: item.get('port'), data, protocol, pods, servicePorts };
    }
  }
}

function getDestinations({ selection, land, workspace }: Scene, { ref, direction }: TrafficRule) {
  const peers = getPeerList(ref, direction);
  const selections =
    direction === 'Ingress'
      ? [selection]
      : peers.items().map((peer) => selectPeerPods(readPeer(peer), land, workspace));
  if (peers.isUnknown || !selections.every((part) => part?.isSure)) return undefined;
  const pods = selections.flatMap((part) => part?.pods ?? []).map((pod) => withPorts(pod, workspace));
  return pods.length > 0 ? pods : undefined;
}

function getServicePorts({ workspace }: Scene, pods: readonly KnownPod[]) {
  return findServicesOf(pods, workspace).flatMap((service) =>
    service.known.value.ports.map((port) => ({ service, port })),
  );
}

/** True when a container of one of the pods declares the port, or a Service sends its connections there. */
export function isServed({ pods, servicePorts }: PortCase, number: number): boolean {
  return (
    pods.some(({ ports }) => ports.some(({ port }) => port === number)) ||
    servicePorts.some(({ port }) => port.targetPort === number)
  );
}

/** The numbers at which pods answer what a Service sends to a port of theirs. */
export function resolveTarget({ targetPort, protocol }: ServicePort, pods: readonly KnownPod[]): number[] {
  if (typeof targetPort === 'number') return [targetPort];
  const named = pods.flatMap(({ ports }) =>
    ports.filter((port) => port.name === targetPort && port.protocol === protocol).map(({ port }) => port),
  );
  return [...new Set(named)];
}

/** True when every one of the pods says at which ports it answers. */
export function areAllDeclared({ pods }: PortCase): boolean {
  return pods.every(({ ports, arePortsKnown }) => arePortsKnown && ports.length > 0);
}
