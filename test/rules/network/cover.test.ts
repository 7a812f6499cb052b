import { describe, expect, test } from 'vitest';
import defaultDenyMissing from '../../../server/src/rules/network/default-deny-missing';
import { inspect } from '../../harness/inspect';
import { ALL, findOpen, SHOP, toObject, WEB } from './cover-text';

const CILIUM = 'cilium.io/v2';
const BOTH = 'ingress: [{}], egress: [{}]';
const CCNP = 'CiliumClusterwideNetworkPolicy';
const ofNamespace = (key: string, value: string) =>
  toObject(CILIUM, CCNP, `{ endpointSelector: { matchLabels: { "${key}": ${value} } }, ${BOTH} }`);

describe('Cilium', () => {
  test.each([
    ['the namespace', toObject(CILIUM, 'CiliumNetworkPolicy', `{ endpointSelector: {}, ${BOTH} }`, 'shop'), 'none'],
    ['another one', toObject(CILIUM, 'CiliumNetworkPolicy', `{ endpointSelector: {}, ${BOTH} }`, 'other'), ALL],
    [
      'beside the pod, of no namespace',
      toObject(CILIUM, 'CiliumNetworkPolicy', `{ endpointSelector: {}, ${BOTH} }`),
      'none',
    ],
    [
      'one direction',
      toObject(CILIUM, 'CiliumNetworkPolicy', '{ endpointSelector: {}, ingress: [{}] }', 'shop'),
      'egress',
    ],
    [
      'denying one direction',
      toObject(CILIUM, 'CiliumNetworkPolicy', '{ endpointSelector: {}, egressDeny: [{}] }', 'shop'),
      'ingress',
    ],
    [
      'empty lists isolate nothing',
      toObject(CILIUM, 'CiliumNetworkPolicy', '{ endpointSelector: {}, ingress: [], egress: [] }', 'shop'),
      ALL,
    ],
    ['the pods of this namespace', ofNamespace('k8s:io.kubernetes.pod.namespace', 'shop'), 'none'],
    ['the pods of another one', ofNamespace('k8s:io.kubernetes.pod.namespace', 'other'), ALL],
    ['a label that the namespace has', ofNamespace('k8s:io.cilium.k8s.namespace.labels.team', 'a'), 'none'],
    ['a label that it has not', ofNamespace('k8s:io.cilium.k8s.namespace.labels.team', 'b'), ALL],
    ['all of one cluster', ofNamespace('io.cilium.k8s.policy.cluster', 'east'), 'none'],
    [
      'all namespaces but this',
      toObject(
        CILIUM,
        CCNP,
        `{ endpointSelector: { matchExpressions: [{ key: io.kubernetes.pod.namespace, operator: NotIn, values: [shop] }] }, ${BOTH} }`,
      ),
      ALL,
    ],
  ])('%s', (_, policy, expected) => {
    expect(findOpen(policy)).toEqual([expected, expected]);
  });
});

describe.each(['projectcalico.org/v3', 'crd.projectcalico.org/v1'])('Calico, %s', (api) => {
  const types = 'types: [Ingress, Egress]';
  const toGlobal = (rest: string) => toObject(api, 'GlobalNetworkPolicy', `{ ${rest}, ${types} }`);

  test.each([
    ['the namespace', toObject(api, 'NetworkPolicy', `{ selector: all(), ${types} }`, 'shop'), 'none'],
    ['another one', toObject(api, 'NetworkPolicy', `{ selector: all(), ${types} }`, 'other'), ALL],
    ['an empty list of rules is no rule', toObject(api, 'NetworkPolicy', '{ egress: [] }', 'shop'), 'egress'],
    ['egress rules alone', toObject(api, 'NetworkPolicy', '{ egress: [{ action: Deny }] }', 'shop'), 'ingress'],
    ['the cluster', toGlobal('selector: all()'), 'none'],
    ['namespaces by name', toGlobal(`namespaceSelector: 'projectcalico.org/name == "shop"'`), 'none'],
    ['another by name', toGlobal(`namespaceSelector: 'kubernetes.io/metadata.name == "other"'`), ALL],
    [
      'all but some',
      toGlobal(`namespaceSelector: 'projectcalico.org/name not in {"kube-system", "calico-system"}'`),
      'none',
    ],
    ['all but this', toGlobal(`namespaceSelector: 'projectcalico.org/name not in {"kube-system", "shop"}'`), ALL],
    ['by a label', toGlobal(`namespaceSelector: 'has(team) && team != "b"'`), 'none'],
    ['by a label of another', toGlobal(`namespaceSelector: 'team in {"b", "c"}'`), ALL],
    ['alternatives may be about it', toGlobal(`namespaceSelector: 'team == "b" || team == "a"'`), 'none'],
    [
      'pods by their namespace',
      toGlobal(`selector: 'has(projectcalico.org/namespace) && projectcalico.org/namespace != "kube-system"'`),
      'none',
    ],
    ['pods of another namespace', toGlobal(`selector: 'projectcalico.org/namespace == "other"'`), ALL],
    ['pods by a label of their namespace', toGlobal(`selector: 'pcns.team == "b"'`), ALL],
    ['outside of all namespaces', toGlobal('namespaceSelector: global()'), ALL],
  ])('%s', (_, policy, expected) => {
    expect(findOpen(policy)).toEqual([expected, expected]);
  });

  test('what is only staged denies nothing', () => {
    expect(findOpen(toObject(api, 'StagedGlobalNetworkPolicy', `{ selector: all(), ${types} }`))).toEqual([ALL, ALL]);
  });
});

