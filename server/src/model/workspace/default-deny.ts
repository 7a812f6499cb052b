import { isLike } from '../iam/wildcard';
import { DIRECTIONS, type Direction } from '../kubernetes/network-policy';
import { matchSelector, NAME_LABEL } from '../kubernetes/selectors';
import type { Known } from './fact';
import { findKustomizations, isPatchFile } from './kustomizations';
import { EVERY_NAMESPACE, type NetworkPolicyFact, UNKNOWN_NAMESPACE, type WorkloadFact } from './topics';
import type { Workspace } from './workspace';

/** The workloads that say themselves that they are in a namespace, and that nothing moves elsewhere, in the order of files. */
export function findWorkloadsOf(namespace: string, workspace: Workspace): readonly Known<WorkloadFact>[] {
  const targets = workspace.find('deployment-target', 'all');
  const isMovedElsewhere = (uri: string) =>
    targets.some(
      ({ value, uri: target }) =>
        value.replacesNamespaces && value.namespace !== namespace && uri.startsWith(toDirectory(target)),
    ) || findKustomizations(uri, workspace).some(({ value }) => isOther(value.namespace, namespace));
  return workspace
    .find('workload', namespace)
    .filter(({ value, uri }) => value.isNamespaceWritten && !isMovedElsewhere(uri));
}

/** The policies that may be about a namespace with these workloads: its own, stray ones that may land there, and those of the cluster. */
export function findPoliciesFor(
  namespace: string,
  workloads: readonly Known<WorkloadFact>[],
  workspace: Workspace,
): NetworkPolicyFact[] {
  const targets = workspace.find('deployment-target', 'all');
  const objects = workspace.find('namespace', namespace);
  const isPatch = ({ uri }: { readonly uri: string }) => isPatchFile(uri, workspace);
  const own = workspace.find('network-policy', namespace).filter((known) => !isPatch(known));
  // Where a policy without a namespace lands is decided outside: by kubectl's context, kustomize, Flux or Argo CD.
  const isAnywhere = targets.some(
    ({ value }) => value.namespace === namespace || value.namespace === UNKNOWN_NAMESPACE,
  );
  const homes = [...workloads, ...objects].map(({ uri }) => toDirectory(uri));
  const stray = workspace.find('network-policy', UNKNOWN_NAMESPACE).filter(({ uri }) => {
    if (isPatch({ uri })) return false;
    const directory = toDirectory(uri);
    if (namespace === 'default' || isAnywhere) return true;
    return homes.some((home) => home.startsWith(directory) || directory.startsWith(home));
  });
  const everywhere = workspace
    .find('network-policy', EVERY_NAMESPACE)
    .filter(({ value }) => isSpeakingOf(value, namespace, workspace));
  return [...own, ...stray, ...everywhere].map(({ value }) => value);
}

/** The directions that none of several policies denies by default. */
export function findLackingDefaults(policies: readonly NetworkPolicyFact[]): readonly Direction[] {
  return DIRECTIONS.filter((direction) => !policies.some((policy) => isDenyingByDefault(policy, direction)));
}

function isDenyingByDefault(policy: NetworkPolicyFact, direction: Direction): boolean {
  if (!policy.selectsAllPods) return false;
  return direction === 'Ingress'
    ? policy.isolatesIngress && !policy.allowsAllIngress
    : policy.isolatesEgress && !policy.allowsAllEgress;
}

/** Whether a policy that is not of one namespace may be about this one; a Namespace that is not in the workspace may have any label. */
export function isSpeakingOf(
  { namespaceSelector, namespaceNames, exceptedNames }: NetworkPolicyFact,
  namespace: string,
  workspace: Workspace,
): boolean {
  if (namespaceNames?.some((pattern) => isLike(pattern, namespace)) === false) return false;
  if (exceptedNames.some((pattern) => isLike(pattern, namespace))) return false;
  if (!namespaceSelector) return true;
  const name = { [NAME_LABEL]: namespace };
  // Files of several clusters may each have a Namespace of this name.
  const known = workspace
    .find('namespace', namespace)
    .map(({ value }) => ({ values: { ...value.labels, ...name }, unknown: value.unknownLabels, isComplete: true }));
  const sets = known.length > 0 ? known : [{ values: name, unknown: [], isComplete: false }];
  return sets.some((labels) => matchSelector(namespaceSelector, labels) !== false);
}

/** True where a kustomization writes a namespace, and another one. */
export function isOther(written: string | undefined, namespace: string | undefined): boolean {
  return written !== undefined && written !== namespace;
}

function toDirectory(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
