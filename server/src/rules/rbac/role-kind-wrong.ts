import type { Fix, Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type Binding, readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding } from './_bindings';
import { toBinding, toSubject } from './_example';
import { reportUnknownKind, toKindFix } from './_role-kind';
import { getRoleFault, type RoleFault } from './_role-reference';

export default defineRule({
  id: 'role-kind-wrong',
  category: 'rbac',
  title: 'Role of another kind',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A binding names a Role where there is only a ClusterRole of that name, or the other way round; a ClusterRoleBinding names a Role; or the kind is neither.',
    why: 'Kind and name are looked up together. A binding to the wrong kind is accepted and grants nothing; a ClusterRoleBinding to a Role, and a kind that does not exist, is refused.',
    remedy:
      'Write the kind of the role that is meant. The ClusterRoles `view`, `edit` and `admin` may be named by a RoleBinding and then hold in its namespace only. The `roleRef` of a binding cannot be changed in place: delete the old binding when you apply the new one.',
    flags: toBinding('RoleBinding', 'Role', 'view', toSubject('Group', 'operators')),
    passes: toBinding('RoleBinding', 'ClusterRole', 'view', toSubject('Group', 'operators')),
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      yield* reportUnknownKind(binding, context);
      const fault = binding && getRoleFault(binding, context);
      if (!binding || (fault?.fault !== 'kind' && fault?.fault !== 'cluster-binding')) return;
      const { roleName: name, roleKind: kind } = binding;
      const related = fault.role
        ? [{ place: fault.role.place, message: `${fault.role.value.kind} "${name}" is here.` }]
        : [];
      const at = resource.root.get('roleRef', 'kind');
      const who = describeBinding(binding);
      yield fault.fault === 'kind'
        ? {
            at,
            related,
            message: `${who} names ${kind} "${name}", and only a ${fault.kind} of that name is there: it grants nothing.`,
            fixes: toKindFixes(binding, fault),
          }
        : {
            at,
            related,
            severity: 'error',
            message: `${who} names Role "${name}", and a ClusterRoleBinding may only name a ClusterRole: the API server refuses it.`,
            fixes: toClusterFixes(binding, fault),
          };
    },
  },
});

/** A ClusterRoleBinding cannot name a Role at all: there the binding changes its kind too. */
function toKindFixes(binding: Binding, { kind, role }: Extract<RoleFault, { fault: 'kind' }>): Fix[] {
  const fix = toKindFix(binding, kind);
  if (!binding.isClusterWide) return [fix];
  return toNamespacedFixes(binding, role?.value.namespace, fix.operations);
}

function toClusterFixes(
  binding: Binding,
  { role, hasClusterRole }: Extract<RoleFault, { fault: 'cluster-binding' }>,
): Fix[] {
  const kindFixes = hasClusterRole ? [toKindFix(binding, 'ClusterRole')] : [];
  return [...kindFixes, ...toNamespacedFixes(binding, role?.value.namespace)];
}

function toNamespacedFixes(
  { resource: { root, metadata } }: Binding,
  namespace: string | undefined,
  also: readonly Operation[] = [],
): Fix[] {
  if (namespace === undefined || !metadata.get('namespace').isAbsent) return [];
  return [
    {
      title: `Make it a RoleBinding in the namespace ${namespace}`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at: root.get('kind'), value: 'RoleBinding' },
        { op: 'set', at: metadata.get('namespace'), value: namespace },
        ...also,
      ],
    },
  ];
}
