import { defineRule } from '../../engine/rule';
import { findOpenRules } from './_allow-all';
import { toDefaultDenyExample, toPolicyExample } from './_example';
import { toFile } from './_pods';
import { findUndone } from './_undone';

const toExample = (rules: string) =>
  toFile(toPolicyExample(`policyTypes: [Egress]\negress:\n${rules}`), toDefaultDenyExample('[Ingress, Egress]'));

export default defineRule({
  id: 'allow-all-egress',
  category: 'network',
  title: 'Rule that lets everything out',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'cis/5.3.2', 'nsa/network-policies'],
  docs: {
    what: 'An egress rule of a NetworkPolicy names neither peers nor ports.',
    why: "Policies add up: what one rule allows no other can take back. With an empty rule the pods may connect to any address: to other tenants' pods, to the metadata service of their node, and to whoever waits on the internet for what was found.",
    remedy:
      "Name where the pods may connect to, and at which ports; the cluster's DNS is nearly always one of them. It is a warning where the rule undoes others: further egress rules of its policy, or a policy that restricts what these pods connect to. Elsewhere it is a note, because the rule then says only what would hold without it, and is how many projects write that a policy is about ingress alone.",
    flags: toExample('  - {}'),
    passes: toExample(
      '  - ports:\n      - port: 443\n      - { port: 53, protocol: UDP }\n      - { port: 53, protocol: TCP }',
    ),
  },
  visit: {
    *resource(resource, context) {
      for (const report of findOpenRules(resource, 'Egress')) {
        const undone = findUndone(resource, context);
        if (!undone) yield { ...report, severity: 'info' };
        else if (undone === 'own') yield report;
        else {
          const { value, place } = undone.known;
          const related = [{ place, message: `NetworkPolicy "${value.name}" restricts egress of these pods.` }];
          yield { ...report, related };
        }
      }
    },
  },
});
