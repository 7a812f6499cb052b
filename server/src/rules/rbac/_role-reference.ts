import type { RuleContext } from '../../engine/rule';
import { isTypo } from '../../model/iam/near';
import type { Binding } from '../../model/kubernetes/rbac-bindings';
import { isBootstrapClusterRole } from '../../model/kubernetes/rbac-roles';
import { getAbsence } from '../../model/workspace/absence';
import type { Known } from '../../model/workspace/fact';
import { isMaybeSameNamespace } from '../../model/workspace/rbac';
import type { RoleNameFact } from '../../model/workspace/rbac-topics';
import type { Workspace } from '../../model/workspace/workspace';

/** What is the matter with the `roleRef` of a binding. */
export type RoleFault =
  /** A ClusterRoleBinding to a Role, which the API server refuses; `role` is that Role, where it is here. */
  | {
      readonly fault: 'cluster-binding';
      readonly role: Known<RoleNameFact> | undefined;
      readonly hasClusterRole: boolean;
    }
  /** There is only one of the other kind by that name; `role` is undefined where the API server makes it. */
  | { readonly fault: 'kind'; readonly kind: 'Role' | 'ClusterRole'; readonly role: Known<RoleNameFact> | undefined }
  | { readonly fault: 'namespace'; readonly role: Known<RoleNameFact>; readonly namespace: string }
  | { readonly fault: 'near'; readonly role: Known<RoleNameFact>; readonly name: string }
  | { readonly fault: 'missing'; readonly absence: 'likely' | 'certain' };

type Names = ReadonlyMap<string, readonly Known<RoleNameFact>[]>;

/** What is the matter with the role that a binding names; undefined where nothing is, or where it cannot be known. */
export function getRoleFault(binding: Binding, context: RuleContext): RoleFault | undefined {
  const { roleKind, roleName, isClusterWide, resource } = binding;
  if (roleName === undefined || (roleKind !== 'Role' && roleKind !== 'ClusterRole')) return undefined;
  const { workspace } = context;
  const roles = getNames(workspace, 'Role');
  const clusterRoles = getNames(workspace, 'ClusterRole');
  const isClusterRole = clusterRoles.has(roleName) || isBootstrapClusterRole(roleName);
  const { namespace } = resource;
  const here = (roles.get(roleName) ?? []).filter(({ value }) => isMaybeSameNamespace(value.namespace, namespace));
  if (isClusterWide && roleKind === 'Role') {
    return { fault: 'cluster-binding', role: roles.get(roleName)?.[0], hasClusterRole: isClusterRole };
  }
  if (roleKind === 'ClusterRole' ? isClusterRole : here.length > 0) return undefined;
  const absence = getAbsence({ kind: roleKind, namespace, name: roleName }, context);
  if (absence === 'elsewhere') return undefined;
  if (roleKind === 'Role' && isClusterRole)
    return { fault: 'kind', kind: 'ClusterRole', role: clusterRoles.get(roleName)?.[0] };
  const ownKind = isClusterWide ? (roles.get(roleName) ?? []).find(({ uri }) => isBeside(uri, context)) : here[0];
  if (roleKind === 'ClusterRole' && ownKind) return { fault: 'kind', kind: 'Role', role: ownKind };
  const elsewhere =
    roleKind === 'Role' ? (roles.get(roleName) ?? []).find(({ uri }) => isBeside(uri, context)) : undefined;
  if (elsewhere?.value.namespace !== undefined) {
    return { fault: 'namespace', role: elsewhere, namespace: elsewhere.value.namespace };
  }
  const candidates = roleKind === 'Role' ? roles : clusterRoles;
  const isReachable = ({ value, uri }: Known<RoleNameFact>) => {
    if (value.kind === 'ClusterRole') return true;
    const isSame = value.namespace !== undefined && value.namespace === namespace;
    return isSame || (isMaybeSameNamespace(value.namespace, namespace) && isBeside(uri, context));
  };
  for (const [name, known] of candidates) {
    const role = isTypo(name, roleName) ? known.find(isReachable) : undefined;
    if (role) return { fault: 'near', role, name };
  }
  return absence === 'open' ? undefined : { fault: 'missing', absence };
}

function getNames(workspace: Workspace, kind: 'Role' | 'ClusterRole'): Names {
  return workspace.conclude(`rbac/names-of:${kind}`, (asked) => {
    const names = new Map<string, Known<RoleNameFact>[]>();
    for (const known of asked.find('role-name', kind)) {
      const { name } = known.value;
      if (name === undefined) continue;
      const list = names.get(name);
      if (list) list.push(known);
      else names.set(name, [known]);
    }
    return names;
  });
}

/** True for a file in the folder of the one that is judged. */
export function isBeside(uri: string, context: Pick<RuleContext, 'uri'>): boolean {
  return toFolder(uri) === toFolder(context.uri);
}

const toFolder = (uri: string) => uri.slice(0, uri.lastIndexOf('/'));
