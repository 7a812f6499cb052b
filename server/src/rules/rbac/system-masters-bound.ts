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
    why: 'Members of that group pass every check of the API server, so a binding adds nothing. It shows that somebody works with credentials of the group, and those can neither be limited nor taken away: they are certificates, which cannot be revoked.',
    remedy:
      'Remove the subject. Give people groups from your identity provider, and bind those. Keep one credential of `system:masters` locked away for emergencies.',
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
