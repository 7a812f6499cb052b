import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'services-writable',
  category: 'rbac',
  title: 'Services and ingresses can be written',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule grants writing Services, Ingresses, or the gateways and routes of the Gateway API.',
    why: 'They say which pods answer under a name, and what is reached from outside. Whoever changes the selector of a Service or the backend of an Ingress gets its traffic, with the passwords and cookies in it; a new Service of the type LoadBalancer opens a pod to the internet.',
    remedy:
      'Let the deployment pipeline write them, in Roles of the namespaces that it keeps, or name them in `resourceNames`. Ingress controllers need `update` on `ingresses/status` only. Deleting alone leads no traffic anywhere and is not reported. In a Role, and where the role is only bound in namespaces, it is a note.',
    flags: toClusterRole(toRule('', 'services', 'get, patch')),
    passes: toClusterRole(
      toRule('', 'services', 'get, list, watch'),
      toRule('networking.k8s.io', 'ingresses/status', 'update'),
    ),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['services-writable']),
  },
});
