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

/** Groups that hold whoever has a pod, a login, or nothing at all. */
export const WIDE_GROUPS: readonly string[] = [
  'system:authenticated',
  'system:unauthenticated',
  'system:serviceaccounts',
];

/** The bindings in the workspace that give away the role of a rule. */
export function findRoleBindings({ resource }: PolicyRule, { workspace }: RuleContext): Known<RoleBindingFact>[] {
  const { name, namespace, metadata } = resource;
  const kind = resource.kind === 'Role' ? 'Role' : 'ClusterRole';
  return findBindings(workspace, { kind, name, namespace, labels: readStringMap(metadata.get('labels')) });
}

/**
 * How loud a right is in view of who holds it, and where that stands: `inCluster` for a ClusterRole that is bound in the whole
 * cluster or nowhere here; one step less for a Role and for a ClusterRole that is only bound in namespaces; one step more where
 * a group that nobody chooses has it in the whole cluster.
 */
export function toReach(
  rule: PolicyRule,
  context: RuleContext,
  inCluster: Severity,
): Required<Pick<Report, 'severity' | 'related'>> {
  const bindings = findRoleBindings(rule, context);
  const wide = bindings.filter(({ value }) => value.kind === 'ClusterRoleBinding');
  const isForAnyone = wide.some(({ value }) => value.subjects.some(isWide));
  const isLocal = rule.resource.kind === 'Role' || (bindings.length > 0 && wide.length === 0);
  const step = isForAnyone ? 1 : isLocal ? -1 : 0;
  const related = (wide.length > 0 ? wide : bindings).slice(0, MAX_RELATED).map(({ value, place }) => ({
    place: { ...place, path: [...place.path, 'subjects'] },
    message: describeGift(value),
  }));
  return { severity: shift(inCluster, step), related };
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
