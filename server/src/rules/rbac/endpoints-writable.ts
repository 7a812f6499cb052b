import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'endpoints-writable',
  category: 'rbac',
  title: 'Endpoints can be written',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['cve/CVE-2021-25740', 'k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule grants `create`, `update` or `patch` on Endpoints or EndpointSlices.',
    why: 'Ingress controllers and load balancers send requests to whatever addresses these objects name, pods of other namespaces included, past the network policies that would keep the writer away.',
    remedy:
      'Let Services with selectors keep their endpoints. Leader election uses Leases today: update the library and grant `leases` of `coordination.k8s.io` instead. The finding is graver where a ClusterRoleBinding of the workspace gives the role to everybody (`system:authenticated`), and milder in a Role or where only RoleBindings give the role.',
    flags: toClusterRole(toRule('', 'endpoints', 'get, update')),
    passes: toClusterRole(
      toRule('', 'endpoints', 'get, list, watch'),
      toRule('coordination.k8s.io', 'leases', 'get, create, update'),
    ),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['endpoints-writable']),
  },
});
