import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { RBAC_GROUP } from '../../model/kubernetes/rbac-roles';
import { describeBinding } from './_bindings';
import { toBinding, toSubject } from './_example';

const FLAGS = toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', 'operators'));

export default defineRule({
  id: 'subject-api-group-wrong',
  category: 'rbac',
  title: 'API group of a subject or role is wrong',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A binding has a wrong `apiGroup`: users, groups and roles are in `rbac.authorization.k8s.io`, service accounts in the core group.',
    why: 'The API server refuses the binding, with all of its subjects.',
    remedy: 'Leave `apiGroup` out, or write it as it is. It is a group without a version.',
    flags: FLAGS.replace(/apiGroup: (\S+)\n(\s+)kind: Group/, 'apiGroup: $1/v1\n$2kind: Group'),
    passes: FLAGS,
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (!binding) return;
      const named = [
        ...binding.subjects.map(({ ref, kind }) => ({ ref, kind })),
        { ref: resource.root.get('roleRef'), kind: 'Role' },
      ];
      for (const { ref, kind } of named) {
        const at = ref.get('apiGroup');
        const group = at.isPresent ? at.string : undefined;
        // An empty one counts as left out.
        if (group === undefined || group === '') continue;
        const isAccount = kind === 'ServiceAccount';
        if (!isAccount && (group === RBAC_GROUP || !['User', 'Group', 'Role'].includes(kind ?? ''))) continue;
        yield isAccount
          ? {
              at,
              message: `${describeBinding(binding)} names a ServiceAccount of the API group "${group}", and they are in the core group: the API server refuses it.`,
              fixes: [{ title: 'Remove apiGroup', safety: 'safe', operations: [{ op: 'remove', at }] }],
            }
          : {
              at,
              message: `${describeBinding(binding)} names the API group "${group}" where only "${RBAC_GROUP}" may stand: the API server refuses it.`,
              fixes: [
                {
                  title: `Change it to ${RBAC_GROUP}`,
                  safety: 'safe',
                  operations: [{ op: 'set', at, value: RBAC_GROUP }],
                },
              ],
            };
      }
    },
  },
});
