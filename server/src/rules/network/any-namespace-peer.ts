import type { Fix, Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { getPeerList } from '../../model/kubernetes/network-policy';
import { isEmptySelector } from '../../model/kubernetes/selectors';
import { readPeer } from '../../model/network/read-policy';
import { toPolicyExample } from './_example';
import { DNS_PEER, describePolicy, getPorts, getRulePeers, isDnsRule, type RulePeer } from './_policies';

export default defineRule({
  id: 'any-namespace-peer',
  category: 'network',
  title: 'Peer that is every pod of the cluster',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'nsa/network-separation'],
  docs: {
    what: 'A rule of a NetworkPolicy names every namespace as its peer, and no pods within them.',
    why: 'An empty `namespaceSelector` selects all namespaces, those of other teams and those still to come. Whoever takes over any pod of the cluster is a peer.',
    remedy:
      'Name the namespaces: each has the label `kubernetes.io/metadata.name` with its name. Or name the pods beside the namespaces, in the same list item. Where the rule names ports, such as one for metrics, and in egress rules, this is a note; a rule for DNS alone is not reported.',
    flags: toPolicyExample('policyTypes: [Ingress]\ningress:\n  - from:\n      - namespaceSelector: {}'),
    passes: toPolicyExample(
      'policyTypes: [Ingress]\ningress:\n  - from:\n      - namespaceSelector:\n          matchLabels: { kubernetes.io/metadata.name: web }',
    ),
  },
  visit: {
    *resource(resource) {
      for (const { peer, ref, direction } of getRulePeers(resource)) {
        const { podSelector, namespaceSelector, isKnown } = readPeer(peer);
        if (!isKnown || !namespaceSelector || !isEmptySelector(namespaceSelector)) continue;
        if ((podSelector && !isEmptySelector(podSelector)) || (direction === 'Egress' && isDnsRule(ref))) continue;
        const at = peer.get('namespaceSelector');
        const isIngress = direction === 'Ingress';
        yield {
          at,
          severity: isIngress && getPorts(ref).length === 0 && !ref.get('ports').isUnknown ? 'warning' : 'info',
          message: `${describePolicy(resource)} ${isIngress ? 'admits' : 'allows connections to'} every pod of every namespace: its empty namespaceSelector selects them all.`,
          fixes: [toFix({ peer, ref, direction }, podSelector !== undefined)],
        };
      }
    },
  },
});

/** Without ports the rule lets pods ask for names too, which goes on. */
function toFix({ peer, ref, direction }: RulePeer, hasPods: boolean): Fix {
  const at = peer.get('namespaceSelector');
  const isDns = direction === 'Egress' && getPorts(ref).length === 0;
  const narrow: Operation = hasPods ? { op: 'remove', at } : { op: 'rename', at, key: 'podSelector' };
  const dns: Operation = { op: 'append', at: getPeerList(ref, direction), value: DNS_PEER };
  return {
    title: `${direction === 'Ingress' ? 'Admit' : 'Allow'} only pods of the same namespace${isDns ? " and the cluster's DNS" : ''}`,
    safety: 'unsafe',
    operations: isDns ? [narrow, dns] : [narrow],
  };
}
