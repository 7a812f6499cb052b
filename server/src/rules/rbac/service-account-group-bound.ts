import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { type BindingSubject, readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, describeBoundRole, describeReach, toAccountSubject, toSubjectRemoval } from './_bindings';
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

const MAX_CHOICES = 3;

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
      'Bind the role to the service account that needs it, and give that to the pods that need it; the fix names one where a namespace has few. The group of one namespace in that namespace is a note.',
    flags: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', EVERY)),
    passes: toBinding('RoleBinding', 'ClusterRole', 'view', 'kind: ServiceAccount\nname: reporter\nnamespace: shop'),
  },
  visit: {
    *resource(resource, context) {
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
          fixes: [...toAccountFixes(subject, namespace || resource.namespace, context), toSubjectRemoval(subject)],
        };
      }
    },
  },
});

/** One of the accounts that the workspace holds of a namespace, where they are few enough to choose from. */
function toAccountFixes(subject: BindingSubject, namespace: string | undefined, { workspace }: RuleContext): Fix[] {
  if (namespace === undefined) return [];
  const accounts = workspace.find('service-account', namespace).filter(({ value }) => value.isNamespaceWritten);
  const names = [...new Set(accounts.map(({ value }) => value.name))].sort();
  if (names.length > MAX_CHOICES) return [];
  return names.map((name) => ({
    title: `Bind ServiceAccount ${name} of namespace ${namespace} instead`,
    safety: 'unsafe',
    operations: toAccountSubject(subject, name, namespace),
    reveals: [
      'privileged-service-account',
      'subject-in-other-namespace',
      'default-service-account-bound',
      'token-automounted',
    ],
  }));
}
