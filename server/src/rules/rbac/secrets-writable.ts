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
    why: 'Whoever changes a Secret decides which password, key or certificate the programs use that mount it. Whoever creates one can have the control plane put a lasting token of any service account of the namespace into it.',
    remedy:
      'Grant writing in a Role of the namespace where the Secrets lie, and name those that are kept up to date in `resourceNames` (`create` cannot be narrowed by name). It is louder where a ClusterRoleBinding of the workspace gives the role to a group that nobody chooses (`system:authenticated`), and quieter in a Role or where the role is bound in namespaces only.',
    flags: toClusterRole(toRule('', 'secrets', 'create, update')),
    passes: toClusterRole(toRule('', 'secrets', 'update, patch', 'session-key')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['secrets-writable']),
  },
});
