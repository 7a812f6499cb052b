import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'secrets-writable',
  category: 'rbac',
  title: 'Secrets can be written',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.2', 'k8s/secrets-good-practices', 'nsa/rbac'],
  docs: {
    what: 'A rule grants `create`, `update`, `patch` or `delete` on Secrets without naming them.',
    why: 'Whoever changes a Secret decides which password, key or certificate the programs use that read it; whoever deletes one keeps them from starting again. Whoever creates one can have the control plane put a lasting token of any service account of the namespace into it.',
    remedy:
      'Grant writing in a Role of the namespace where the Secrets lie, and name those that are kept up to date in `resourceNames` (`create` cannot be narrowed by name). The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('', 'secrets', 'create, update')),
    passes: toClusterRole(toRule('', 'secrets', 'update, patch', 'session-key')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['secrets-writable']),
  },
});
