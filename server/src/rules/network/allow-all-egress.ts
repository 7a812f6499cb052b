import { defineRule } from '../../engine/rule';
import { findOpenRules } from './_allow-all';
import { toPolicyExample } from './_example';

export default defineRule({
  id: 'allow-all-egress',
  category: 'network',
  title: 'Rule that lets everything out',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'cis/5.3.2', 'nsa/network-policies'],
  docs: {
    what: 'An egress rule of a NetworkPolicy names neither peers nor ports.',
    why: "Policies add up: what one rule allows no other can take back. With an empty rule the pods may connect to any address: to other tenants' pods, to the metadata service of their node, and to whoever waits on the internet for what was found.",
    remedy: "Name where the pods may connect to, and at which ports; the cluster's DNS is nearly always one of them.",
    flags: toPolicyExample('policyTypes: [Egress]\negress:\n  - {}'),
    passes: toPolicyExample(
      'policyTypes: [Egress]\negress:\n  - ports:\n      - port: 443\n      - { port: 53, protocol: UDP }\n      - { port: 53, protocol: TCP }',
    ),
  },
  visit: {
    *resource(resource) {
      yield* findOpenRules(resource, 'Egress');
    },
  },
});
