import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { getAnnotations, isIngress, TLS, toIngressExample } from './_exposed';

/** Annotations by which controllers take TLS from elsewhere. */
const TLS_KEY = /cert|tls|ssl|https/i;
const TLS_VALUE = /secure|https|"443"|:443|:\s*443/i;

export default defineRule({
  id: 'ingress-without-tls',
  category: 'network',
  title: 'Ingress without TLS',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/ingress'],
  docs: {
    what: 'An Ingress has no `tls`, and no annotation says that TLS ends elsewhere.',
    why: 'What goes through it can be read and changed on the way: passwords, session cookies, tokens.',
    remedy:
      'Name the hosts and a Secret with their certificate under `tls`; cert-manager makes that Secret. Where the controller has a certificate for all hosts, or the load balancer in front ends TLS, ignore the finding or name the hosts without a `secretName`.',
    flags: toIngressExample('web.example.com'),
    passes: toIngressExample('web.example.com', TLS),
  },
  visit: {
    *resource(resource) {
      const { spec } = resource;
      const at = spec.get('tls');
      const rules = spec.get('rules');
      if (!isIngress(resource) || !spec.isMapping || at.isUnknown || at.items().length > 0 || rules.isUnknown) return;
      const annotations = getAnnotations(resource);
      if (!annotations) return;
      if (annotations.some(([key, value]) => TLS_KEY.test(key) || TLS_VALUE.test(value.string ?? ''))) return;
      const hosts = rules.items().map((item) => item.get('host'));
      const names = [...new Set(hosts.flatMap((host) => (host.isPresent ? (host.string ?? []) : [])))];
      const isName = (host: string) => /^[a-z0-9*][-a-z0-9.]*$/.test(host);
      const canName = resource.name !== undefined && hosts.every((host) => host.isPresent) && names.every(isName);
      yield {
        at: rules.isPresent ? rules : spec,
        message: `${describeResource(resource)} has no tls: what is sent to ${names[0] ? `"${names[0]}"` : 'it'} can be read and changed on the way.`,
        fixes:
          canName && names.length > 0
            ? [
                {
                  title: `Serve it with the certificate of Secret "${resource.name}-tls"`,
                  safety: 'unsafe',
                  operations: [{ op: 'set', at, value: [{ hosts: names, secretName: `${resource.name}-tls` }] }],
                },
              ]
            : [],
      };
    },
  },
});
