import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'pods-creatable',
  category: 'rbac',
  title: 'Pods can be created',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.4', 'k8s/rbac-workload-creation', 'nsa/rbac'],
  docs: {
    what: 'A rule grants `create` on Pods.',
    why: 'A pod may run with any service account and mount any Secret, ConfigMap and volume of its namespace. The right to create one is the right to all of these, and to the node where admission lets privileged pods in.',
    remedy:
      'Let a controller make the pods, and grant the objects that it reads; otherwise keep the right in a Role of a namespace that holds nothing else, with the Pod Security level `restricted`. It is an error in `kube-system`, and where everybody (`system:authenticated`) has it; milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('', 'pods', 'get, list, create')),
    passes: toClusterRole(toRule('', 'pods', 'get, list, watch')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['pods-creatable']),
  },
});
