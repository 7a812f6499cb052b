import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, describeBoundRole, describeReach, toSubjectRemoval } from './_bindings';
import { toBinding, toSubject } from './_example';

const NOBODY = [
  { kind: 'User', name: 'system:anonymous' },
  { kind: 'Group', name: 'system:unauthenticated' },
];
// Every cluster publishes its version and health like this; kubeadm publishes the address and certificate of the API server.
const PUBLISHED = ['system:public-info-viewer', 'kubeadm:bootstrap-signer-clusterinfo'];

export default defineRule({
  id: 'anonymous-subject-bound',
  category: 'rbac',
  title: 'Rights for anonymous requests',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['nsa/authentication', 'nsa/rbac', 'k8s/rbac-good-practices'],
  docs: {
    what: 'A binding gives a role to `system:anonymous` or `system:unauthenticated`.',
    why: 'Requests without any credential have these names. Everyone who reaches the API server has the rights of the role.',
    remedy:
      'Remove the subject and bind the role to whoever needs it. Probes of load balancers reach `/livez` and `/readyz` without it. Not reported: `system:public-info-viewer`, which every cluster has, and the role by which kubeadm publishes the cluster’s address.',
    flags: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', 'system:unauthenticated')),
    passes: toBinding('ClusterRoleBinding', 'ClusterRole', 'view', toSubject('Group', 'operators')),
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (!binding || PUBLISHED.includes(binding.roleName ?? '')) return;
      for (const subject of binding.subjects) {
        if (!NOBODY.some(({ kind, name }) => subject.kind === kind && subject.name === name)) continue;
        yield {
          at: subject.ref.get('name'),
          message: `${describeBinding(binding)} gives ${describeBoundRole(binding)} to "${subject.name}": to everyone who reaches the API server, without any credential, ${describeReach(binding)}.`,
          fixes: [toSubjectRemoval(subject)],
        };
      }
    },
  },
});
