import type { RuleContext } from '../../engine/rule';
import type { Direction } from '../../model/kubernetes/network-policy';
import { getAbsence, isSystemNamespace } from '../../model/workspace/absence';
import { findLackingDefaults, findPoliciesFor, findWorkloadsOf } from '../../model/workspace/default-deny';
import type { Known } from '../../model/workspace/fact';
import type { WorkloadFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';

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
 * Which directions no policy denies by default in a namespace; undefined for a system namespace, for one that no workload names,
 * and for one whose policies live elsewhere.
 */
export function getNamespaceDefault(namespace: string, context: RuleContext): NamespaceDefault | undefined {
  const { workspace } = context;
  // The control plane and the cluster's DNS live there: a default deny stops the cluster unless it is made with great care.
  if (isSystemNamespace(namespace)) return undefined;
  if (getAbsence({ kind: 'NetworkPolicy', namespace, name: undefined }, context) === 'elsewhere') return undefined;
  return workspace.conclude(`default-deny of ${namespace}`, (asked) => toNamespaceDefault(namespace, asked));
}

/**
 * The workload that speaks for a namespace whose object is not in the workspace. Every workload asks for it, to learn whether it
 * is the one; so no policy is asked for here, which would have all of them judged anew when a policy changes.
 */
export function getFirstWorkload(namespace: string, { workspace }: RuleContext): Known<WorkloadFact> | undefined {
  if (isSystemNamespace(namespace)) return undefined;
  return workspace.conclude(`first workload of ${namespace}`, (asked) => findWorkloadsOf(namespace, asked)[0]);
}

function toNamespaceDefault(namespace: string, workspace: Workspace): NamespaceDefault | undefined {
  const workloads = findWorkloadsOf(namespace, workspace);
  if (workloads.length === 0) return undefined;
  const policies = findPoliciesFor(namespace, workloads, workspace);
  return {
    workloads,
    isHostNetworkOnly: workloads.every(({ value }) => value.isHostNetwork),
    lacking: findLackingDefaults(policies),
    taken: new Set(policies.flatMap(({ name }) => name ?? [])),
  };
}
