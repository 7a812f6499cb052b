import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LabelSet, matchSelector } from '../../../server/src/model/kubernetes/selectors';
import {
  coversPeer,
  coversPolicy,
  coversPort,
  coversRule,
  coversSelector,
} from '../../../server/src/model/network/cover';
import { matchRule } from '../../../server/src/model/network/evaluate';
import type { PeerData, PortData } from '../../../server/src/model/network/policy';
import { naiveAllowed, naiveSelects } from './naive';
import {
  cluster,
  end,
  labels,
  namespace,
  peers,
  place,
  pod,
  ports,
  query,
  read,
  selector,
  toEnd,
  toLabels,
} from './random';

const NAME = 'kubernetes.io/metadata.name';
const HOME: LabelSet = { values: { [NAME]: 'shop' }, unknown: [], isComplete: false };

const toRule = (rule: unknown) => {
  const [read1] = read({ podSelector: {}, policyTypes: ['Ingress'], ingress: [rule] }).ingress.rules;
  if (!read1) throw new Error('no rule');
  return read1;
};
const toPeer = (peer: unknown) => toRule({ from: [peer] }).peers[0] as PeerData;
const toPort = (port: unknown) => toRule({ ports: [port] }).ports[0] as PortData;
const rule = fc.record({ from: peers, ports }, { requiredKeys: [] });

