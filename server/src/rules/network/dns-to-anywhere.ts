import { defineRule } from '../../engine/rule';
import { getPeerList } from '../../model/kubernetes/network-policy';
import type { Ref } from '../../syntax/ref';
import { toPolicyExample } from './_example';
import { DNS_PEER, describePolicy, getTrafficRules, isDnsRule } from './_policies';

const PORTS = '    ports:\n      - { protocol: UDP, port: 53 }\n      - { protocol: TCP, port: 53 }';

export default defineRule({
  id: 'dns-to-anywhere',
  category: 'network',
  title: 'DNS to any server',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'nsa/network-policies'],
  docs: {
    what: 'An egress rule allows port 53 to every destination.',
    why: "Data leaves through port 53 as well as through any other: in questions to a name server of the attacker's, or in any traffic at all that a server accepts on that port. Pods need to reach only the cluster's own DNS.",
    remedy:
      "Name the cluster's DNS as the peer. The fix writes the labels that CoreDNS and kube-dns have in most clusters. With NodeLocal DNSCache pods ask an address of their node instead (by default `169.254.20.10`), and OpenShift's DNS has the namespace `openshift-dns`.",
    flags: toPolicyExample(`policyTypes: [Egress]\negress:\n  - to: []\n${PORTS}`, '{}'),
    passes: toPolicyExample(
      `policyTypes: [Egress]
egress:
  - to:
      - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }
        podSelector: { matchLabels: { k8s-app: kube-dns } }
${PORTS}`,
      '{}',
    ),
  },
  visit: {
    *resource(resource) {
      for (const { ref, direction } of getTrafficRules(resource)) {
        const to = getPeerList(ref, direction);
        if (direction !== 'Egress' || to.isUnknown || !isDnsRule(ref)) continue;
        const [port] = ref.get('ports').items();
        const block = to.items().find(isEverywhere)?.get('ipBlock', 'cidr');
        if (to.items().length > 0 && !block) continue;
        const reason = to.isWritten ? 'its empty "to" is every destination' : 'it names no destination';
        yield {
          at: block ?? (to.isWritten || !port ? to : port.get('port')),
          message: `${describePolicy(resource)} lets pods send to any address at port 53: ${block ? `${block.string} is everywhere` : reason}.`,
          fixes: [
            {
              title: "Allow only the cluster's DNS",
              safety: 'unsafe',
              operations: [{ op: 'set', at: to, value: [DNS_PEER] }],
            },
          ],
        };
      }
    },
  },
});

function isEverywhere(peer: Ref): boolean {
  const block = peer.get('ipBlock');
  return ['0.0.0.0/0', '::/0'].includes(block.get('cidr').string ?? '') && block.get('except').items().length === 0;
}
