import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'roles-writable',
  category: 'rbac',
  title: 'Roles or bindings can be written',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule grants `create`, `update` or `patch` on Roles, ClusterRoles or their bindings.',
    why: 'The API server lets nobody give away more than it has, so this alone makes no administrator. But all that the holder has can be handed to others, and outlives the day on which its own binding is taken away. With `escalate` or `bind` beside it, the check is gone.',
    remedy:
      'Keep roles and bindings with the pipeline or operator that installs them, and grant the right in a Role where one namespace is enough. The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('rbac.authorization.k8s.io', 'rolebindings', 'get, create')),
    passes: toClusterRole(toRule('rbac.authorization.k8s.io', 'rolebindings', 'get, list')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['roles-writable']),
  },
});
