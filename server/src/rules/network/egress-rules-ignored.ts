import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { findIgnoredRules } from './_ignored-rules';

const RULE = 'egress:\n  - to:\n      - podSelector: { matchLabels: { app: cache } }';

export default defineRule({
  id: 'egress-rules-ignored',
  category: 'network',
  title: 'Egress rules without effect',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies', 'cis/5.3.2'],
  docs: {
    what: 'A NetworkPolicy has egress rules, and its `policyTypes` do not list `Egress`.',
    why: 'The rules look as if the pods could only reach what they name. In truth the policy says nothing about egress, and the pods can connect to any address.',
    remedy:
      'Add `Egress` to `policyTypes`. From then on everything that no rule names is denied, DNS included, so add a rule for port 53 if there is none.',
    flags: toPolicyExample(`policyTypes: [Ingress]\n${RULE}`),
    passes: toPolicyExample(`policyTypes: [Ingress, Egress]\n${RULE}`),
  },
  visit: {
    *resource(resource) {
      yield* findIgnoredRules(resource, 'Egress');
    },
  },
});
