import { defineRule } from '../../engine/rule';
import { isBootstrapAdminBinding, readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, describeBoundRole, toSubjectRemoval } from './_bindings';
import { toBinding, toSubject } from './_example';

export default defineRule({
  id: 'system-masters-bound',
  category: 'rbac',
  title: 'Group system:masters in a binding',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.7', 'k8s/rbac-good-practices'],
  docs: {
    what: 'A binding names the group `system:masters`.',
    why: 'The API server lets members of that group do everything before it looks at RBAC, so a binding adds nothing, and removing it takes nothing away. But it hints that somebody works with credentials of the group. RBAC cannot limit those, and where they are client certificates, as in most clusters, Kubernetes cannot revoke them before they expire.',
    remedy:
      'Remove the subject, and find out who has such credentials: certificates with `O=system:masters`, on EKS entries of the ConfigMap `aws-auth`. Give people groups from your identity provider, and bind those. Keep one credential of `system:masters` locked away for emergencies.',
    flags: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', 'system:masters')),
    passes: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', 'operators')),
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (!binding || isBootstrapAdminBinding(binding)) return;
      for (const subject of binding.subjects) {
        if (subject.kind !== 'Group' || subject.name !== 'system:masters') continue;
        yield {
          at: subject.ref.get('name'),
          message: `${describeBinding(binding)} gives ${describeBoundRole(binding)} to the group "system:masters", whose members may do everything anyway.`,
          fixes: [toSubjectRemoval(subject)],
        };
      }
    },
  },
});
