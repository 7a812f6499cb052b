import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'namespaces-patchable',
  category: 'rbac',
  title: 'Namespaces can be changed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-namespace-modification', 'k8s/pod-security-admission'],
  docs: {
    what: 'A rule grants `update` or `patch` on Namespaces.',
    why: 'The level of Pod Security Admission is a label of the Namespace. Whoever can change the Namespace can remove the label; whoever can also create pods in it then runs privileged ones. Network policies and webhooks choose namespaces by labels too.',
    remedy:
      'Leave it to those who set up namespaces, or name the Namespaces in `resourceNames`. A Role grants the right too, for the Namespace that it lies in. The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('', 'namespaces', 'get, patch')),
    passes: toClusterRole(toRule('', 'namespaces', 'get, list, watch')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['namespaces-patchable']),
  },
});
