import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LabelSet, matchSelector } from '../../../server/src/model/kubernetes/selectors';
import { isAllowed, type PodEnd } from '../../../server/src/model/network/evaluate';
import { naiveAllowed, naiveSelects } from './naive';
import { cluster, end, key, labels, place, pod, query, read, selector, toEnd, toLabels } from './random';

describe('who may connect to whom', () => {
  test('agrees with a plain reading of the API where everything is known', () => {
    let allowed = 0;
    let denied = 0;
    const holds = fc.property(cluster, end, end, query, (known, from, to, at) => {
      const expected = naiveAllowed(known, from, to, at);
      if (expected) allowed++;
      else denied++;
      expect(isAllowed(place(known), toEnd(from, known), toEnd(to, known), at)).toBe(expected);
    });
    fc.assert(holds, { numRuns: 3000 });
    expect(Math.min(allowed, denied)).toBeGreaterThan(100);
  });

  test('what is said of labels that are known in part holds for every way in which they may be completed', () => {
    let definite = 0;
    const hide = fc.uniqueArray(key);
    const holds = fc.property(cluster, pod, pod, query, hide, hide, (known, from, to, at, hidden, missing) => {
      const end = toEnd(from, known) as PodEnd;
      const blur = (set: LabelSet): LabelSet => ({
        values: Object.fromEntries(
          Object.entries(set.values).filter(([name]) => ![...hidden, ...missing].includes(name)),
        ),
        unknown: hidden,
        isComplete: missing.length === 0,
      });
      const blurred = { ...end, labels: blur(end.labels), namespaceLabels: blur(end.namespaceLabels) };
      const answer = isAllowed(place(known), blurred, toEnd(to, known), at);
      // A key that is listed as unknown is there, only its value is not known.
      const isFitting = hidden.every((name) => name in end.labels.values && name in end.namespaceLabels.values);
      if (answer === undefined || !isFitting) return;
      definite++;
      expect(answer).toBe(naiveAllowed(known, from, to, at));
    });
    fc.assert(holds, { numRuns: 2000 });
    expect(definite).toBeGreaterThan(100);
  });

  test('without a port, the answer is yes as soon as one port is open', () => {
    const holds = fc.property(cluster, pod, pod, query, (known, from, to, at) => {
      if (!naiveAllowed(known, from, to, at)) return;
      expect(isAllowed(place(known), toEnd(from, known), toEnd(to, known), undefined)).not.toBe(false);
    });
    fc.assert(holds, { numRuns: 1000 });
  });
});

test('selectors agree with a plain reading of the API', () => {
  const holds = fc.property(selector, labels, (wanted, has) => {
    const { podSelector } = read({ podSelector: wanted });
    expect(matchSelector(podSelector, toLabels(has))).toBe(naiveSelects(wanted, has));
  });
  fc.assert(holds, { numRuns: 2000 });
});

describe('what is not known', () => {
  const db: PodEnd = {
    land: { namespace: 'shop', folder: '' },
    labels: toLabels({ app: 'db' }),
    namespaceLabels: { values: { 'kubernetes.io/metadata.name': 'shop' }, unknown: [], isComplete: false },
    ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }],
    arePortsKnown: true,
    isHostNetwork: false,
  };
  const api: PodEnd = { ...db, labels: toLabels({ app: 'api' }), ports: [] };
  const at = { port: 5432, protocol: 'TCP' };
  const ask = (spec: unknown, from = api, to = db, land = db.land) =>
    isAllowed([{ land, policy: read(spec) }], from, to, at);
  const admit = (from: unknown) => ({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [from] }] });

  test.each([
    [
      'a label of a namespace whose object is not here',
      admit({ namespaceSelector: { matchLabels: { team: 'a' } } }),
      undefined,
    ],
    [
      'the name of a namespace whose object is not here',
      admit({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }),
      true,
    ],
    ['addresses that pods may have', admit({ ipBlock: { cidr: '0.0.0.0/0' } }), undefined],
    ['addresses that no pod has', admit({ ipBlock: { cidr: '8.8.8.8/32' } }), false],
    ['a peer that is filled in later', admit({ podSelector: { matchLabels: { app: '${APP}' } } }), undefined],
    ['a peer that says nothing', admit({}), undefined],
    ['types that are filled in later', { podSelector: {}, policyTypes: ['${TYPE}'] }, undefined],
    ['rules that are filled in later', { podSelector: {}, ingress: '${RULES}' }, undefined],
  ])('%s', (_, spec, expected) => {
    expect(ask(spec)).toBe(expected);
  });

  test('a policy of an unknown namespace may isolate, or not', () => {
    const deny = { podSelector: {}, policyTypes: ['Ingress'] };
    expect(ask(deny, api, db, { namespace: undefined, folder: 'file:///a/' })).toBeUndefined();
    expect(ask(deny, api, db, { namespace: 'bank', folder: 'file:///a/' })).toBe(true);
  });

  test('policies do not reach the network of the node', () => {
    expect(ask({ podSelector: {}, policyTypes: ['Ingress'] }, api, { ...db, isHostNetwork: true })).toBeUndefined();
    expect(ask(admit({ podSelector: {} }), { ...api, isHostNetwork: true })).toBeUndefined();
  });

  test('the name of a port that containers do not declare', () => {
    const spec = { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] };
    expect(ask(spec)).toBe(false);
    expect(ask(spec, api, { ...db, arePortsKnown: false })).toBeUndefined();
  });
});
