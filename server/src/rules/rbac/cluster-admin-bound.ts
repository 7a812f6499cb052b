import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type Binding, isBootstrapAdminBinding, readBinding } from '../../model/kubernetes/rbac-bindings';
import type { Ref } from '../../syntax/ref';
import { describeBinding, describeReach, toNarrowBinding } from './_bindings';
import { toBinding, toSubject } from './_example';
import { SYSTEM } from './_reach';
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
      'Bind a role that lists what the holder needs; of the roles that every cluster has, `view` reads, `edit` also writes, and `admin` also gives rights within a namespace. A RoleBinding to `cluster-admin` is a warning, since it holds within one namespace; in `kube-system` it is an error, because who rules the control plane’s pods and Secrets rules the cluster. The `roleRef` of a binding cannot be changed in place: delete the old binding when you apply the new one.',
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
        severity: binding.isClusterWide || resource.namespace === SYSTEM ? 'error' : 'warning',
        message: `${describeBinding(binding)} gives cluster-admin to ${who}: every right ${describeReach(binding)}.`,
        fixes: toFixes(binding, at),
      };
    },
  },
});

function toFixes(binding: Binding, at: Ref): Fix[] {
  if (!binding.isClusterWide) return ['view', 'edit', 'admin'].map((role) => toOtherRole(at, role));
  // `edit` and `admin` for the whole cluster may still read every Secret, so they are offered for a namespace only.
  const narrow = toNarrowBinding(binding, 'edit');
  return [...(narrow ? [narrow] : []), toOtherRole(at, 'view')];
}

function toOtherRole(at: Ref, value: string): Fix {
  return { title: `Bind the ClusterRole ${value} instead`, safety: 'unsafe', operations: [{ op: 'set', at, value }] };
}
