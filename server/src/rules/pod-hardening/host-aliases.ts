import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';

export default defineRule({
  id: 'host-aliases',
  category: 'pod-hardening',
  title: 'Names resolved past DNS',
  severity: 'info',
  confidence: 'low',
  fixable: 'always',
  standards: ['nsa/hardened-environments'],
  docs: {
    what: 'A pod writes `hostAliases` into its `/etc/hosts`.',
    why: 'A name in `hostAliases` goes to the address written there, whatever DNS says. It outlives moves of the service, and someone who can change the manifest turns the traffic of a trusted name elsewhere without a trace in DNS.',
    remedy: 'Give the address a name in DNS, or a Service of type ExternalName or with its own EndpointSlice.',
    flags: toPlainPod({ spec: 'hostAliases:\n  - ip: 10.0.0.7\n    hostnames:\n      - db.example.com' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      const at = pod.spec.get('hostAliases');
      const count = at.items().length;
      if (count === 0) return;
      const names = at.items().flatMap((item) =>
        item
          .get('hostnames')
          .items()
          .flatMap((name) => name.string ?? []),
      );
      const list = names
        .slice(0, 3)
        .map((name) => `"${name}"`)
        .join(', ');
      yield {
        at,
        message: `${describeOwner(pod, undefined)} resolves ${list || 'names'}${names.length > 3 ? ' and more' : ''} past DNS (hostAliases).`,
        fixes: [{ title: 'Remove hostAliases', safety: 'unsafe', operations: [{ op: 'remove', at }] }],
      };
    },
  },
});
