import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'services-status-writable',
  category: 'rbac',
  title: 'Status of Services can be changed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cve/CVE-2020-8554', 'k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule grants `update` or `patch` on `services/status`.',
    why: 'The status of a Service holds the address of its load balancer, and every node sends traffic for that address to the Service. Whoever writes it intercepts traffic of the cluster to any address outside.',
    remedy:
      'Leave it to the controller of the load balancer. The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('', 'services, services/status', 'get, patch')),
    passes: toClusterRole(toRule('', 'services, services/status', 'get')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['services-status-writable']),
  },
});
