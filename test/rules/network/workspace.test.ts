import { describe, expect, test } from 'vitest';
import hostNetworkPodSelected from '../../../server/src/rules/network/host-network-pod-selected';
import namespaceLabelMissing from '../../../server/src/rules/network/namespace-label-missing';
import peerSelectsNothing from '../../../server/src/rules/network/peer-selects-nothing';
import policyNamespaceMissing from '../../../server/src/rules/network/policy-namespace-missing';
import policySelectsNothing from '../../../server/src/rules/network/policy-selects-nothing';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { toDeployment, toPolicy } from './policy-text';

const closed = (selector: string) => toPolicy('policyTypes: [Ingress]\n', selector);
const from = (peer: string) => toPolicy(`policyTypes: [Ingress]\ningress:\n  - from:\n      - ${peer}\n`);
const MAKER = 'apiVersion: example.com/v1\nkind: Database\nmetadata:\n  name: db\n  namespace: shop\n';

describe('policy-selects-nothing', () => {
  const db = toDeployment('db', '{ app: database, tier: back }');

  test.each([
    ['another value', '{ matchLabels: { app: databse, tier: back } }', 'app=database'],
    ['another key', '{ matchLabels: { App: database } }', 'app=database'],
    ['the recommended key', '{ matchLabels: { app.kubernetes.io/name: database } }', 'app=database'],
  ])('a near miss: %s', (_, selector, right) => {
    const files = { 'policy.yaml': closed(selector), 'db.yaml': db };
    expect(inspect(policySelectsNothing, files)).toMatchObject([
      { severity: 'warning', fixes: [`Change it to ${right}`], related: [`Deployment "db" has the label ${right}.`] },
    ]);
    check(policySelectsNothing, files, 1);
  });

  test('nothing near is a note', () => {
    const files = { 'policy.yaml': closed('{ matchLabels: { app: gateway } }'), 'db.yaml': db };
    expect(inspect(policySelectsNothing, files)).toMatchObject([{ severity: 'info', text: 'podSelector', fixes: [] }]);
    check(policySelectsNothing, files, 1);
  });

  test('objects of one folder that name no namespace are sent to the same', () => {
    const policy = closed('{ matchLabels: { app: databse } }').replace('  namespace: shop\n', '');
    const files = { 'a/policy.yaml': policy, 'a/db.yaml': toDeployment('db', '{ app: database }', '', null) };
    expect(inspect(policySelectsNothing, files)).toHaveLength(1);
    const apart = { 'b/policy.yaml': policy, 'a/db.yaml': toDeployment('db', '{ app: database }', '', null) };
    expect(inspect(policySelectsNothing, apart)).toEqual([]);
  });

  const other = closed('{ matchLabels: { app: gateway } }');
  test.each([
    ['the workspace holds no pods of the namespace', { 'policy.yaml': other }],
    [
      'the pods are of another namespace',
      { 'policy.yaml': other, 'db.yaml': toDeployment('db', '{ app: x }', '', 'bank') },
    ],
    ['a custom resource may make them', { 'policy.yaml': other, 'db.yaml': db, 'maker.yaml': MAKER }],
    [
      'pods without a namespace have the labels',
      { 'policy.yaml': other, 'db.yaml': db, 'b/g.yaml': toDeployment('g', '{ app: gateway }', '', null) },
    ],
    ['a label is filled in later', { 'policy.yaml': other, 'db.yaml': toDeployment('db', '{ app: "${APP}" }') }],
    ['the selector is filled in later', { 'policy.yaml': closed('{ matchLabels: { app: "${A}" } }'), 'db.yaml': db }],
    ['everything is selected', { 'policy.yaml': closed('{}'), 'db.yaml': db }],
    [
      'a controller adds the label',
      { 'policy.yaml': closed('{ matchExpressions: [{ key: pod-template-hash, operator: Exists }] }'), 'db.yaml': db },
    ],
    [
      'a kustomization sends the pods elsewhere',
      { 'policy.yaml': other, 'b/db.yaml': db, 'b/kustomization.yaml': 'namespace: bank\nresources: [db.yaml]\n' },
    ],
  ])('silent where %s', (_, files) => {
    expect(inspect(policySelectsNothing, files)).toEqual([]);
  });
});

describe('peer-selects-nothing', () => {
  const db = toDeployment('db', '{ app: db }');
  const api = toDeployment('api', '{ app: backend }');
  const bank = toDeployment('till', '{ app: cashier }', '', 'bank');

  test.each([
    ['of the own namespace', '{ podSelector: { matchLabels: { app: backned } } }', 'app=backend'],
    [
      'of a namespace by name',
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: bank } }, podSelector: { matchLabels: { app: cahsier } } }',
      'app=cashier',
    ],
  ])('a near miss %s', (_, peer, right) => {
    const files = { 'policy.yaml': from(peer), 'db.yaml': db, 'api.yaml': api, 'bank.yaml': bank };
    expect(inspect(peerSelectsNothing, files)).toMatchObject([
      { severity: 'warning', fixes: [`Change it to ${right}`] },
    ]);
    check(peerSelectsNothing, files, 1);
  });

  test('nothing near is a note', () => {
    const files = { 'policy.yaml': from('{ podSelector: { matchLabels: { app: gateway } } }'), 'db.yaml': db };
    expect(inspect(peerSelectsNothing, files)).toMatchObject([{ severity: 'info' }]);
  });

  test.each([
    [
      'namespaces by other labels',
      '{ namespaceSelector: { matchLabels: { team: a } }, podSelector: { matchLabels: { app: x } } }',
    ],
    [
      'a namespace that is not here',
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: x } }, podSelector: { matchLabels: { app: x } } }',
    ],
    ['all pods', '{ podSelector: {} }'],
    ['pods that are there', '{ podSelector: { matchLabels: { app: backend } } }'],
  ])('silent for %s', (_, peer) => {
    expect(inspect(peerSelectsNothing, { 'policy.yaml': from(peer), 'db.yaml': db, 'api.yaml': api })).toEqual([]);
  });
});

