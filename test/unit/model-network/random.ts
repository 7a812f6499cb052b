// Random clusters, small enough for policies and pods to meet often.
import fc from 'fast-check';
import type { LabelSet } from '../../../server/src/model/kubernetes/selectors';
import type { End, PlacedPolicy } from '../../../server/src/model/network/evaluate';
import { readPolicy } from '../../../server/src/model/network/read-policy';
import { Ref } from '../../../server/src/syntax/ref';
import { readSource } from '../../../server/src/syntax/source-file';
import type { NaiveCluster, NaiveEnd, NaivePeer, NaivePod, NaiveSelector, NaiveSpec } from './naive';

/** Reads the spec of a policy. */
export const read = (spec: unknown) => {
  const [document] = readSource(JSON.stringify(spec), 'json').documents;
  if (!document) throw new Error('no document');
  return readPolicy(Ref.root(document.tree));
};

/** Labels that are known to be all. */
export const toLabels = (values: Record<string, string>): LabelSet => ({ values, unknown: [], isComplete: true });

/** An end as the evaluator takes it. */
export function toEnd(end: NaiveEnd, { namespaces }: NaiveCluster): End {
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

/** The policies of a cluster with where they land. */
export const place = ({ policies }: NaiveCluster): PlacedPolicy[] =>
  policies.map(({ namespace, spec }) => ({ land: { namespace, folder: '' }, policy: read(spec) }));

/** A key of few, so that labels and selectors meet. */
export const key = fc.constantFrom<string>('app', 'tier', 'team');
const value = fc.constantFrom('a', 'b');
/** Labels of a pod or a namespace. */
export const labels = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });
const expression = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(value, { minLength: 1 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
/** A selector that the API takes. */
export const selector: fc.Arbitrary<NaiveSelector> = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 2 }) },
  { requiredKeys: [] },
);
/** An address that is no pod's. */
export const address = fc.constantFrom('8.8.8.8', '8.8.4.4', '1.1.1.1');
const cidr = fc.constantFrom('8.8.8.8/32', '8.8.0.0/16', '8.0.0.0/7', '1.1.1.0/24');
/** An item of `from` or `to`. */
export const peer: fc.Arbitrary<NaivePeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
  fc.record({ ipBlock: fc.record({ cidr, except: fc.array(cidr, { maxLength: 1 }) }) }),
);
const protocol = fc.constantFrom('TCP', 'UDP');
const number = fc.constantFrom(80, 443, 8080);
/** An item of `ports`. */
export const port = fc.oneof(
  fc.record({ port: fc.oneof(number, fc.constantFrom('http', 'web')), protocol }, { requiredKeys: [] }),
  fc.record({ port: fc.constant(80), endPort: number, protocol }, { requiredKeys: ['port', 'endPort'] }),
);
/** A list of ports, or none. */
export const ports = fc.option(fc.array(port, { maxLength: 2 }));
/** A list of peers, or none. */
export const peers = fc.option(fc.array(peer, { maxLength: 2 }));
const spec: fc.Arbitrary<NaiveSpec> = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.uniqueArray(fc.constantFrom('Ingress', 'Egress')),
    ingress: fc.array(fc.record({ from: peers, ports }, { requiredKeys: [] }), { maxLength: 2 }),
    egress: fc.array(fc.record({ to: peers, ports }, { requiredKeys: [] }), { maxLength: 2 }),
  },
  { requiredKeys: ['podSelector'] },
);
/** One of the two namespaces. */
export const namespace = fc.constantFrom('shop', 'bank');
/** Policies, and the labels of two namespaces. */
export const cluster: fc.Arbitrary<NaiveCluster> = fc.record({
  namespaces: fc.record({ shop: labels, bank: labels }),
  policies: fc.array(fc.record({ namespace, spec }), { maxLength: 4 }),
});
/** A pod with the ports that it declares. */
export const pod: fc.Arbitrary<NaivePod> = fc.record({
  namespace,
  labels,
  ports: fc.array(fc.record({ name: fc.constantFrom('http', 'web'), port: number, protocol }), { maxLength: 2 }),
});
/** One end of a connection. */
export const end = fc.oneof({ weight: 4, arbitrary: pod }, { weight: 1, arbitrary: address });
/** A port that is connected to. */
export const query = fc.record({ port: number, protocol });
