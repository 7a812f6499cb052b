import { defineRule, type Report } from '../../engine/rule';
import { type Cidr, containsBlock, hasHostBits, parseAddress, parseCidr, toCidrText } from '../../model/network/cidr';
import { readPeer } from '../../model/network/read-policy';
import type { Ref } from '../../syntax/ref';
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
    why: 'The API server refuses a policy whose `cidr` is no block of addresses, or whose `except` is not a part of it, so that no policy is in force at all. One such as `10.0.0.5/8` it takes, for `10.0.0.0/8`: sixteen million addresses where perhaps one was meant.',
    remedy:
      'Write an address with the length of its prefix; a single IPv4 address has the length 32. List under `except` only blocks within `cidr` and smaller than it.',
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
        yield* judgeText(at, who);
        for (const hole of block.get('except').items()) {
          yield* judgeText(hole, who);
          if (cidr) yield* judgeHole(hole, cidr, at.string ?? '', who);
        }
      }
    },
  },
});

function* judgeText(at: Ref, who: string): Iterable<Report> {
  const text = at.string ?? '';
  const cidr = parseCidr(text);
  if (!cidr) {
    const address = parseAddress(text);
    const right = address && `${text}/${address.version === 4 ? 32 : 128}`;
    yield {
      at,
      message: `${who} has "${text}" where a block of addresses belongs${address ? ': the length of the prefix is missing' : ''}. The API server refuses it.`,
      fixes: right
        ? [{ title: `Change it to ${right}`, safety: 'unsafe', operations: [{ op: 'set', at, value: right }] }]
        : [],
    };
  } else if (hasHostBits(cidr)) {
    const meant = toCidrText(cidr);
    yield {
      at,
      severity: 'warning',
      message: `${who} has the block ${text}, which begins at ${meant}: the rest of the address counts for nothing.`,
      fixes: [
        { title: `Change it to ${meant}, which it is`, safety: 'safe', operations: [{ op: 'set', at, value: meant }] },
      ],
    };
  }
}

function* judgeHole(at: Ref, cidr: Cidr, text: string, who: string): Iterable<Report> {
  const hole = parseCidr(at.string ?? '');
  if (!hole || (containsBlock(cidr, hole) && hole.length > cidr.length)) return;
  const reason = containsBlock(hole, cidr) ? `leaves nothing of ${text}` : `lies outside of ${text}`;
  yield {
    at,
    message: `${who} has the exception ${at.string}, which ${reason}. The API server refuses it.`,
    fixes: containsBlock(hole, cidr)
      ? []
      : [{ title: 'Remove the exception', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
  };
}
