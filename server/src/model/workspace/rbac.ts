// Questions about rights that are asked across files. What a workspace does not hold is not answered: a role that is bound
// and not here, a binding made by hand.
import { isBootstrapClusterRole } from '../kubernetes/rbac-roles';
import { isSelected, type LabelSelector } from '../kubernetes/selectors';
import type { Known } from './fact';
import { type RoleBindingFact, type RoleFact, type RoleName, type SubjectFact, UNKNOWN_NAME } from './rbac-topics';
import type { Workspace } from './workspace';

/** A role as a binding names it. `namespace` is that of the binding, in which a Role of the name is looked for. */
export interface RoleReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What decides who holds a role. */
export type RoleIdentity = RoleName & Pick<RoleFact, 'labels'>;

/** One way in which a subject has a role. */
export interface SubjectGrant {
  readonly binding: Known<RoleBindingFact>;
  /** The subject of the binding that reaches the one asked about: itself, or a group that it is in. */
  readonly via: SubjectFact;
  /** The roles of that reference that are here; none for one that is built in or not in the workspace. */
  readonly roles: readonly Known<RoleFact>[];
}

const AGGREGATE_LABEL = 'rbac.authorization.k8s.io/aggregate-to-';
const AGGREGATES: readonly string[] = ['admin', 'edit', 'view'];

/** True for two namespaces that may be the same: equal, or one of them not known. */
export function isMaybeSameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === b || a === undefined || b === undefined;
}

/** The roles that a reference may mean. */
export function findRoles(workspace: Workspace, { kind, name, namespace }: RoleReference): Known<RoleFact>[] {
  if (name === UNKNOWN_NAME) return [];
  return workspace
    .find('role', name)
    .filter(
      ({ value }) =>
        value.kind === kind && (kind === 'ClusterRole' || isMaybeSameNamespace(value.namespace, namespace)),
    );
}

/** The ClusterRoles that take over the rules of a role because of its labels, `admin`, `edit` and `view` included; names only. */
export function findAggregators(workspace: Workspace, role: RoleIdentity): string[] {
  if (role.kind !== 'ClusterRole') return [];
  const isChosen = (selector: LabelSelector) => isSelected(selector, role.labels) === true;
  const own = workspace
    .find('role-aggregation', 'all')
    .filter(({ value }) => value.name !== role.name && value.selectors.some(isChosen))
    .map(({ value }) => value.name);
  const builtIn = AGGREGATES.filter(
    (name) => role.labels[`${AGGREGATE_LABEL}${name}`] === 'true' && role.name !== name,
  );
  return [...new Set([...own, ...builtIn])];
}

/** The roles whose rules a ClusterRole of this name takes over: those that its selectors or the labels of Kubernetes choose. */
export function findAggregated(workspace: Workspace, name: string): readonly Known<RoleFact>[] {
  return workspace.conclude(`rbac/aggregated:${name}`, (asked) =>
    asked.all('role').filter(({ value }) => value.name !== name && findAggregators(asked, value).includes(name)),
  );
}

/** The bindings that give a role to somebody: those that name it, and those that name a role that takes over its rules. */
export function findBindings(workspace: Workspace, role: RoleIdentity): Known<RoleBindingFact>[] {
  if (role.name === undefined) return [];
  const names = role.kind === 'Role' ? [role.name] : [role.name, ...findAggregators(workspace, role)];
  return names.flatMap((name) =>
    workspace.find('role-binding', name).filter(({ value }) => {
      if (value.role.kind !== role.kind) return false;
      return role.kind === 'ClusterRole' || isMaybeSameNamespace(value.namespace, role.namespace);
    }),
  );
}

/** The subjects by which the API server knows a subject too: the groups that it is in, and an account's user name. */
export function toIdentities(subject: SubjectFact): SubjectFact[] {
  const { kind, name, namespace } = subject;
  const toGroup = (group: string): SubjectFact => ({ kind: 'Group', name: group, namespace: undefined });
  if (kind === 'Group') return [subject];
  if (kind === 'User') return name === 'system:anonymous' ? [subject] : [subject, toGroup('system:authenticated')];
  const groups = [toGroup('system:serviceaccounts'), toGroup('system:authenticated')];
  if (namespace === undefined) return [subject, ...groups];
  const user: SubjectFact = { kind: 'User', name: `system:serviceaccount:${namespace}:${name}`, namespace: undefined };
  return [subject, user, toGroup(`system:serviceaccounts:${namespace}`), ...groups];
}

/** The bindings that reach a subject, by itself or by a group, with the roles that they give to it. */
export function findGrants(workspace: Workspace, subject: SubjectFact): SubjectGrant[] {
  const bindings = workspace.conclude('rbac/bindings-by-subject', toBindingsBySubject);
  return toIdentities(subject).flatMap((via) =>
    (bindings.get(toSubjectKey(via)) ?? []).map((binding) => ({
      binding,
      via,
      roles: findRoles(workspace, { ...binding.value.role, namespace: binding.value.namespace }),
    })),
  );
}

/** A role with those whose rules it takes over. */
export function withAggregated(
  workspace: Workspace,
  roles: readonly Known<RoleFact>[],
  name: string,
): Known<RoleFact>[] {
  const isWriting = roles.length === 0 ? AGGREGATES.includes(name) : roles.some(({ value }) => value.isAggregated);
  // The rules that stand in an aggregated role itself are overwritten by the controller.
  const own = roles.filter(({ value }) => !value.isAggregated);
  return isWriting ? [...own, ...findAggregated(workspace, name)] : own;
}

/** True when nobody has to write the role: the API server makes it. */
export function isBuiltInRole({ kind, name }: Pick<RoleName, 'kind' | 'name'> | RoleReference): boolean {
  return kind === 'ClusterRole' && name !== undefined && isBootstrapClusterRole(name);
}

function toBindingsBySubject(workspace: Workspace): ReadonlyMap<string, readonly Known<RoleBindingFact>[]> {
  const found = new Map<string, Known<RoleBindingFact>[]>();
  for (const binding of workspace.all('role-binding')) {
    for (const key of new Set(binding.value.subjects.map(toSubjectKey))) {
      const list = found.get(key);
      if (list) list.push(binding);
      else found.set(key, [binding]);
    }
  }
  return found;
}

const toSubjectKey = ({ kind, name, namespace }: SubjectFact) => `${kind}|${namespace ?? ''}|${name}`;
