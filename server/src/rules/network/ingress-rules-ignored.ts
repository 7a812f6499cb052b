import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { findIgnoredRules } from './_ignored-rules';

const RULE = 'ingress:\n  - from:\n      - podSelector: { matchLabels: { app: api } }';

export default defineRule({
  id: 'ingress-rules-ignored',
  category: 'network',
  title: 'Ingress rules without effect',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies', 'cis/5.3.2'],
  docs: {
    what: 'A NetworkPolicy has ingress rules, and its `policyTypes` do not list `Ingress`.',
    why: 'The rules look as if only those they name could connect. In truth the policy says nothing about ingress, and every pod of the cluster can.',
    remedy: 'Add `Ingress` to `policyTypes`. From then on everything that no rule names is denied.',
    flags: toPolicyExample(`policyTypes: [Egress]\n${RULE}`),
    passes: toPolicyExample(`policyTypes: [Ingress, Egress]\n${RULE}`),
  },
  visit: {
    *resource(resource) {
      yield* findIgnoredRules(resource, 'Ingress');
    },
  },
});
