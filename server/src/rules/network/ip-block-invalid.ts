import { defineRule } from '../../engine/rule';
import { parseCidr } from '../../model/network/cidr';
import { readPeer } from '../../model/network/read-policy';
import { judgeBlock, judgeException } from './_blocks';
import { toPolicyExample } from './_example';
import { describePolicy, getRulePeers } from './_policies';

const toIngress = (cidr: string) =>
  toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - from:\n      - ipBlock:\n          cidr: ${cidr}`);

export default defineRule({
  id: 'ip-block-invalid',
  category: 'network',
  title: 'Block of addresses that is none',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'An `ipBlock` has a `cidr` that cannot be read or begins elsewhere than it says, or an `except` outside of it.',
    why: 'The API server refuses a policy whose `cidr` is no block of addresses, or whose `except` is not a part of it, so that what was in force before stays so, be it nothing. One such as `10.0.0.5/8` it takes before Kubernetes 1.36, for `10.0.0.0/8`: sixteen million addresses where perhaps one was meant. From 1.36 on it refuses that too, unless the object had it already.',
    remedy:
      'Write an address with the length of its prefix; a single address has the length 32 (IPv4) or 128 (IPv6). List under `except` only blocks within `cidr` and smaller than it.',
    flags: toIngress('203.0.113.7'),
    passes: toIngress('203.0.113.7/32'),
  },
  visit: {
    *resource(resource) {
      for (const { peer } of getRulePeers(resource)) {
        const block = peer.get('ipBlock');
        if (!block.isPresent || !readPeer(peer).isKnown) continue;
        const at = block.get('cidr');
        const cidr = parseCidr(at.string ?? '');
        const who = describePolicy(resource);
        yield* judgeBlock(at, who);
        for (const hole of block.get('except').items()) {
          yield* judgeBlock(hole, who);
          if (cidr) yield* judgeException(hole, cidr, at.string ?? '', who);
        }
      }
    },
  },
});
