import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, describeBoundRole, describeReach, toSubjectRemoval } from './_bindings';
import { toBinding, toSubject } from './_example';

const EVERY = 'system:serviceaccounts';
// What the API server, and OpenShift for its images, give to all accounts.
const FOR_EVERY_ACCOUNT = [
  'system:service-account-issuer-discovery',
  'system:discovery',
  'system:basic-user',
  'system:public-info-viewer',
  'system:cluster-trust-bundle-discovery',
  'system:image-puller',
];

export default defineRule({
  id: 'service-account-group-bound',
  category: 'rbac',
  title: 'Rights for every service account',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'k8s/service-accounts', 'nsa/rbac'],
  docs: {
    what: 'A binding gives a role to the group `system:serviceaccounts`, or to that of one namespace.',
    why: 'Every pod with a token then has the rights of the role, whatever it runs: pods that anybody deploys later, and the ones somebody has broken into.',
    remedy:
      'Bind the role to the service account that needs it, and give that to the pods that need it. The group of one namespace in that namespace is a note.',
    flags: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', EVERY)),
    passes: toBinding('RoleBinding', 'ClusterRole', 'view', 'kind: ServiceAccount\nname: reporter\nnamespace: shop'),
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (!binding || FOR_EVERY_ACCOUNT.includes(binding.roleName ?? '')) return;
      for (const subject of binding.subjects) {
        const { kind, name = '' } = subject;
        if (kind !== 'Group' || (name !== EVERY && !name.startsWith(`${EVERY}:`))) continue;
        const namespace = name.slice(EVERY.length + 1);
        const isOwn = namespace !== '' && !binding.isClusterWide && namespace === resource.namespace;
        const whose =
          namespace === ''
            ? 'every service account of the cluster'
            : `every service account of namespace "${namespace}"`;
        yield {
          at: subject.ref.get('name'),
          severity: isOwn ? 'info' : 'warning',
          message: `${describeBinding(binding)} gives ${describeBoundRole(binding)} to ${whose} ${describeReach(binding)}.`,
          fixes: [toSubjectRemoval(subject)],
        };
      }
    },
  },
});
