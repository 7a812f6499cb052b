import type { Fix, Operation } from '../../engine/operation';
import type { Binding, BindingSubject } from '../../model/kubernetes/rbac-bindings';
import { describeResource } from '../../model/kubernetes/resource';

/** `ClusterRoleBinding "operators"`, as the beginning of a sentence. */
export function describeBinding(binding: Binding): string {
  return describeResource(binding.resource);
}

/** `ClusterRole "view"`, or `a role` where it is not known. */
export function describeBoundRole({ roleKind, roleName }: Binding): string {
  return roleName === undefined ? 'a role' : `${roleKind ?? 'role'} "${roleName}"`;
}

/** Where the rights of a binding hold. */
export function describeReach({ isClusterWide, resource }: Binding): string {
  if (isClusterWide) return 'in the whole cluster';
  return resource.namespace === undefined ? 'in its namespace' : `in namespace "${resource.namespace}"`;
}

/** Takes a subject out of its binding. */
export function toSubjectRemoval({ ref, kind, name }: BindingSubject): Fix {
  return {
    title: `Remove the subject ${kind ?? ''} ${name ?? ''}`.replace(/ +/g, ' ').trim(),
    safety: 'unsafe',
    operations: [{ op: 'remove', at: ref }],
    // A pod whose account has no rights left needs no token of it.
    reveals: ['token-automounted'],
  };
}

/** Makes a subject the ServiceAccount of this name and namespace. */
export function toAccountSubject({ ref, kind }: BindingSubject, name: string, namespace: string): Operation[] {
  const isGrouped = kind !== 'ServiceAccount' && ref.get('apiGroup').isWritten;
  return [
    ...(kind === 'ServiceAccount' ? [] : [{ op: 'set', at: ref.get('kind'), value: 'ServiceAccount' } as const]),
    ...(isGrouped ? [{ op: 'remove', at: ref.get('apiGroup') } as const] : []),
    { op: 'set', at: ref.get('name'), value: name },
    { op: 'set', at: ref.get('namespace'), value: namespace },
  ];
}

/**
 * Makes a ClusterRoleBinding a RoleBinding in the namespace of its subjects, to another role if one is given; undefined unless
 * all subjects are service accounts of one namespace.
 */
export function toNarrowBinding({ resource, subjects }: Binding, role?: string): Fix | undefined {
  const namespaces = new Set(
    subjects.map(({ ref, kind }) => (kind === 'ServiceAccount' ? ref.get('namespace').string : '')),
  );
  const [namespace] = namespaces;
  if (namespaces.size !== 1 || !namespace || !resource.metadata.get('namespace').isAbsent) return undefined;
  const { root, metadata } = resource;
  return {
    title: `Bind ${role === undefined ? 'it' : `the ClusterRole ${role}`} in the namespace ${namespace} only`,
    safety: 'unsafe',
    operations: [
      { op: 'set', at: root.get('kind'), value: 'RoleBinding' },
      { op: 'set', at: metadata.get('namespace'), value: namespace },
      ...(role === undefined ? [] : [{ op: 'set', at: root.get('roleRef', 'name'), value: role } as const]),
    ],
  };
}
