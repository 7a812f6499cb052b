import { listSubjects } from '../../model/iam/subjects';
import type { Known } from '../../model/workspace/fact';
import { findBindings } from '../../model/workspace/rbac';
import type { RoleBindingFact } from '../../model/workspace/rbac-topics';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import { type Account, type AccountName, addAccounts, addDefinedAccount, addUsers, addWorkload } from './accounts';
import { getPodsOf, isSamePlace, type PlacedObject } from './objects';
import { addBinding, addRights, addRole, addSubjects, findRolesOf } from './rights';
import { addPolicy, addTrust, findAccountsOf } from './trust';
import { findFactAt, type Walk } from './walk';

/** Adds an object with who has access through it and what they reach by it. False for one that has no part in access. */
export function addObject(walk: Walk, object: PlacedObject): boolean {
  const { resource, place } = object;
  const { kind, group } = resource;
  if (getPodsOf(walk.project, object).length > 0) {
    for (const account of addWorkload(walk, object)) addReach(walk, account);
    return true;
  }
  if (kind === 'ServiceAccount' && group === '') {
    addOwnAccount(walk, object);
    return true;
  }
  const binding = findFactAt(walk.workspace, 'role-binding', place);
  if (binding) {
    addHolders(walk, binding, addBinding(walk, binding));
    return true;
  }
  return addOwnRole(walk, object);
}

/** Adds a trust policy with the accounts that it is about, those that it names in vain too, and the workloads that run as these. */
export function addOwnPolicy(walk: Walk, policy: Known<TrustPolicyFact>): void {
  const { draft } = walk;
  const id = addPolicy(walk, policy);
  const known = findAccountsOf(walk, policy).map(({ value, uri }): AccountName => {
    const { name, namespace, isNamespaceWritten } = value;
    return { name, namespace: isNamespaceWritten ? namespace : undefined, uri };
  });
  const named = listSubjects(policy.value).flatMap(({ subject }) => (subject ? [{ ...subject, uri: policy.uri }] : []));
  for (const account of [...known, ...named].flatMap((one) => addAccounts(walk, one))) {
    addTrust(walk, account);
    addUsers(walk, account);
    const steps = [...draft.edges.values()];
    const roles = steps.filter(({ to }) => to === id).map(({ from }) => from);
    const isGuarded = steps.some(({ from, to }) => from === account.id && roles.includes(to));
    if (!isGuarded) draft.join(account.id, 'trusted by', id);
  }
}

/** What an account may do, here and in the cloud. */
function addReach(walk: Walk, account: Account): void {
  addRights(walk, account);
  addTrust(walk, account);
}

function addOwnAccount(walk: Walk, { place, uri, resource }: PlacedObject): void {
  const { name, namespace } = resource;
  if (name === undefined) return;
  const value = { kind: 'ServiceAccount', name, namespace } as const;
  const named = { ...place, path: [...place.path, 'metadata', 'name'] };
  const account = addDefinedAccount(walk, { value, place: named, uri });
  addReach(walk, account);
  addUsers(walk, account);
}

function addHolders(walk: Walk, binding: Known<RoleBindingFact>, id: string | undefined): void {
  for (const account of addSubjects(walk, binding, id)) addUsers(walk, account);
}

function addOwnRole(walk: Walk, { place, resource }: PlacedObject): boolean {
  const { workspace } = walk;
  const role = workspace.find('role', resource.name ?? '').find((one) => isSamePlace(one.place, place));
  if (!role) return false;
  addRole(walk, role);
  for (const binding of findBindings(workspace, role.value)) {
    const isThrough = binding.value.role.name !== role.value.name;
    const isMeant = isThrough || findRolesOf(walk, binding).some((one) => isSamePlace(one.place, place));
    if (isMeant) addHolders(walk, binding, addBinding(walk, binding));
  }
  return true;
}
