import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type Cidr, parseCidr } from '../../model/network/cidr';
import { readPeer } from '../../model/network/read-policy';
import type { Ref } from '../../syntax/ref';
import { toPolicyExample } from './_example';
import { describePolicy, getPorts, getRulePeers, isDnsRule } from './_policies';

// Private use, carrier-grade sharing, and addresses that are valid on one link only, where clouds keep their metadata services.
const INTERNAL = {
  4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
  6: ['fc00::/7', 'fe80::/10'],
};

const toEgress = (block: string) =>
  toPolicyExample(`policyTypes: [Egress]
egress:
  - to:
      - ipBlock:
${block}
    ports:
      - port: 443
  - to:
      - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }
        podSelector: { matchLabels: { k8s-app: kube-dns } }`);

export default defineRule({
  id: 'ip-block-any',
  category: 'network',
  title: 'Block of every address',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'nsa/network-policies'],
  docs: {
    what: 'A rule of a NetworkPolicy has an `ipBlock` of every address, without exceptions.',
    why: 'The rule seems to be about the internet, and is about everything: other machines of the network, the nodes, the metadata service, and with many network plugins the other pods of the cluster.',
    remedy:
      'Name the addresses that are meant. Where the whole internet is, list what is not it under `except`: the private ranges and `169.254.0.0/16`. An egress rule that names its ports is a note.',
    flags: toEgress('          cidr: 0.0.0.0/0'),
    passes: toEgress('          cidr: 203.0.113.0/24'),
  },
  visit: {
    *resource(resource) {
      for (const { peer, ref, direction } of getRulePeers(resource)) {
        const { ipBlock, isKnown } = readPeer(peer);
        const cidr = ipBlock && parseCidr(ipBlock.cidr);
        if (!isKnown || cidr?.length !== 0 || (ipBlock?.except.length ?? 0) > 0) continue;
        if (direction === 'Egress' && isDnsRule(ref)) continue;
        const isIngress = direction === 'Ingress';
        const hasPorts = getPorts(ref).length > 0 || ref.get('ports').isUnknown;
        yield {
          at: peer.get('ipBlock', 'cidr'),
          severity: hasPorts && !isIngress ? 'info' : 'warning',
          message: `${describePolicy(resource)} ${isIngress ? 'admits' : 'allows connections to'} every address: ${ipBlock?.cidr} leaves nothing out, neither the private networks nor the nodes.`,
          fixes: isIngress ? [toSameNamespace(peer)] : [toInternet(peer, cidr)],
        };
      }
    },
  },
});

function toSameNamespace(peer: Ref): Fix {
  return {
    title: 'Admit only pods of the same namespace',
    safety: 'unsafe',
    operations: [{ op: 'set', at: peer, value: { podSelector: {} } }],
  };
}

function toInternet(peer: Ref, { version }: Cidr): Fix {
  return {
    title: 'Leave out private and link-local addresses',
    safety: 'unsafe',
    operations: [{ op: 'set', at: peer.get('ipBlock', 'except'), value: INTERNAL[version] }],
  };
}
