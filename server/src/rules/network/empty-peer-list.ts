import { defineRule } from '../../engine/rule';
import { getPeerList } from '../../model/kubernetes/network-policy';
import { toPolicyExample } from './_example';
import { describePolicy, getTrafficRules, isDnsRule } from './_policies';

export default defineRule({
  id: 'empty-peer-list',
  category: 'network',
  title: 'Empty list of peers means everyone',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'nsa/network-policies'],
  docs: {
    what: 'A rule of a NetworkPolicy has an empty `from` or `to`.',
    why: 'It reads like "from nobody". To the API server an empty list is the same as none: the rule admits every address, inside the cluster and outside.',
    remedy:
      'Name the peers. If everyone is meant, remove the empty list, so that nobody takes it for the opposite. To deny everything, remove the whole rule and keep the direction in `policyTypes`. A rule for DNS alone is reported by dns-to-anywhere.',
    flags: toPolicyExample('policyTypes: [Ingress]\ningress:\n  - from: []\n    ports:\n      - port: 5432'),
    passes: toPolicyExample(
      'policyTypes: [Ingress]\ningress:\n  - from:\n      - podSelector: {}\n    ports:\n      - port: 5432',
    ),
  },
  visit: {
    *resource(resource) {
      for (const { ref, direction } of getTrafficRules(resource)) {
        const at = getPeerList(ref, direction);
        if (!at.isWritten || at.isUnknown || at.items().length > 0) continue;
        if (!at.isSequence && at.isPresent) continue;
        if (direction === 'Egress' && isDnsRule(ref)) continue;
        const isIngress = direction === 'Ingress';
        const name = isIngress ? 'from' : 'to';
        yield {
          at,
          message: `${describePolicy(resource)} has a rule whose "${name}" is empty: that ${isIngress ? 'admits everyone' : 'allows every destination'}, not no one.`,
          fixes: [
            {
              title: `${isIngress ? 'Admit' : 'Allow'} only pods of the same namespace`,
              safety: 'unsafe',
              operations: [{ op: 'set', at, value: [{ podSelector: {} }] }],
            },
            // Never by itself: it takes the warning away and leaves the door open. A rule without any other key would be left as an empty one, whose meaning is the same but no clearer.
            ...(ref.keys().length > 1
              ? [
                  {
                    title: `Remove the empty "${name}": everyone is meant`,
                    safety: 'unsafe' as const,
                    operations: [{ op: 'remove' as const, at }],
                  },
                ]
              : []),
          ],
        };
      }
    },
  },
});
