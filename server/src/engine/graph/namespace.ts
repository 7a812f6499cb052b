import { findWorkloadsOf } from '../../model/workspace/default-deny';
import { type Account, addDefinedAccount, addWorkload } from './accounts';
import { findObjectAt } from './objects';
import { addBinding, addRights, addRole, addSubjects } from './rights';
import { addTrust } from './trust';
import type { Walk } from './walk';

/** Adds what a namespace holds: its workloads and accounts with all that they reach, its roles, and who is bound in it. */
export function addNamespace(walk: Walk, name: string): void {
  const { workspace, project } = walk;
  const accounts: Account[] = [];
  for (const { place } of findWorkloadsOf(name, workspace)) {
    const object = findObjectAt(project, place);
    if (object) accounts.push(...addWorkload(walk, object));
  }
  for (const known of workspace.all('definition')) {
    const { kind, namespace } = known.value;
    if (kind === 'ServiceAccount' && namespace === name) accounts.push(addDefinedAccount(walk, known));
  }
  for (const account of accounts) {
    addRights(walk, account);
    addTrust(walk, account);
  }
  for (const binding of workspace.all('role-binding')) {
    if (binding.value.namespace === name) addSubjects(walk, binding, addBinding(walk, binding));
  }
  for (const role of workspace.all('role')) {
    if (role.value.kind === 'Role' && role.value.namespace === name) addRole(walk, role);
  }
}

/** The names of all namespaces that the files of the workspace speak of, sorted. */
export function findNamespaces({ all }: Walk['workspace']): string[] {
  const names = [...all('definition'), ...all('reference')].flatMap(({ value }) =>
    value.kind === 'Namespace' ? [value.name] : [],
  );
  return [...new Set(names)].sort();
}
