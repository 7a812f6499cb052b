import { defineRule } from '../../engine/rule';
import { findOpenRules } from './_allow-all';
import { toPolicyExample } from './_example';

export default defineRule({
  id: 'allow-all-ingress',
  category: 'network',
  title: 'Rule that admits everyone',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'cis/5.3.2', 'nsa/network-policies'],
  docs: {
    what: 'An ingress rule of a NetworkPolicy names neither peers nor ports.',
    why: 'Policies add up: what one rule admits no other can take back. An empty rule admits every pod of the cluster and every address that reaches the network, at every port, and makes all other ingress rules for these pods pointless.',
    remedy:
      'Name who may connect, and at which ports. Where the pods really serve everyone, name at least the ports, so that metrics, debugging and administration stay closed.',
    flags: toPolicyExample('policyTypes: [Ingress]\ningress:\n  - {}'),
    passes: toPolicyExample('policyTypes: [Ingress]\ningress:\n  - ports:\n      - port: 5432'),
  },
  visit: {
    *resource(resource) {
      yield* findOpenRules(resource, 'Ingress');
    },
  },
});
