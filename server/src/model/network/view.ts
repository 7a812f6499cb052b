// The workspace as a network: which policies may land where, and which pods and Services are there.
import { type LabelSet, NAME_LABEL } from '../kubernetes/selectors';
import { type AbsenceContext, getAbsence } from '../workspace/absence';
import { isOther, isSpeakingOf } from '../workspace/default-deny';
import type { Known } from '../workspace/fact';
import { findKustomizations, isPatchFile, withKustomizedLabels } from '../workspace/kustomizations';
import { type NetworkPodFact, type ServiceFact, type TrafficPolicyFact, toPortsKey } from '../workspace/network-topics';
import { EVERY_NAMESPACE, type NetworkPolicyFact, UNKNOWN_NAMESPACE } from '../workspace/topics';
import type { Workspace } from '../workspace/workspace';
import type { PlacedPolicy, PodEnd } from './evaluate';
import { type Land, toFolder } from './land';

/** A policy of the workspace. */
export interface KnownPolicy extends PlacedPolicy {
  readonly known: Known<TrafficPolicyFact>;
}

/** Pods of a workload of the workspace. */
export interface KnownPod extends PodEnd {
  readonly known: Known<NetworkPodFact>;
}

/** A Service of the workspace. */
export interface KnownService {
  readonly land: Land;
  readonly known: Known<ServiceFact>;
}

/** Where an object of a file lands. A kustomization above it, or one that builds from it, leaves its own open by writing another. */
export function getLand(namespace: string | undefined, uri: string, workspace: Workspace): Land {
  const folder = toFolder(uri);
  const isMoved =
    workspace
      .find('deployment-target', 'all')
      .some(
        ({ value, uri: target }) =>
          value.replacesNamespaces && value.namespace !== namespace && folder.startsWith(toFolder(target)),
      ) || findKustomizations(uri, workspace).some(({ value }) => isOther(value.namespace, namespace));
  return { namespace: isMoved ? undefined : namespace, folder };
}

/** The NetworkPolicies that may land in the same namespace, in the order of files and places within each key. */
export function findPolicies(land: Land, workspace: Workspace): readonly KnownPolicy[] {
  // Where the namespace is open, it may be that of any policy.
  if (land.namespace === undefined) {
    return workspace.conclude('network policies', (asked) =>
      asked.all('traffic-policy').flatMap((known) => toPolicies(known, asked)),
    );
  }
  return getKeys(land).flatMap((key) =>
    workspace.conclude(`network policies of ${key}`, (asked) =>
      asked.find('traffic-policy', key).flatMap((known) => toPolicies(known, asked)),
    ),
  );
}

/** None for a patch: what it says is a part of another. */
function toPolicies(known: Known<TrafficPolicyFact>, workspace: Workspace): KnownPolicy[] {
  const { namespace, policy } = known.value;
  if (isPatchFile(known.uri, workspace)) return [];
  return [{ land: getLand(namespace, known.uri, workspace), policy, known }];
}

/** Keys of what may land in the same namespace as what lands in `land`. */
export function getKeys({ namespace }: Land): readonly string[] {
  return namespace === undefined ? [UNKNOWN_NAMESPACE] : [namespace, UNKNOWN_NAMESPACE];
}

/** The pods under a key, without their ports (see `withPorts`). */
export function listPods(key: string, workspace: Workspace): readonly KnownPod[] {
  return workspace.conclude(`network pods of ${key}`, (asked) =>
    asked.find('network-pod', key).map((known) => {
      const { namespace, isHostNetwork } = known.value;
      const labels = withKustomizedLabels(known.value.labels, known.uri, asked);
      const land = getLand(namespace, known.uri, asked);
      const namespaceLabels = getNamespaceLabels(land.namespace, asked);
      return { land, labels, namespaceLabels, ports: [], arePortsKnown: false, isHostNetwork, known };
    }),
  );
}

/**
 * The pods that may land in the same namespace, without their ports. Where the namespace is open, pods that name one are left
 * out: those of the same folder stand for all.
 */
export function findPods(land: Land, workspace: Workspace): readonly KnownPod[] {
  return getKeys(land).flatMap((key) => listPods(key, workspace));
}

/** A pod with the ports that it declares: asked for apart, so that a change of ports concerns only those who ask for them. */
export function withPorts(pod: KnownPod, workspace: Workspace): KnownPod {
  const { place, value } = pod.known;
  const path = place.path.join('/');
  const found = workspace
    .find('pod-ports', toPortsKey(value))
    .filter((other) => other.place.document === place.document && other.place.path.join('/') === path);
  return {
    ...pod,
    ports: found.flatMap((other) => other.value.ports),
    arePortsKnown: found.length > 0 && found.every((other) => other.value.arePortsKnown),
  };
}

/** The Services under a key. */
export function listServices(key: string, workspace: Workspace): readonly KnownService[] {
  return workspace.conclude(`network services of ${key}`, (asked) =>
    asked.find('service', key).map((known) => ({ land: getLand(known.value.namespace, known.uri, asked), known })),
  );
}

/** The labels of a namespace as far as the workspace knows them. */
export function getNamespaceLabels(namespace: string | undefined, workspace: Workspace): LabelSet {
  if (namespace === undefined) return { values: {}, unknown: [], isComplete: false };
  const [found] = workspace.find('namespace', namespace);
  return {
    values: { ...found?.value.labels, [NAME_LABEL]: namespace },
    unknown: found?.value.unknownLabels ?? [],
    isComplete: found !== undefined,
  };
}

/**
 * True where policies that are not read here may admit what the NetworkPolicies do not: those of other projects, ones that Kyverno
 * makes, and ones that live elsewhere.
 */
export function hasForeignPolicies(land: Land, context: AbsenceContext): boolean {
  if (getAbsence({ kind: 'NetworkPolicy', namespace: land.namespace, name: undefined }, context) === 'elsewhere')
    return true;
  return findForeignPolicies(land, context.workspace).length > 0;
}

/** The policies of other projects that may be about a namespace, and those that Kyverno makes there. */
export function findForeignPolicies({ namespace, folder }: Land, workspace: Workspace): readonly NetworkPolicyFact[] {
  return workspace.conclude(`foreign policies of ${namespace ?? `? ${folder}`}`, (asked) => {
    const keys = [...new Set([namespace ?? UNKNOWN_NAMESPACE, UNKNOWN_NAMESPACE, EVERY_NAMESPACE])];
    return keys.flatMap((key) =>
      asked
        .find('network-policy', key)
        .map(({ value }) => value)
        .filter((value) => value.isForeign && (namespace === undefined || isSpeakingOf(value, namespace, asked))),
    );
  });
}
