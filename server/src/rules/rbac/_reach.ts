import type { Report, RuleContext } from '../../engine/rule';
import type { Severity } from '../../engine/settings';
import type { PolicyRule } from '../../model/kubernetes/rbac';
import { readStringMap } from '../../model/kubernetes/resource';
import type { Known } from '../../model/workspace/fact';
import { findBindings } from '../../model/workspace/rbac';
import type { RoleBindingFact } from '../../model/workspace/rbac-topics';
import { toQuotedList } from './_words';

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const MAX_RELATED = 3;
/** Who rules the pods and Secrets of this namespace rules the cluster. */
export const SYSTEM = 'kube-system';

/** Groups that hold whoever has a pod, a login, or nothing at all. */
const WIDE_GROUPS: readonly string[] = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'];

/** The bindings in the workspace that give away the role of a rule. */
export function findRoleBindings({ resource }: PolicyRule, { workspace }: RuleContext): Known<RoleBindingFact>[] {
  const { name, namespace, metadata } = resource;
  const kind = resource.kind === 'Role' ? 'Role' : 'ClusterRole';
  return findBindings(workspace, { kind, name, namespace, labels: readStringMap(metadata.get('labels')) });
}

/**
 * How loud a right is in view of who holds it, and where that stands: `inCluster` for a ClusterRole that is bound in the whole
 * cluster or nowhere here, and for what holds in `kube-system`; one step less for another Role and for a ClusterRole that is
 * only bound in namespaces, where a right on what is in no namespace (`isClusterScoped`) is not even in force and is a note;
 * one step more where a group that nobody chooses has it.
 */
export function toReach(
  rule: PolicyRule,
  context: RuleContext,
  inCluster: Severity,
  isClusterScoped = false,
): Required<Pick<Report, 'severity' | 'related'>> {
  const bindings = findRoleBindings(rule, context);
  const wide = bindings.filter(isClusterWide);
  const ofNote = wide.length > 0 ? wide : bindings;
  const related = ofNote.slice(0, MAX_RELATED).map(({ value, place }) => ({
    place: { ...place, path: [...place.path, 'subjects'] },
    message: describeGift(value),
  }));
  if (isClusterScoped && isBoundInNamespacesOnly(rule, context)) return { severity: 'info', related };
  const isForAnyone = ofNote.some(({ value }) => value.subjects.some(isWide));
  const isLocal = isHeldInNamespaces(rule, bindings) && !isInSystem(rule, context);
  return { severity: shift(inCluster, (isForAnyone ? 1 : 0) - (isLocal ? 1 : 0)), related };
}

/** True where the rule of a ClusterRole is bound here, and nowhere in the whole cluster. */
export function isBoundInNamespacesOnly(rule: PolicyRule, context: RuleContext): boolean {
  return rule.resource.kind === 'ClusterRole' && isHeldInNamespaces(rule, findRoleBindings(rule, context));
}

/** True where a rule holds in `kube-system`: a Role there, or a role that a RoleBinding there gives away. */
export function isInSystem(rule: PolicyRule, context: RuleContext): boolean {
  if (rule.resource.kind === 'Role') return rule.resource.namespace === SYSTEM;
  return findRoleBindings(rule, context).some(({ value }) => value.namespace === SYSTEM);
}

/** Said behind a right on what is in no namespace, where no binding here puts it in force. */
export function describeForce(rule: PolicyRule, context: RuleContext): string {
  return isBoundInNamespacesOnly(rule, context) ? ', once a ClusterRoleBinding puts that in force' : '';
}

function isHeldInNamespaces({ resource }: PolicyRule, bindings: readonly Known<RoleBindingFact>[]): boolean {
  return resource.kind === 'Role' || (bindings.length > 0 && !bindings.some(isClusterWide));
}

/** True for a ClusterRoleBinding. */
export function isClusterWide({ value }: Known<RoleBindingFact>): boolean {
  return value.kind === 'ClusterRoleBinding';
}

function shift(severity: Severity, step: number): Severity {
  const index = Math.min(SEVERITIES.length - 1, Math.max(0, SEVERITIES.indexOf(severity) + step));
  return SEVERITIES[index] ?? severity;
}

function isWide({ kind, name }: RoleBindingFact['subjects'][number]): boolean {
  return kind === 'Group' && WIDE_GROUPS.includes(name);
}

function describeGift({ kind, name, namespace, subjects }: RoleBindingFact): string {
  const who = subjects.length > 0 ? toQuotedList(subjects.map((subject) => subject.name)) : 'nobody known here';
  const where = kind === 'ClusterRoleBinding' ? 'in the whole cluster' : `in namespace "${namespace ?? 'default'}"`;
  return `${kind}${name === undefined ? '' : ` "${name}"`} gives it to ${who} ${where}.`;
}
