import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, describeBoundRole, describeReach, toSubjectRemoval } from './_bindings';
import { toBinding } from './_example';
import { toOwnAccountFixes } from './_own-account';

const toExample = (name: string) =>
  toBinding('RoleBinding', 'ClusterRole', 'view', `kind: ServiceAccount\nname: ${name}\nnamespace: shop`);

export default defineRule({
  id: 'default-service-account-bound',
  category: 'rbac',
  title: 'Rights for a default service account',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.5', 'k8s/service-accounts', 'k8s/rbac-least-privilege'],
  docs: {
    what: 'A binding gives a role to the service account `default` of a namespace.',
    why: 'Every pod that names no account runs as `default`. All of them have the rights of the role, and so has every pod that is added later without a thought of it.',
    remedy:
      'Make a ServiceAccount for the workload that needs the role, bind that, and name it in `serviceAccountName` of the pods. The fix does all three where the workspace shows which workloads run as `default`.',
    flags: toExample('default'),
    passes: toExample('reporter'),
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      for (const subject of binding?.subjects ?? []) {
        if (!binding || subject.kind !== 'ServiceAccount' || subject.name !== 'default') continue;
        const namespace = subject.ref.get('namespace').string ?? resource.namespace;
        const whose = namespace === undefined ? 'its namespace' : `namespace "${namespace}"`;
        yield {
          at: subject.ref.get('name'),
          message: `${describeBinding(binding)} gives ${describeBoundRole(binding)} ${describeReach(binding)} to every pod of ${whose} that names no ServiceAccount.`,
          fixes: [...toOwnAccountFixes(subject.ref, namespace, resource, context), toSubjectRemoval(subject)],
        };
      }
    },
  },
});