describe('the policy API of SIG Network, Antrea', () => {
  const admin = (kind: string, rest: string, subject = 'namespaces: {}') =>
    toObject('policy.networking.k8s.io/v1alpha1', kind, `{ subject: { ${subject} }, ${rest} }`);
  const cluster = (rest: string) =>
    toObject(
      'policy.networking.k8s.io/v1alpha2',
      'ClusterNetworkPolicy',
      `{ tier: Baseline, subject: { namespaces: {} }, ${rest} }`,
    );
  const denyIn = 'ingress: [{ action: Deny, from: [{ namespaces: {} }] }]';
  const name = (value: string) => `{ matchLabels: { kubernetes.io/metadata.name: ${value} } }`;
  const antrea = (target: string) =>
    toObject(
      'crd.antrea.io/v1beta1',
      'ClusterNetworkPolicy',
      `{ appliedTo: [${target}], ingress: [{ action: Drop }] }`,
    );

  test.each([
    ['denying everybody', admin('AdminNetworkPolicy', denyIn), 'egress'],
    [
      'all pods of everybody',
      admin(
        'AdminNetworkPolicy',
        'ingress: [{ action: Deny, from: [{ pods: { namespaceSelector: {}, podSelector: {} } }] }]',
      ),
      'egress',
    ],
    [
      'everybody but some',
      admin(
        'AdminNetworkPolicy',
        'ingress: [{ action: Deny, from: [{ namespaces: { matchExpressions: [{ key: team, operator: NotIn, values: [b] }] } }] }]',
      ),
      'egress',
    ],
    [
      'all addresses',
      admin('BaselineAdminNetworkPolicy', 'egress: [{ action: Deny, to: [{ networks: ["0.0.0.0/0"] }] }]'),
      'ingress',
    ],
    [
      'denying one namespace',
      admin('AdminNetworkPolicy', `ingress: [{ action: Deny, from: [{ namespaces: ${name('other')} }] }]`),
      ALL,
    ],
    [
      'denying one address',
      admin('AdminNetworkPolicy', 'egress: [{ action: Deny, to: [{ networks: [169.254.169.254/32] }] }]'),
      ALL,
    ],
    [
      'denying one port',
      admin(
        'AdminNetworkPolicy',
        'ingress: [{ action: Deny, from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: TCP, port: 22 } }] }]',
      ),
      ALL,
    ],
    ['allowing', admin('AdminNetworkPolicy', 'ingress: [{ action: Allow, from: [{ namespaces: {} }] }]'), ALL],
    ['of this namespace', admin('AdminNetworkPolicy', denyIn, `namespaces: ${name('shop')}`), 'egress'],
    ['of another', admin('AdminNetworkPolicy', denyIn, `namespaces: ${name('other')}`), ALL],
    [
      'cluster, both',
      cluster(`${denyIn}, egress: [{ action: Deny, to: [{ networks: ["0.0.0.0/0", "::/0"] }] }]`),
      'none',
    ],
    [
      'cluster, one port',
      cluster(
        'egress: [{ action: Deny, to: [{ networks: ["0.0.0.0/0"] }], protocols: [{ tcp: { destinationPort: { number: 25 } } }] }]',
      ),
      ALL,
    ],
    ['Antrea', antrea('{ namespaceSelector: {} }'), 'egress'],
    [
      'Antrea, one of two targets',
      antrea(`{ namespaceSelector: ${name('other')} }, { namespaceSelector: ${name('shop')} }`),
      'egress',
    ],
    ['Antrea, another namespace', antrea(`{ namespaceSelector: ${name('other')} }`), ALL],
    ['Antrea, nodes', antrea('{ nodeSelector: {} }'), ALL],
  ])('%s', (_, policy, expected) => {
    const [lacking] = findOpen(policy);
    expect(lacking).toBe(expected);
  });

  test('a policy of another namespace or direction does not hide that pods are not isolated', () => {
    expect(findOpen(admin('AdminNetworkPolicy', denyIn, `namespaces: ${name('other')}`))).toEqual([ALL, ALL]);
    expect(findOpen(admin('AdminNetworkPolicy', denyIn))).toEqual(['egress', 'egress']);
  });
});

test('of several Namespace objects of one name, one that is covered is enough', () => {
  const east = SHOP.replace('team: a', 'team: b');
  const policy = ofNamespace('k8s:io.cilium.k8s.namespace.labels.team', 'a');
  const files = { 'east/ns.yaml': east, 'west/ns.yaml': SHOP, 'west/web.yaml': WEB, 'policy.yaml': policy };
  expect(inspect(defaultDenyMissing, files)).toEqual([]);
});
