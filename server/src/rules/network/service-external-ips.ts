import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { isService, toServiceExample } from './_exposed';

export default defineRule({
  id: 'service-external-ips',
  category: 'network',
  title: 'Service that takes over addresses',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cve/CVE-2020-8554', 'k8s/services'],
  docs: {
    what: 'A Service has `externalIPs`.',
    why: 'Every node then sends traffic for these addresses to the pods of the Service, whoever owns them. Whoever may write Services can so read what others send to an address outside the cluster. No release mends that: only refusing the field does.',
    remedy:
      'Use a Service of type LoadBalancer, an Ingress or a Gateway. Where the field is needed, let the admission controller DenyServiceExternalIPs or a policy allow it for this Service alone.',
    flags: toServiceExample('externalIPs: [192.0.2.7]'),
    passes: toServiceExample('type: ClusterIP'),
  },
  visit: {
    *resource(resource) {
      const at = resource.spec.get('externalIPs');
      const items = at.items();
      if (!isService(resource) || at.isUnknown || items.length === 0) return;
      const addresses = items.flatMap((item) => item.string ?? []);
      const rest = addresses.length > 1 ? ` and ${addresses.length - 1} more` : '';
      yield {
        at,
        message: `${describeResource(resource)} takes traffic for ${addresses[0] ?? 'addresses'}${rest} on every node, whoever owns ${rest ? 'them' : 'it'} (CVE-2020-8554).`,
        fixes: [{ title: 'Remove externalIPs', safety: 'unsafe', operations: [{ op: 'remove', at }] }],
      };
    },
  },
});
