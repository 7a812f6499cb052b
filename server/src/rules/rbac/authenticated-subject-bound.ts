import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, describeBoundRole, describeReach, toSubjectRemoval } from './_bindings';
import { toBinding, toSubject } from './_example';

// What every cluster gives to all of its users: discovery, and questions about their own rights.
const FOR_EVERYONE = [
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
  'system:cluster-trust-bundle-discovery',
];

export default defineRule({
  id: 'authenticated-subject-bound',
  category: 'rbac',
  title: 'Rights for every authenticated user',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-good-practices', 'k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A binding gives a role to the group `system:authenticated`.',
    why: 'Every user and every service account of every namespace is in that group, so every pod with a token has the rights of the role. In clouds whose identity provider admits any account of the cloud, so may anyone with such an account.',
    remedy:
      'Remove the subject and bind the role to a group or service account that needs it. The roles for discovery that every cluster gives to this group are not reported.',
    flags: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', 'system:authenticated')),
    passes: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', 'operators')),
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (!binding || FOR_EVERYONE.includes(binding.roleName ?? '')) return;
      for (const subject of binding.subjects) {
        if (subject.kind !== 'Group' || subject.name !== 'system:authenticated') continue;
        yield {
          at: subject.ref.get('name'),
          message: `${describeBinding(binding)} gives ${describeBoundRole(binding)} to every user and service account ("system:authenticated") ${describeReach(binding)}.`,
          fixes: [toSubjectRemoval(subject)],
        };
      }
    },
  },
});