describe('what covers what', () => {
  test('whatever a selector selects, one that covers it selects', () => {
    let covered = 0;
    const holds = fc.property(selector, selector, fc.array(labels, { minLength: 5 }), (wide, narrow, all) => {
      const [a, b] = [wide, narrow].map((text) => read({ podSelector: text }).podSelector);
      if (!a || !b || !coversSelector(a, b)) return;
      const selected = all.filter((one) => naiveSelects(narrow, one));
      covered += selected.length;
      for (const one of selected) expect(matchSelector(a, toLabels(one))).toBe(true);
    });
    fc.assert(holds, { numRuns: 3000 });
    expect(covered).toBeGreaterThan(100);
  });

  test('whatever a rule admits, one that covers it admits: from pods and addresses, at numbers and names', () => {
    let [admitted, open] = [0, 0];
    const ends = fc.array(end, { minLength: 4 });
    const holds = fc.property(cluster, rule, rule, ends, pod, query, (known, wide, narrow, from, to, at) => {
      const own = toEnd({ ...to, namespace: 'shop' }, known);
      const [a, b] = [toRule(wide), toRule(narrow)];
      if (!('land' in own) || !coversRule(a, b, own.namespaceLabels)) return;
      for (const one of from) {
        const [byWide, byNarrow] = [a, b].map((side) => matchRule(side, own.land, toEnd(one, known), own, at));
        if (byNarrow) {
          admitted++;
          if (b.peers.length === 0 && b.ports.length === 0) open++;
          expect(byWide).toBe(true);
        }
        // Pods may have an address of a block: what may be admitted by the narrow rule may be by the wide one.
        if (byNarrow === undefined) expect(byWide).not.toBe(false);
      }
    });
    fc.assert(holds, { numRuns: 6000 });
    expect(admitted - open).toBeGreaterThan(100);
  });

  test('without a policy that another covers the same connections are allowed', () => {
    let removed = 0;
    const pairs = fc.array(fc.tuple(end, end, query), { minLength: 4 });
    const holds = fc.property(cluster, namespace, pairs, (known, at, connections) => {
      const placed = place(known);
      const values = { [NAME]: at, ...known.namespaces[at] };
      const index = placed.findIndex((narrow, own) =>
        placed.some(
          (wide, other) =>
            own !== other && narrow.land.namespace === at && coversPolicy(wide, narrow, toLabels(values)),
        ),
      );
      if (index === -1) return;
      removed++;
      const rest = { ...known, policies: known.policies.filter((_, other) => other !== index) };
      for (const [from, to, port] of connections)
        expect(naiveAllowed(rest, from, to, port)).toBe(naiveAllowed(known, from, to, port));
    });
    fc.assert(holds, { numRuns: 4000 });
    expect(removed).toBeGreaterThan(100);
  });

  // Sixteen addresses, so that each can be asked for.
  const block = fc.record({ first: fc.nat(15), length: fc.integer({ min: 28, max: 32 }) }).map(({ first, length }) => {
    const size = 2 ** (32 - length);
    const start = first - (first % size);
    return { text: `10.0.0.${start}/${length}`, has: (address: number) => address >= start && address < start + size };
  });
  const blocks = fc.record({ cidr: block, except: fc.array(block, { maxLength: 3 }) });

  test('a block covers another one within it exactly where it has all of its addresses', () => {
    const seen = { yes: 0, no: 0 };
    const holds = fc.property(blocks, blocks, (wide, narrow) => {
      const [a, b] = [wide, narrow].map(({ cidr, except }) => ({
        peer: toPeer({ ipBlock: { cidr: cidr.text, except: except.map(({ text }) => text) } }),
        has: (address: number) => cidr.has(address) && !except.some((hole) => hole.has(address)),
      }));
      if (!a || !b) return;
      const all = Array.from({ length: 16 }, (_, address) => address);
      const isWithin = all.every((address) => wide.cidr.has(address) || !narrow.cidr.has(address));
      const expected = isWithin && all.every((address) => a.has(address) || !b.has(address));
      seen[expected ? 'yes' : 'no']++;
      expect(coversPeer(a.peer, b.peer, HOME)).toBe(expected);
    });
    fc.assert(holds, { numRuns: 5000 });
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(100);
  });

  const shop = { namespaceSelector: { matchLabels: { [NAME]: 'shop' } } };
  const db = { podSelector: { matchLabels: { app: 'db' } } };
  test.each([
    ['the own namespace by name', { podSelector: {} }, { ...shop, ...db }, true],
    [
      'another namespace by name',
      { podSelector: {} },
      { namespaceSelector: { matchLabels: { [NAME]: 'bank' } } },
      false,
    ],
    ['every namespace, the own one too', { namespaceSelector: {} }, db, true],
    ['the own namespace, by what is not known of it', { namespaceSelector: { matchLabels: { team: 'a' } } }, db, false],
    ['addresses of both versions', { ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }, false],
    [
      'IPv6',
      { ipBlock: { cidr: 'fd00::/8' } },
      { ipBlock: { cidr: 'fd12:3456::/32', except: ['fd12:3456::/48'] } },
      true,
    ],
    ['every address, pods by labels', { ipBlock: { cidr: '0.0.0.0/0' } }, db, false],
    [
      'a block that cannot be read',
      { ipBlock: { cidr: '10.0.0.0/8', except: ['all'] } },
      { ipBlock: { cidr: '10.0.0.0/8' } },
      false,
    ],
    ['what is filled in later', { podSelector: {} }, { podSelector: { matchLabels: { app: '${APP}' } } }, false],
  ])('peers: %s', (_, wide, narrow, expected) => {
    expect(coversPeer(toPeer(wide), toPeer(narrow), HOME)).toBe(expected);
  });

  test.each([
    ['TCP by default', { port: 80 }, { port: 80, protocol: 'TCP' }, true],
    ['every port of a protocol', { protocol: 'UDP' }, { port: 53, protocol: 'UDP' }, true],
    ['every port of another one', {}, { port: 53, protocol: 'UDP' }, false],
    ['a number in a range', { port: 8000, endPort: 8100 }, { port: 8080 }, true],
    ['a range in a range', { port: 8000, endPort: 8100 }, { port: 8080, endPort: 8100 }, true],
    ['a range beyond a range', { port: 8000, endPort: 8100 }, { port: 8080, endPort: 8101 }, false],
    ['a range at a number', { port: 8080 }, { port: 8080, endPort: 8081 }, false],
    ['the same name', { port: 'http' }, { port: 'http' }, true],
    ['a name and a number', { port: 80 }, { port: 'http' }, false],
    ['a number and a name', { port: 'http' }, { port: 80 }, false],
    ['every port and a name', { protocol: 'TCP' }, { port: 'http' }, true],
    ['a protocol that is filled in later', { port: 80 }, { port: 80, protocol: '${P}' }, false],
  ])('ports: %s', (_, wide, narrow, expected) => {
    expect(coversPort(toPort(wide), toPort(narrow))).toBe(expected);
  });
});
