import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { isBootstrapAdminBinding, readBinding } from '../../model/kubernetes/rbac-bindings';
import type { Ref } from '../../syntax/ref';
import { describeBinding, describeReach } from './_bindings';
import { toBinding, toSubject } from './_example';
import { toQuotedList } from './_words';

export default defineRule({
  id: 'cluster-admin-bound',
  category: 'rbac',
  title: 'Binding to cluster-admin',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.1', 'k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A binding gives somebody the ClusterRole `cluster-admin`.',
    why: 'Its holders may do everything, and nothing that is set up in the cluster holds them back. A token of such a service account, taken from one pod, is the whole cluster.',
    remedy:
      'Bind a role that lists what the holder needs; of the roles that every cluster has, `view` reads, `edit` also writes, and `admin` also gives rights within a namespace. A RoleBinding to `cluster-admin` is a warning: it holds within one namespace. The `roleRef` of a binding cannot be changed in place: delete the old binding when you apply the new one.',
    flags: toBinding('ClusterRoleBinding', 'ClusterRole', 'cluster-admin', toSubject('Group', 'operators')),
    passes: toBinding('RoleBinding', 'ClusterRole', 'edit', toSubject('Group', 'operators')),
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (binding?.roleName !== 'cluster-admin' || binding.roleKind !== 'ClusterRole') return;
      if (isBootstrapAdminBinding(binding)) return;
      const at = resource.root.get('roleRef', 'name');
      const names = binding.subjects.flatMap(({ name }) => name ?? []);
      const who = names.length > 0 ? toQuotedList(names) : 'its subjects';
      yield {
        at,
        severity: binding.isClusterWide ? 'error' : 'warning',
        message: `${describeBinding(binding)} gives cluster-admin to ${who}: every right ${describeReach(binding)}.`,
        fixes: toFixes(at, binding.isClusterWide),
      };
    },
  },
});

function toFixes(at: Ref, isClusterWide: boolean): Fix[] {
  // `admin` for the whole cluster may still write every Role and read every Secret, so it is offered for a namespace only.
  const roles = isClusterWide ? ['view', 'edit'] : ['view', 'edit', 'admin'];
  return roles.map((value) => ({
    title: `Bind the ClusterRole ${value} instead`,
    safety: 'unsafe',
    operations: [{ op: 'set', at, value }],
  }));
}
