import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, toAccountSubject } from './_bindings';
import { toBinding, toSubject } from './_example';
import { isHere } from './_refused';

// `system:serviceaccount:shop:web`, and the short form that people expect to work.
const FULL = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/;
const SHORT = /^([a-z0-9-]+):([a-z0-9.-]+)$/;

export default defineRule({
  id: 'user-names-service-account',
  category: 'rbac',
  title: 'User name of a service account',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac', 'k8s/service-accounts'],
  docs: {
    what: 'A subject of kind User is the name of a service account (`system:serviceaccount:shop:web`), or its short form (`shop:web`) where the workspace holds that account; or a subject of kind ServiceAccount carries its namespace in its name.',
    why: 'As a user it works, but nothing that looks for the rights of service accounts finds it, reviews and this extension included. A ServiceAccount with a colon in its name cannot exist, and the API server refuses the binding.',
    remedy: 'Write `kind: ServiceAccount` with `name` and `namespace`.',
    flags: toBinding(
      'ClusterRoleBinding',
      'ClusterRole',
      'view',
      toSubject('User', 'system:serviceaccount:shop:reporter'),
    ),
    passes: toBinding(
      'ClusterRoleBinding',
      'ClusterRole',
      'view',
      'kind: ServiceAccount\nname: reporter\nnamespace: shop',
    ),
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      for (const subject of binding?.subjects ?? []) {
        const { ref, kind, name } = subject;
        if (!binding || name === undefined) continue;
        const isAccount = kind === 'ServiceAccount';
        const match = FULL.exec(name) ?? SHORT.exec(name);
        const [, namespace, account] = match ?? [];
        if ((kind !== 'User' && !isAccount) || namespace === undefined || account === undefined) continue;
        const isFull = FULL.test(name);
        // Users may be called so by whoever authenticates them, so the short form is only taken for an account that is here.
        if (!isAccount && !isFull && !isHere(account, namespace, context)) continue;
        yield {
          at: ref.get('name'),
          severity: isAccount ? 'error' : 'info',
          message: isAccount
            ? `${describeBinding(binding)} names a ServiceAccount "${name}", and no account can be called so: the API server refuses it.`
            : !isFull
              ? `${describeBinding(binding)} names a user "${name}": as a user, ServiceAccount "${account}" of namespace "${namespace}" is called "system:serviceaccount:${name}".`
              : `${describeBinding(binding)} names ServiceAccount "${account}" of namespace "${namespace}" as a user, where reviews of its rights do not find it.`,
          fixes: [
            {
              title: `Name ServiceAccount ${account} of namespace ${namespace}`,
              safety: 'unsafe',
              operations: toAccountSubject(subject, account, namespace),
            },
          ],
        };
      }
    },
  },
});
