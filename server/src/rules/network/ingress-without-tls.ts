import { defineRule, type Report } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { isIngress, TLS, toIngressExample } from './_exposed';
import { getBareHosts, isTlsElsewhere } from './_tls';

export default defineRule({
  id: 'ingress-without-tls',
  category: 'network',
  title: 'Ingress without TLS',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/ingress'],
  docs: {
    what: 'An Ingress has no `tls`, or one that leaves out some of its hosts, and no annotation says that TLS ends elsewhere.',
    why: 'What goes through it can be read and changed on the way: passwords, session cookies, tokens.',
    remedy:
      'Name the hosts and a Secret with their certificate under `tls`; cert-manager makes that Secret, for the hosts that `tls` lists and no others. Where the controller has a certificate for all hosts, or the load balancer in front ends TLS, ignore the finding or name the hosts without a `secretName`.',
    flags: toIngressExample('web.example.com'),
    passes: toIngressExample('web.example.com', TLS),
  },
  visit: {
    *resource(resource) {
      const { spec } = resource;
      const at = spec.get('tls');
      const rules = spec.get('rules');
      if (!isIngress(resource) || !spec.isMapping || at.isUnknown || rules.isUnknown) return;
      if (isTlsElsewhere(resource) !== false) return;
      if (at.items().length > 0) {
        yield* judgeHosts(resource);
        return;
      }
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

/** A certificate may be good for more hosts than are listed: that one is left out is a note. */
function* judgeHosts(resource: Resource): Iterable<Report> {
  const { bare, listed } = getBareHosts(resource);
  const [first] = bare;
  const last = resource.spec.get('tls').items().at(-1)?.get('hosts');
  if (!first || !last) return;
  const names = [...new Set(bare.flatMap((host) => host.string ?? []))];
  const rest = names.length > 1 ? ` and ${names.length - 1} more` : '';
  yield {
    at: first,
    severity: 'info',
    message: `${describeResource(resource)} lists no certificate for "${names[0]}"${rest}, only for "${listed[0]?.string}"${listed.length > 1 ? ` and ${listed.length - 1} more` : ''}: what is sent there may be read and changed on the way.`,
    fixes: [
      {
        title: `List ${names.map((name) => `"${name}"`).join(', ')} under tls`,
        safety: 'unsafe',
        operations: names.map((value) => ({ op: 'append', at: last, value })),
      },
    ],
  };
}
