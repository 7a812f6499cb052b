import { defineRule } from '../../engine/rule';
import { containsBlock, parseCidr } from '../../model/network/cidr';
import { matchRule } from '../../model/network/evaluate';
import { readPeer, readRule } from '../../model/network/read-policy';
import { toPolicyExample } from './_example';
import { describePolicy, getRulePeers } from './_policies';

/** Where the instance metadata service of a node answers (AWS, Google Cloud and Azure; AWS over IPv6). */
const ADDRESSES = [
  { address: '169.254.169.254', block: '169.254.169.254/32', range: '169.254.0.0/16' },
  { address: 'fd00:ec2::254', block: 'fd00:ec2::254/128', range: 'fd00:ec2::/32' },
] as const;

const NOWHERE = { namespace: undefined, folder: '' };

const toEgress = (except: string) =>
  toPolicyExample(`policyTypes: [Egress]
egress:
  - to:
      - ipBlock:
          cidr: 0.0.0.0/0
          except:
${except}`);

const PRIVATE = '            - 10.0.0.0/8\n            - 172.16.0.0/12';

export default defineRule({
  id: 'metadata-address-reachable',
  category: 'network',
  title: 'Metadata service within reach',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['aws/eks-identity-best-practices', 'nsa/network-policies'],
  docs: {
    what: "An egress rule's `ipBlock` includes the address of the cloud's metadata service.",
    why: "At `169.254.169.254` a node answers whoever asks on port 80, and on many clusters hands out the credentials of the node's own role: far more than the pod was given. A request that an attacker can make a pod send is enough.",
    remedy:
      'List the address under `except`. Not reported: rules whose ports leave out 80, and blocks of link-local addresses alone, where reaching them is what is meant. A rule for every destination is reported by allow-all-egress and empty-peer-list. Also have the nodes demand IMDSv2 with a hop limit of 1.',
    flags: toEgress(PRIVATE),
    passes: toEgress(`${PRIVATE}\n            - 169.254.169.254/32`),
  },
  visit: {
    *resource(resource) {
      for (const { peer, ref, direction } of getRulePeers(resource)) {
        const data = readPeer(peer);
        const cidr = data.ipBlock && parseCidr(data.ipBlock.cidr);
        if (direction !== 'Egress' || !cidr) continue;
        const rule = { ...readRule(ref, direction), peers: [data], arePeersKnown: true };
        const port = { protocol: 'TCP', port: 80 };
        for (const { address, block, range } of ADDRESSES) {
          const [links, end] = [parseCidr(range), { address }];
          if ((links && containsBlock(links, cidr)) || matchRule(rule, NOWHERE, end, end, port) !== true) continue;
          yield {
            at: peer.get('ipBlock', 'cidr'),
            message: `${describePolicy(resource)} lets pods reach the metadata service of their node: ${data.ipBlock?.cidr} includes ${address}.`,
            fixes: [
              {
                title: `Leave out ${block}`,
                safety: 'unsafe',
                operations: [{ op: 'append', at: peer.get('ipBlock', 'except'), value: block }],
              },
            ],
          };
        }
      }
    },
  },
});
