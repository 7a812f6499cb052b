import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { describePolicy, getRulePeers } from './_policies';

const toExample = (namespaces: string) =>
  toPolicyExample(
    `policyTypes: [Ingress]\ningress:\n  - from:\n      - namespaceSelector: ${namespaces}\n        podSelector: { matchLabels: { app: api } }`,
  );

export default defineRule({
  id: 'null-selector-in-peer',
  category: 'network',
  title: 'Selector without a value beside another one',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A peer of a NetworkPolicy has a `podSelector` or `namespaceSelector` with nothing behind the colon, beside the other one.',
    why: 'Nothing is null, and null is as if the key were not there. That is not the empty selector `{}`, which selects everything: `namespaceSelector:` leaves the pods of the policy’s own namespace, `namespaceSelector: {}` means those of every namespace.',
    remedy: 'Write `{}` where everything is meant, else the labels; or remove the key.',
    flags: toExample(''),
    passes: toExample('{ matchLabels: { team: web } }'),
  },
  visit: {
    *resource(resource) {
      for (const { peer } of getRulePeers(resource)) {
        const keys = ['namespaceSelector', 'podSelector'];
        const [at] = keys.map((key) => peer.get(key)).filter((ref) => ref.keySpan && ref.isAbsent);
        if (!at?.keySpan || !keys.some((key) => peer.get(key).isPresent)) continue;
        const isNamespaces = at.step === 'namespaceSelector';
        yield {
          at,
          span: at.keySpan,
          message: `${describePolicy(resource)} has a ${String(at.step)} with nothing in it, which is as if it were not there: ${isNamespaces ? 'the peer is of the own namespace, not of any' : 'every pod of the namespaces is meant'}.`,
          fixes: [
            { title: 'Remove the key, which keeps the meaning', safety: 'safe', operations: [{ op: 'remove', at }] },
            {
              title: isNamespaces ? 'Write {}: any namespace is meant' : 'Write {}: any pod is meant',
              safety: 'unsafe',
              operations: [{ op: 'set', at, value: {} }],
            },
          ],
        };
      }
    },
  },
});
