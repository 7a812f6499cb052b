// The workspace as a network: which policies may land where, which pods are there, and what a selector selects among them.
import { type LabelSelector, type LabelSet, matchSelector, toRequirements } from '../kubernetes/selectors';
import type { Known } from '../workspace/fact';
import type { NetworkPodFact, ServiceFact, TrafficPolicyFact } from '../workspace/network-topics';
import { EVERY_NAMESPACE, UNKNOWN_NAMESPACE } from '../workspace/topics';
import type { Workspace } from '../workspace/workspace';
import type { PlacedPolicy, PodEnd } from './evaluate';
import { isSameLand, type Land, toFolder } from './land';
import type { PeerData } from './policy';
import { type Answer, areAll } from './three';

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

/** The label that the API server gives to every namespace: its name. */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Where an object of a file lands. A kustomization above it that writes another namespace leaves its own open. */
export function getLand(namespace: string | undefined, uri: string, workspace: Workspace): Land {
  const folder = toFolder(uri);
  const isMoved = workspace
    .find('deployment-target', 'all')
    .some(
      ({ value, uri: target }) =>
        value.replacesNamespaces && value.namespace !== namespace && folder.startsWith(toFolder(target)),
    );
  return { namespace: isMoved ? undefined : namespace, folder };
}

/** The NetworkPolicies that may land in the same namespace, in the order of files and places. */
export function findPolicies(land: Land, workspace: Workspace): readonly KnownPolicy[] {
  return collect('policies', land, workspace, (key, asked) =>
    asked.find('traffic-policy', key).map((known) => {
      const { namespace, policy } = known.value;
      return { land: getLand(namespace, known.uri, asked), policy, known };
    }),
  );
}

/** The pods that may land in the same namespace. */
export function findPods(land: Land, workspace: Workspace): readonly KnownPod[] {
  return collect('pods', land, workspace, (key, asked) =>
    asked.find('network-pod', key).map((known) => {
      const { namespace, labels, ports, arePortsKnown, isHostNetwork } = known.value;
      const own = getLand(namespace, known.uri, asked);
      const namespaceLabels = getNamespaceLabels(own.namespace, asked);
      return { land: own, labels, namespaceLabels, ports, arePortsKnown, isHostNetwork, known };
    }),
  );
}

/** The Services that may land in the same namespace. */
export function findServices(land: Land, workspace: Workspace): readonly KnownService[] {
  return collect('services', land, workspace, (key, asked) =>
    asked.find('service', key).map((known) => ({ land: getLand(known.value.namespace, known.uri, asked), known })),
  );
}

/** Remembers per key, because every policy of a namespace asks for the same. */
function collect<T extends { readonly land: Land }>(
  name: string,
  land: Land,
  workspace: Workspace,
  read: (key: string, workspace: Workspace) => readonly T[],
): readonly T[] {
  // An object whose namespace is open may be any, and so may be the one asked for; the others of its folder stand for all.
  const keys = land.namespace === undefined ? [UNKNOWN_NAMESPACE] : [land.namespace, UNKNOWN_NAMESPACE];
  return keys
    .flatMap((key) => workspace.conclude(`network ${name} of ${key}`, (asked) => read(key, asked)))
    .filter((item) => isSameLand(item.land, land) !== false);
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

/** True where policies of other projects, or ones that Kyverno makes, may admit what NetworkPolicies do not. */
export function hasForeignPolicies(land: Land, workspace: Workspace): boolean {
  const keys = [land.namespace ?? UNKNOWN_NAMESPACE, EVERY_NAMESPACE];
  return keys.some((key) =>
    workspace.conclude(`foreign policies of ${key}`, (asked) =>
      asked.find('network-policy', key).some(({ value }) => value.kind !== 'NetworkPolicy'),
    ),
  );
}

/** What a selector selects among pods. */
export interface Selection {
  /** Those that are selected for sure. */
  readonly pods: readonly KnownPod[];
  /** False where others of the workspace may be selected too. */
  readonly isSure: boolean;
}

/** The pods that a selector selects in the namespace of `land`. */
export function selectPods(selector: LabelSelector, land: Land, workspace: Workspace): Selection {
  const answers = findPods(land, workspace).map((pod) => ({
    pod,
    answer: areAll([isSameLand(land, pod.land), matchSelector(selector, pod.labels)]),
  }));
  return toSelection(answers);
}

function toSelection(answers: readonly { pod: KnownPod; answer: Answer }[]): Selection {
  return {
    pods: answers.flatMap(({ pod, answer }) => (answer ? [pod] : [])),
    isSure: answers.every(({ answer }) => answer !== undefined),
  };
}

/** The namespaces that a selector names by the label of their name; undefined for one that chooses by other labels. */
export function getNamedNamespaces(selector: LabelSelector): readonly string[] | undefined {
  if (!selector.isKnown) return undefined;
  const [requirement, ...rest] = toRequirements(selector);
  if (!requirement || rest.length > 0 || requirement.key !== NAME_LABEL || requirement.operator !== 'In')
    return undefined;
  return requirement.values;
}

/** The pods that a peer means; undefined for addresses, and for namespaces that the workspace cannot list. */
export function selectPeerPods(peer: PeerData, land: Land, workspace: Workspace): Selection | undefined {
  if (!peer.isKnown || peer.ipBlock) return undefined;
  const selector = peer.podSelector ?? { matchLabels: {}, matchExpressions: [], isKnown: true };
  if (!peer.namespaceSelector) return selectPods(selector, land, workspace);
  const named = getNamedNamespaces(peer.namespaceSelector);
  const namespaces = named ?? findNamespaces(peer.namespaceSelector, workspace);
  const parts = namespaces.map((namespace) => selectPods(selector, { namespace, folder: '' }, workspace));
  return {
    pods: parts.flatMap(({ pods }) => pods),
    // Other repositories may hold namespaces with these labels.
    isSure: named !== undefined && parts.every(({ isSure }) => isSure),
  };
}

/** The namespaces of the workspace that a selector selects for sure. */
function findNamespaces(selector: LabelSelector, workspace: Workspace): readonly string[] {
  return workspace.conclude(`namespaces of ${JSON.stringify(selector)}`, (asked) => {
    const names = new Set(asked.all('namespace').map(({ value }) => value.name));
    return [...names].filter((name) => matchSelector(selector, getNamespaceLabels(name, asked)) === true);
  });
}
