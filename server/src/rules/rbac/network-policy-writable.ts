import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'network-policy-writable',
  category: 'rbac',
  title: 'Network policies can be written',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'nsa/network-policies'],
  docs: {
    what: 'A rule grants writing or deleting network policies: those of Kubernetes, of Cilium or of Calico.',
    why: 'Network policies add up: one more that allows everything undoes all others of the namespace. Whoever can write or delete them has no network policies.',
    remedy:
      'Keep policies in the hands of those who answer for the network, and let workloads be deployed without the right to change them. The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('networking.k8s.io', 'networkpolicies', 'get, delete')),
    passes: toClusterRole(toRule('networking.k8s.io', 'networkpolicies', 'get, list')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['network-policy-writable']),
  },
});
