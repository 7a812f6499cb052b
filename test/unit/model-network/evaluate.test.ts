import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LabelSet, matchSelector } from '../../../server/src/model/kubernetes/selectors';
import { type End, isAllowed, type PlacedPolicy, type PodEnd } from '../../../server/src/model/network/evaluate';
import { readPolicy } from '../../../server/src/model/network/read-policy';
import { Ref } from '../../../server/src/syntax/ref';
import { readSource } from '../../../server/src/syntax/source-file';
import {
  type NaiveCluster,
  type NaiveEnd,
  type NaivePeer,
  type NaivePod,
  type NaiveSelector,
  type NaiveSpec,
  naiveAllowed,
  naiveSelects,
} from './naive';

const read = (spec: unknown) => {
  const [document] = readSource(JSON.stringify(spec), 'json').documents;
  if (!document) throw new Error('no document');
  return readPolicy(Ref.root(document.tree));
};

const toLabels = (values: Record<string, string>): LabelSet => ({ values, unknown: [], isComplete: true });

function toEnd(end: NaiveEnd, { namespaces }: NaiveCluster): End {
  if (typeof end === 'string') return { address: end };
  return {
    land: { namespace: end.namespace, folder: '' },
    labels: toLabels(end.labels),
    namespaceLabels: toLabels({ 'kubernetes.io/metadata.name': end.namespace, ...namespaces[end.namespace] }),
    ports: end.ports,
    arePortsKnown: true,
    isHostNetwork: false,
  };
}

const place = ({ policies }: NaiveCluster): PlacedPolicy[] =>
  policies.map(({ namespace, spec }) => ({ land: { namespace, folder: '' }, policy: read(spec) }));

const key = fc.constantFrom<string>('app', 'tier', 'team');
const value = fc.constantFrom('a', 'b');
const labels = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });
const expression = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(value, { minLength: 1 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const selector: fc.Arbitrary<NaiveSelector> = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const address = fc.constantFrom('8.8.8.8', '8.8.4.4', '1.1.1.1');
const cidr = fc.constantFrom('8.8.8.8/32', '8.8.0.0/16', '8.0.0.0/7', '1.1.1.0/24');
const peer: fc.Arbitrary<NaivePeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
  fc.record({ ipBlock: fc.record({ cidr, except: fc.array(cidr, { maxLength: 1 }) }) }),
);
const protocol = fc.constantFrom('TCP', 'UDP');
const number = fc.constantFrom(80, 443, 8080);
const port = fc.oneof(
  fc.record({ port: fc.oneof(number, fc.constantFrom('http', 'web')), protocol }, { requiredKeys: [] }),
  fc.record({ port: fc.constant(80), endPort: number, protocol }, { requiredKeys: ['port', 'endPort'] }),
);
const ports = fc.option(fc.array(port, { maxLength: 2 }));
const peers = fc.option(fc.array(peer, { maxLength: 2 }));
const spec: fc.Arbitrary<NaiveSpec> = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.uniqueArray(fc.constantFrom('Ingress', 'Egress')),
    ingress: fc.array(fc.record({ from: peers, ports }, { requiredKeys: [] }), { maxLength: 2 }),
    egress: fc.array(fc.record({ to: peers, ports }, { requiredKeys: [] }), { maxLength: 2 }),
  },
  { requiredKeys: ['podSelector'] },
);
const namespace = fc.constantFrom('shop', 'bank');
const cluster: fc.Arbitrary<NaiveCluster> = fc.record({
  namespaces: fc.record({ shop: labels, bank: labels }),
  policies: fc.array(fc.record({ namespace, spec }), { maxLength: 4 }),
});
const pod: fc.Arbitrary<NaivePod> = fc.record({
  namespace,
  labels,
  ports: fc.array(fc.record({ name: fc.constantFrom('http', 'web'), port: number, protocol }), { maxLength: 2 }),
});
const end = fc.oneof({ weight: 4, arbitrary: pod }, { weight: 1, arbitrary: address });
const query = fc.record({ port: number, protocol });

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
