import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'pods-status-writable',
  category: 'rbac',
  title: 'Status of pods can be changed',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule grants `update` or `patch` on `pods/status`.',
    why: 'Services send traffic to the addresses and by the readiness that the status of pods tells. Only kubelets write it; whoever else can draws traffic to itself or away from healthy pods.',
    remedy:
      'Remove it. Generators of operators write the rule beside `pods` without need; a program that sets readiness gates needs `patch` in the Role of its namespace only. The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('', 'pods, pods/status', 'get, patch')),
    passes: toClusterRole(toRule('', 'pods, pods/status', 'get')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['pods-status-writable']),
  },
});
