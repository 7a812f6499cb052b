import { defineRule } from '../../engine/rule';
import { containsBlock, parseCidr } from '../../model/network/cidr';
import { readPeer } from '../../model/network/read-policy';
import { toPolicyExample } from './_example';
import { describePolicy, getRulePeers } from './_policies';

const toIngress = (peer: string) => toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - from:\n      - ${peer}`);

export default defineRule({
  id: 'ip-block-for-pods',
  category: 'network',
  title: 'Addresses of pods in a block',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A rule of a NetworkPolicy means pods or Services of the cluster by an `ipBlock`. The rule is silent until `clusterCidrs` is configured.',
    why: 'A pod has another address after every restart, so that the block soon means nobody or somebody else. Several network plugins do not compare blocks with the addresses of pods at all, and the address of a Service is replaced by that of a pod before most of them look: the rule then admits nothing.',
    remedy:
      'Name the pods by `podSelector`, with a `namespaceSelector` where they are in another namespace. The blocks of the cluster, those of its pods and those of its Services, are listed under `clusterCidrs` in `.breakwater.yaml`.',
    flags: toIngress('ipBlock: { cidr: 10.244.3.0/24 }'),
    passes: toIngress('ipBlock: { cidr: 203.0.113.0/24 }'),
    settings: { clusterCidrs: ['10.244.0.0/16'] },
  },
  visit: {
    *resource(resource, { settings }) {
      const blocks = (settings.clusterCidrs ?? []).map((text) => ({ text, cidr: parseCidr(text) }));
      if (blocks.length === 0) return;
      for (const { peer } of getRulePeers(resource)) {
        const { ipBlock, isKnown } = readPeer(peer);
        const own = isKnown && ipBlock ? parseCidr(ipBlock.cidr) : undefined;
        const around = own && blocks.find(({ cidr }) => cidr && containsBlock(cidr, own));
        if (!around) continue;
        yield {
          at: peer.get('ipBlock', 'cidr'),
          message: `${describePolicy(resource)} names pods or Services of the cluster by their addresses (${ipBlock?.cidr} is in ${around.text}): these change, and most network plugins do not compare them.`,
          fixes: [
            {
              title: 'Name the pods of the same namespace instead',
              safety: 'unsafe',
              operations: [
                { op: 'remove', at: peer.get('ipBlock') },
                { op: 'set', at: peer.get('podSelector'), value: {} },
              ],
            },
          ],
        };
      }
    },
  },
});
