import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding } from './_bindings';
import { toBinding, toSubject } from './_example';
import { isHere, SUBJECT_RULES, toKindOperations } from './_refused';

const PASSES = toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('User', 'jo'));

export default defineRule({
  id: 'subject-namespace-ignored',
  category: 'rbac',
  title: 'Namespace of a user or group',
  severity: 'info',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A subject of kind User or Group has a `namespace`. Where the workspace holds a ServiceAccount of that name and namespace it is a warning.',
    why: 'Users and groups are in no namespace, and the field is ignored: the subject is everybody of that name, and the binding holds wherever it holds. It looks like a limit and is none. Where a ServiceAccount is meant, it does not get the rights, and a user who is called so does.',
    remedy:
      'Remove `namespace`. Where a service account is meant write `kind: ServiceAccount` and no `apiGroup`. To limit the rights to a namespace use a RoleBinding there.',
    flags: PASSES.replace('name: jo', 'name: jo\n    namespace: shop'),
    passes: PASSES,
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      for (const subject of binding?.subjects ?? []) {
        const { ref, kind, name } = subject;
        const at = ref.get('namespace');
        const namespace = at.isPresent ? at.string : undefined;
        if (!binding || !namespace || name === undefined || (kind !== 'User' && kind !== 'Group')) continue;
        const isAccount = isHere(name, namespace, context);
        const who = `${describeBinding(binding)} names ${kind} "${name}" with the namespace "${namespace}"`;
        const removal = { op: 'remove', at } as const;
        yield {
          at,
          severity: isAccount ? 'warning' : 'info',
          message: isAccount
            ? `${who}. That is no account: ServiceAccount "${name}" of that namespace gets nothing by it.`
            : `${who}, which is ignored: a ${kind} is in no namespace.`,
          fixes: [
            ...(isAccount
              ? [
                  {
                    title: 'Make it a ServiceAccount',
                    safety: 'unsafe' as const,
                    operations: toKindOperations(subject, 'ServiceAccount'),
                    reveals: SUBJECT_RULES,
                  },
                ]
              : []),
            { title: 'Remove namespace', safety: isAccount ? 'unsafe' : 'safe', operations: [removal] },
          ],
        };
      }
    },
  },
});
