import type { Ref } from '../../syntax/ref';
import { RBAC_GROUP } from './rbac-roles';
import type { Resource } from './resource';

/** One entry of `subjects` of a binding. */
export interface BindingSubject {
  readonly ref: Ref;
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface Binding {
  readonly resource: Resource;
  readonly isClusterWide: boolean;
  readonly roleKind: string | undefined;
  readonly roleName: string | undefined;
  readonly subjects: readonly BindingSubject[];
}

/** Reads a binding; undefined for other objects. What is not known here is undefined. */
export function readBinding(resource: Resource): Binding | undefined {
  const { group, kind, root } = resource;
  if (group !== RBAC_GROUP || (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding')) return undefined;
  const role = root.get('roleRef');
  return {
    resource,
    isClusterWide: kind === 'ClusterRoleBinding',
    roleKind: toKnown(role.get('kind')),
    roleName: toKnown(role.get('name')),
    subjects: root
      .get('subjects')
      .items()
      .map((ref) => ({ ref, kind: toKnown(ref.get('kind')), name: toKnown(ref.get('name')) })),
  };
}

const toKnown = (ref: Ref) => (ref.isPresent ? ref.string : undefined);

/** True for the binding that the API server itself makes and keeps: `cluster-admin` to the group `system:masters`. */
export function isBootstrapAdminBinding({ resource, roleName, isClusterWide }: Binding): boolean {
  return isClusterWide && resource.name === 'cluster-admin' && roleName === 'cluster-admin';
}
