import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, toNarrowBinding } from './_bindings';
import { toBinding, toSubject } from './_example';
import { toQuotedList } from './_words';

const REACH: Readonly<Record<string, string>> = {
  admin: 'every Secret, every pod and every Role of every namespace',
  edit: 'every Secret and every pod of every namespace',
};

export default defineRule({
  id: 'admin-bound-cluster-wide',
  category: 'rbac',
  title: 'Role admin or edit in the whole cluster',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.1', 'k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A ClusterRoleBinding gives somebody the ClusterRole `admin` or `edit`.',
    why: 'These roles are made for one namespace. In the whole cluster they read every Secret and run pods with every service account, those of `kube-system` included: that is as much as `cluster-admin`.',
    remedy:
      'Bind the role with a RoleBinding in each namespace that the holder works in, or bind `view` in the whole cluster.',
    flags: toBinding('ClusterRoleBinding', 'ClusterRole', 'edit', toSubject('Group', 'operators')),
    passes: toBinding('RoleBinding', 'ClusterRole', 'edit', toSubject('Group', 'operators')),
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (!binding?.isClusterWide || binding.roleKind !== 'ClusterRole') return;
      const reach = Object.hasOwn(REACH, binding.roleName ?? '') ? REACH[binding.roleName ?? ''] : undefined;
      if (reach === undefined) return;
      const at = resource.root.get('roleRef', 'name');
      const names = binding.subjects.flatMap(({ name }) => name ?? []);
      const narrow = toNarrowBinding(binding);
      yield {
        at,
        message: `${describeBinding(binding)} gives "${binding.roleName}" to ${names.length > 0 ? toQuotedList(names) : 'its subjects'} in the whole cluster: ${reach}.`,
        fixes: [
          ...(narrow ? [narrow] : []),
          {
            title: 'Bind the ClusterRole view instead',
            safety: 'unsafe',
            operations: [{ op: 'set', at, value: 'view' }],
          },
        ],
      };
    },
  },
});
