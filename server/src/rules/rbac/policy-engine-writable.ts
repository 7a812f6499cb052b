import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'policy-engine-writable',
  category: 'rbac',
  title: 'Policies of a policy engine can be written',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-admission-webhooks', 'nsa/rbac'],
  docs: {
    what: 'A rule grants writing the policies, constraints or exceptions of Kyverno, Gatekeeper or Kubewarden.',
    why: 'These objects say what the cluster admits. One PolicyException, or one policy deleted, and privileged pods are let in.',
    remedy:
      'Keep the right with the pipeline that deploys the policies, and with the engine itself. The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('kyverno.io', 'policyexceptions', 'get, create')),
    passes: toClusterRole(toRule('kyverno.io', 'policyexceptions', 'get, list')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['policy-engine-writable']),
  },
});
