import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'api-service-writable',
  category: 'rbac',
  title: 'APIServices can be written',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule of a ClusterRole grants `create`, `update` or `patch` on APIServices.',
    why: 'An APIService hands a part of the API over to another server. Requests to it, with the names of their users and all they send, go where its writer wants; with the group of Roles or of another aggregated API, the answers are the writer’s too.',
    remedy:
      'Name the one APIService that the holder keeps in `resourceNames`, or let the installer write it and grant nothing.',
    flags: toClusterRole(toRule('apiregistration.k8s.io', 'apiservices', 'get, patch')),
    passes: toClusterRole(toRule('apiregistration.k8s.io', 'apiservices', 'get, patch', 'v1beta1.metrics.k8s.io')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['api-service-writable']),
  },
});