describe('namespace-label-missing', () => {
  const namespace = (name: string, labels = '{}') =>
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels: ${labels}\n`;
  const select = (label: string) => from(`namespaceSelector: { matchLabels: { ${label} } }`);

  test.each([
    ['the name of a namespace', 'name: bank', namespace('bank'), 'kubernetes.io/metadata.name=bank'],
    [
      'the name of a system namespace',
      'name: kube-system',
      namespace('bank'),
      'kubernetes.io/metadata.name=kube-system',
    ],
    [
      'a misspelt name',
      'kubernetes.io/metadata.name: monitroing',
      namespace('monitoring'),
      'kubernetes.io/metadata.name=monitoring',
    ],
    ['a misspelt value', 'purpose: productoin', namespace('bank', '{ purpose: production }'), 'purpose=production'],
    ['a misspelt key', 'purpsoe: production', namespace('bank', '{ purpose: production }'), 'purpose=production'],
  ])('%s', (_, label, object, right) => {
    const files = { 'policy.yaml': select(label), 'ns.yaml': object };
    expect(inspect(namespaceLabelMissing, files)).toMatchObject([{ fixes: [`Change it to ${right}`] }]);
    check(namespaceLabelMissing, files, 1);
  });

  test.each([
    ['a label that may be elsewhere', 'purpose: testing', namespace('bank', '{ purpose: production }')],
    ['a namespace that is elsewhere', 'kubernetes.io/metadata.name: monitoring', namespace('bank')],
    ['a label that is there', 'name: bank', namespace('bank', '{ name: bank }')],
    ['a label that is filled in later', 'name: bank', namespace('bank', '{ name: "${NAME}" }')],
    ['a name that nobody has', 'name: payments', namespace('bank')],
  ])('silent for %s', (_, label, object) => {
    expect(inspect(namespaceLabelMissing, { 'policy.yaml': select(label), 'ns.yaml': object })).toEqual([]);
  });
});

describe('host-network-pod-selected', () => {
  const host = toDeployment('db', '{ app: db }', 'hostNetwork: true\n');

  test('the pods are named', () => {
    const files = { 'policy.yaml': closed('{ matchLabels: { app: db } }'), 'db.yaml': host };
    expect(inspect(hostNetworkPodSelected, files)).toMatchObject([
      { text: 'podSelector', related: ['Deployment "db" has hostNetwork: true.'] },
    ]);
    check(hostNetworkPodSelected, files, 1);
  });

  test.each([
    ['all pods', closed('{}'), host],
    ['pods of another namespace', closed('{ matchLabels: { app: db } }'), host.replace('shop', 'bank')],
    ['a network that is filled in later', closed('{ matchLabels: { app: db } }'), host.replace('true', '${HOST}')],
  ])('silent for %s', (_, policy, pods) => {
    expect(inspect(hostNetworkPodSelected, { 'policy.yaml': policy, 'db.yaml': pods })).toEqual([]);
  });
});

describe('policy-namespace-missing', () => {
  const policy = closed('{ matchLabels: { app: db } }').replace('  namespace: shop\n', '');
  const db = toDeployment('db', '{ app: db }');

  test('the namespace of the pods beside it is written', () => {
    const files = { 'policy.yaml': policy, 'db.yaml': db };
    expect(inspect(policyNamespaceMissing, files)).toMatchObject([{ text: 'db', fixes: ['Set namespace: shop'] }]);
    check(policyNamespaceMissing, files, 1);
  });

  test.each([
    ['pods of other labels', { 'policy.yaml': policy, 'db.yaml': toDeployment('db', '{ app: x }') }],
    ['pods of two namespaces', { 'policy.yaml': policy, 'db.yaml': db, 'x.yaml': db.replace('shop', 'bank') }],
    ['pods without a namespace', { 'policy.yaml': policy, 'db.yaml': toDeployment('db', '{ app: db }', '', null) }],
    ['pods elsewhere', { 'policy.yaml': policy, 'a/db.yaml': db }],
    [
      'a kustomization with a namespace',
      { 'policy.yaml': policy, 'db.yaml': db, 'kustomization.yaml': 'namespace: shop\nresources: [db.yaml]\n' },
    ],
    [
      'a namespace that is filled in later',
      { 'policy.yaml': policy.replace('name: db', 'name: db\n  namespace: ${NS}'), 'db.yaml': db },
    ],
  ])('silent for %s', (_, files) => {
    expect(inspect(policyNamespaceMissing, files)).toEqual([]);
  });
});
