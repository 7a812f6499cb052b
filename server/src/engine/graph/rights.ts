import { parseSubject } from '../../model/iam/subject';
import type { Known } from '../../model/workspace/fact';
import { findGrants, findRoles, isBuiltInRole, withAggregated } from '../../model/workspace/rbac';
import { type RoleBindingFact, type RoleFact, type SubjectFact, UNKNOWN_NAME } from '../../model/workspace/rbac-topics';
import { chooseMeant } from '../navigation/nearest';
import { findDefinitions } from '../navigation/resolve';
import { toSubjectWords } from '../rbac-words';
import { type Account, addAccounts, findNamesOf } from './accounts';
import type { NodeInput } from './draft';
import { isSamePlace } from './objects';
import { findFactAt, type Walk } from './walk';
import { toPlain, toPlainBuiltInWords, toPlainRuleLines } from './words';

/** Adds the bindings that reach an account, by its name or by a group, and the roles that they grant. */
export function addRights(walk: Walk, account: Account): void {
  const { draft, workspace } = walk;
  if (!walk.once(`rights of ${account.id}`)) return;
  for (const { place } of findNamesOf(walk, account)) {
    const binding = findFactAt(workspace, 'role-binding', place);
    if (binding) draft.join(account.id, 'bound by', addBinding(walk, binding));
  }
  const { name, namespace } = account;
  for (const { binding, via } of findGrants(workspace, { kind: 'ServiceAccount', name, namespace })) {
    if (via.kind !== 'Group') continue;
    const group = addSubject(walk, via);
    draft.join(account.id, 'is in', group);
    draft.join(group, 'bound by', addBinding(walk, binding));
  }
}

/** Adds a binding with the roles that it grants, and returns its node. */
export function addBinding(walk: Walk, binding: Known<RoleBindingFact>): string | undefined {
  const { value, place, uri } = binding;
  const { kind, name = 'not known here', namespace } = value;
  const isAnywhere = kind === 'RoleBinding' && namespace === undefined;
  const lines =
    kind === 'ClusterRoleBinding'
      ? ['in the whole cluster']
      : isAnywhere
        ? ['in the namespace that it is put into']
        : [];
  const node = walk.draft.add({ type: 'binding', kind, name, namespace, state: 'written', lines, place, uri });
  if (node?.isNew) for (const role of addRolesOf(walk, binding)) walk.draft.join(node.id, 'grants', role);
  return node?.id;
}

/** The roles of the workspace that a binding means: where jumps from its `roleRef` lead. */
export function findRolesOf({ workspace }: Walk, { value, uri }: Known<RoleBindingFact>): readonly Known<RoleFact>[] {
  const { role, namespace } = value;
  const { kind, name } = role;
  if (kind !== 'Role' && kind !== 'ClusterRole') return [];
  const home = kind === 'ClusterRole' ? undefined : namespace;
  const defined = findDefinitions(workspace, { kind, name, namespace: home }, uri);
  const roles = findRoles(workspace, { ...role, namespace }).filter(({ place }) =>
    defined.some((one) => isSamePlace({ ...one.place, path: one.place.path.slice(0, -2) }, place)),
  );
  return chooseMeant(roles, (one) => one.namespace, home, uri, true);
}

function addRolesOf(walk: Walk, binding: Known<RoleBindingFact>): (string | undefined)[] {
  const roles = findRolesOf(walk, binding);
  if (roles.length > 0) return roles.map((role) => addRole(walk, role));
  const { kind, name } = binding.value.role;
  const namespace = kind === 'Role' ? binding.value.namespace : undefined;
  const node: NodeInput = { type: 'role', kind, name, namespace, state: 'missing' };
  if (name === UNKNOWN_NAME || kind === UNKNOWN_NAME) {
    const who = `${binding.value.kind} "${binding.value.name ?? ''}"`;
    walk.draft.note(`The role of ${who} is filled in later, so what it grants is not known here.`);
    const unknown = { kind: kind === UNKNOWN_NAME ? 'Role' : kind, name: 'not known here', state: 'unknown' } as const;
    return [walk.draft.add({ ...node, ...unknown, lines: ['its name is filled in later'], uri: binding.uri })?.id];
  }
  if (!isBuiltInRole({ kind, name, namespace })) {
    return [walk.draft.add({ ...node, lines: ['no file of the workspace defines it'] })?.id];
  }
  const builtIn = walk.draft.add({ ...node, state: 'built-in', lines: [toPlainBuiltInWords(name)] });
  if (builtIn?.isNew) addAggregated(walk, builtIn.id, [], name);
  return [builtIn?.id];
}

/** Adds a role with those whose rules it takes over, and returns its node. */
export function addRole(walk: Walk, role: Known<RoleFact>): string | undefined {
  const { value, place, uri } = role;
  const { kind, name = 'not known here', namespace, rules, isAggregated } = value;
  const own = isAggregated
    ? ['has the rules of the roles that its labels choose']
    : rules.flatMap((rule) => toPlainRuleLines(rule, kind === 'Role'));
  const lines = own.length > 0 ? own : ['grants nothing'];
  const node = walk.draft.add({ type: 'role', kind, name, namespace, state: 'written', lines, place, uri });
  if (node?.isNew && kind === 'ClusterRole') addAggregated(walk, node.id, [role], name);
  return node?.id;
}

function addAggregated(walk: Walk, id: string, roles: readonly Known<RoleFact>[], name: string): void {
  for (const one of withAggregated(walk.workspace, roles, name)) {
    if (!roles.includes(one)) walk.draft.join(id, 'takes over', addRole(walk, one));
  }
}

/** Adds those to whom a binding gives its role. Returns the accounts among them. */
export function addSubjects(walk: Walk, binding: Known<RoleBindingFact>, id: string | undefined): readonly Account[] {
  return binding.value.subjects.flatMap((subject) => {
    // An account has a user name by which a binding may name it too.
    const named = subject.kind === 'User' ? parseSubject(subject.name) : subject;
    if (subject.kind === 'Group' || !named) {
      walk.draft.join(addSubject(walk, subject), 'bound by', id);
      return [];
    }
    const { name, namespace } = named;
    const accounts = addAccounts(walk, { name, namespace, uri: binding.uri });
    for (const account of accounts) walk.draft.join(account.id, 'bound by', id);
    return accounts;
  });
}

function addSubject({ draft }: Walk, subject: SubjectFact): string | undefined {
  const { kind, name } = subject;
  const words = toPlain(toSubjectWords(subject));
  const lines = words.startsWith(kind) ? [] : [words.replace(/ \([^)]*\)$/, '')];
  return draft.add({ type: 'subject', kind, name, namespace: undefined, state: 'outside', lines })?.id;
}
