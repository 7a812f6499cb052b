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
    why: 'Every node then sends traffic for these addresses to the pods of the Service, whoever owns them. Whoever may write Services can so read what others send to an address outside the cluster. No release up to 1.37 mends that: only refusing the field does. From Kubernetes 1.36 on the field is deprecated, and a later release is to ignore it.',
    remedy:
      'Use a Service of type LoadBalancer, an Ingress or a Gateway. The admission plugin `DenyServiceExternalIPs` of the API server refuses the field in all Services that do not have it yet. Where one Service needs it, leave the plugin off and let a ValidatingAdmissionPolicy, Gatekeeper or Kyverno allow these addresses for that Service alone.',
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
