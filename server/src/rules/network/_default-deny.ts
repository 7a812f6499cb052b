import type { RuleContext } from '../../engine/rule';
import { DIRECTIONS, type Direction } from '../../model/kubernetes/network-policy';
import { isSelected } from '../../model/kubernetes/selectors';
import type { Known } from '../../model/workspace/fact';
import {
  EVERY_NAMESPACE,
  type NetworkPolicyFact,
  UNKNOWN_NAMESPACE,
  type WorkloadFact,
} from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';

// The control plane and the cluster's DNS live there: a default deny stops the cluster unless it is made with great care.
const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

/** What is known of a namespace's default. */
export interface NamespaceDefault {
  /** The workloads, in the order of files and places. */
  readonly workloads: readonly Known<WorkloadFact>[];
  /** True when all of them use the host's network, which no policy reaches: only pods to come would be guarded. */
  readonly isHostNetworkOnly: boolean;
  /** The directions that nothing denies. */
  readonly lacking: readonly Direction[];
  /** Names of policies that are taken. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Which directions no policy denies by default in a namespace; undefined for a system namespace and for one that no workload
 * names.
 */
export function getNamespaceDefault(namespace: string, { workspace }: RuleContext): NamespaceDefault | undefined {
  if (SYSTEM_NAMESPACES.includes(namespace)) return undefined;
  return workspace.conclude(`default-deny of ${namespace}`, (asked) => toNamespaceDefault(namespace, asked));
}

/**
 * The workload that speaks for a namespace whose object is not in the workspace. Every workload asks for it, to learn whether it
 * is the one; so no policy is asked for here, which would have all of them judged anew when a policy changes.
 */
export function getFirstWorkload(namespace: string, { workspace }: RuleContext): Known<WorkloadFact> | undefined {
  if (SYSTEM_NAMESPACES.includes(namespace)) return undefined;
  return workspace.conclude(`first workload of ${namespace}`, (asked) => toWorkloads(namespace, asked)[0]);
}

/** The workloads that say themselves that they are in a namespace, and that nothing moves elsewhere. */
function toWorkloads(namespace: string, workspace: Workspace): readonly Known<WorkloadFact>[] {
  const targets = workspace.find('deployment-target', 'all');
  const isMovedElsewhere = (uri: string) =>
    targets.some(
      ({ value, uri: target }) =>
        value.replacesNamespaces && value.namespace !== namespace && uri.startsWith(toDirectory(target)),
    );
  return workspace
    .find('workload', namespace)
    .filter(({ value, uri }) => value.isNamespaceWritten && !isMovedElsewhere(uri));
}

function toNamespaceDefault(namespace: string, workspace: Workspace): NamespaceDefault | undefined {
  const targets = workspace.find('deployment-target', 'all');
  const workloads = toWorkloads(namespace, workspace);
  if (workloads.length === 0) return undefined;

  const objects = workspace.find('namespace', namespace);
  const own = workspace.find('network-policy', namespace);
  // Where a policy without a namespace lands is decided outside: by kubectl's context, kustomize, Flux or Argo CD.
  const isAnywhere = targets.some(
    ({ value }) => value.namespace === namespace || value.namespace === UNKNOWN_NAMESPACE,
  );
  const homes = [...workloads, ...objects].map(({ uri }) => toDirectory(uri));
  const stray = workspace.find('network-policy', UNKNOWN_NAMESPACE).filter(({ uri }) => {
    const directory = toDirectory(uri);
    if (namespace === 'default' || isAnywhere) return true;
    return homes.some((home) => home.startsWith(directory) || directory.startsWith(home));
  });
  const labels = { 'kubernetes.io/metadata.name': namespace, ...objects[0]?.value.labels };
  const everywhere = workspace
    .find('network-policy', EVERY_NAMESPACE)
    .filter(({ value }) => isSpeakingOf(value, labels, objects[0]?.value.unknownLabels));
  const policies = [...own, ...stray, ...everywhere].map(({ value }) => value);
  return {
    workloads,
    isHostNetworkOnly: workloads.every(({ value }) => value.isHostNetwork),
    lacking: DIRECTIONS.filter((direction) => !policies.some((policy) => isDenyingByDefault(policy, direction))),
    taken: new Set(policies.flatMap(({ name }) => name ?? [])),
  };
}

function isDenyingByDefault(policy: NetworkPolicyFact, direction: Direction): boolean {
  if (!policy.selectsAllPods) return false;
  return direction === 'Ingress'
    ? policy.isolatesIngress && !policy.allowsAllIngress
    : policy.isolatesEgress && !policy.allowsAllEgress;
}

/** Whether a cluster-wide policy may be about a namespace; one whose object is not in the workspace may have any label. */
function isSpeakingOf(
  { namespaceSelector }: NetworkPolicyFact,
  labels: Readonly<Record<string, string>>,
  unknownLabels: readonly string[] | undefined,
): boolean {
  if (!namespaceSelector || isSelected(namespaceSelector, labels) !== false) return true;
  const { matchLabels, matchExpressions } = namespaceSelector;
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  return keys.some((key) => !(key in labels) && (unknownLabels?.includes(key) ?? true));
}

function toDirectory(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
