import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { isIngress, TLS, toIngressExample } from './_exposed';

export default defineRule({
  id: 'ingress-wildcard-host',
  category: 'network',
  title: 'Ingress for every host of a domain',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'never',
  standards: ['k8s/ingress'],
  docs: {
    what: 'A rule of an Ingress has a `host` that begins with `*`.',
    why: 'It answers for every name one label below that domain (of `*.example.com` for `web.example.com`, and with some controllers for `a.web.example.com` too) that no other Ingress takes: for forgotten names, and for those that others of the cluster mean to use later. A certificate for all of them is worth more to a thief than one for a single name.',
    remedy:
      'Name the hosts that are served. Where hosts are made as they are needed, such as one for each customer or preview, keep a domain for them alone.',
    flags: toIngressExample('"*.example.com"', TLS),
    passes: toIngressExample('web.example.com', TLS),
  },
  visit: {
    *resource(resource) {
      if (!isIngress(resource)) return;
      for (const rule of resource.spec.get('rules').items()) {
        const at = rule.get('host');
        if (at.isUnknown || !at.string?.startsWith('*')) continue;
        yield {
          at,
          message: `${describeResource(resource)} answers for every host of "${at.string}" that no other Ingress names.`,
        };
      }
    },
  },
});
