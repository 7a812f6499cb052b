import { describe, expect, test } from 'vitest';
import peerAndOrConfused from '../../../server/src/rules/network/peer-and-or-confused';
import peerSelectsNothing from '../../../server/src/rules/network/peer-selects-nothing';
import policySelectsNothing from '../../../server/src/rules/network/policy-selects-nothing';
import selectorExpressionInvalid from '../../../server/src/rules/network/selector-expression-invalid';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { toDeployment, toPolicy } from './policy-text';

const toFiles = (peers: string, more: Readonly<Record<string, string>> = {}) => ({
  'policy.yaml': toPolicy(`policyTypes: [Ingress]\ningress:\n  - from:\n${peers}`),
  'db.yaml': toDeployment('db', '{ app: db }'),
  'agent.yaml': toDeployment('agent', '{ app: prometheus }', '', 'monitoring'),
  ...more,
});
const NAMED = 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }';
const NAMESPACES = `      - ${NAMED}\n`;
const PODS = '      - podSelector: { matchLabels: { app: prometheus } } # the scraper\n';

describe('two peers where one is meant', () => {
  test.each([
    ['namespaces first', NAMESPACES + PODS],
    ['pods first', PODS + NAMESPACES],
  ])('%s', (_, peers) => {
    const files = toFiles(peers);
    expect(inspect(peerAndOrConfused, files)).toHaveLength(1);
    const title = 'Make it one peer: these pods of those namespaces';
    const after = applyFix(peerAndOrConfused, files, title)['policy.yaml'] ?? '';
    expect(after.match(/- (namespace|pod)Selector/g)).toHaveLength(1);
    check(peerAndOrConfused, files, 1);
    expect(inspect(peerSelectsNothing, files)).toEqual([]);
  });

  test.each([
    ['pods of the own namespace', NAMESPACES + PODS.replace('prometheus', 'db')],
    ['pods that are nowhere', NAMESPACES + PODS.replace('prometheus', 'x')],
    ['one peer', `${NAMESPACES}${PODS.replace('- ', '  ')}`],
    ['all pods', NAMESPACES + PODS.replace('matchLabels: { app: prometheus }', '')],
  ])('silent for %s', (_, peers) => {
    expect(inspect(peerAndOrConfused, toFiles(peers))).toEqual([]);
  });
});

describe('a peer whose pods are in another namespace', () => {
  const title = (namespace: string) => `Select these pods in namespace "${namespace}"`;
  const second = toDeployment('agent', '{ app: prometheus }', '', 'metrics');

  test.each([
    ['alone', PODS],
    ['beside peers that are right', `      - podSelector: { matchLabels: { app: db } }\n${PODS}`],
    ['apart from a peer of its namespace', `${NAMESPACES}      - ipBlock: { cidr: 192.0.2.0/24 }\n${PODS}`],
    [
      'by an expression',
      '      - podSelector: { matchExpressions: [{ key: app, operator: In, values: [prometheus] }] }\n',
    ],
  ])('%s', (_, peers) => {
    const files = toFiles(peers);
    expect(inspect(peerAndOrConfused, files)).toMatchObject([
      {
        text: 'podSelector',
        severity: 'warning',
        fixes: [title('monitoring')],
        related: ['Deployment "agent" of namespace "monitoring" has these labels.'],
      },
    ]);
    const after = applyFix(peerAndOrConfused, files, title('monitoring'))['policy.yaml'] ?? '';
    expect(after).toContain('kubernetes.io/metadata.name: monitoring');
    check(peerAndOrConfused, files, 1);
    expect(inspect(peerSelectsNothing, files)).toEqual([]);
  });

  test('of several namespaces each can be chosen', () => {
    const files = toFiles(PODS, { 'second.yaml': second });
    const [found, ...rest] = inspect(peerAndOrConfused, files);
    expect(rest).toEqual([]);
    expect(found?.fixes).toEqual([title('metrics'), title('monitoring')]);
    expect(found?.message).toContain('namespaces "metrics" and "monitoring"');
    check(peerAndOrConfused, files, 1);
  });

  test('where traffic goes to', () => {
    const text = toPolicy('policyTypes: [Egress]\negress:\n  - to:\n').concat(PODS);
    const files = { ...toFiles(PODS), 'policy.yaml': text };
    expect(inspect(peerAndOrConfused, files)[0]?.message).toContain('allows connections to pods with app=prometheus');
    check(peerAndOrConfused, files, 1);
  });

  test("the cluster's DNS is in a namespace that no file shows", () => {
    const dns = '      - podSelector: { matchLabels: { k8s-app: kube-dns } }\n';
    expect(inspect(peerAndOrConfused, toFiles(dns))).toMatchObject([{ fixes: [title('kube-system')], related: [] }]);
    check(peerAndOrConfused, toFiles(dns), 1);
    const system = { 'policy.yaml': toFiles(dns)['policy.yaml'].replace('shop', 'kube-system') };
    expect(inspect(peerAndOrConfused, system)).toEqual([]);
  });

  const said = `      - ${NAMED}\n        podSelector: { matchLabels: { app: prometheus } }\n`;
  test.each([
    ['no workload of the own namespace is here', { ...toFiles(PODS), 'db.yaml': '' }],
    ['the own namespace has such pods', toFiles(PODS, { 'own.yaml': toDeployment('own', '{ app: prometheus }') })],
    ['it may have them', toFiles(PODS, { 'own.yaml': toDeployment('own', '{ app: "${APP}" }') })],
    [
      'a pod without a namespace has the labels',
      toFiles(PODS, { 'a/own.yaml': toDeployment('own', '{ app: prometheus }', '', null) }),
    ],
    [
      'a pod of the own namespace has nearly the label',
      toFiles(PODS, { 'own.yaml': toDeployment('own', '{ app: promethues }') }),
    ],
    [
      'a custom resource may make them',
      toFiles(PODS, { 'm.yaml': 'apiVersion: example.com/v1\nkind: Agent\nmetadata:\n  name: a\n  namespace: shop\n' }),
    ],
    [
      'the other namespace is a copy',
      toFiles(PODS, { 'copy.yaml': toDeployment('db', '{ app: db }', '', 'monitoring') }),
    ],
    ['another peer says which namespace', toFiles(said + PODS)],
    ['the labels are filled in later', toFiles(PODS.replace('prometheus', '"${APP}"'))],
    [
      'pods are asked for by what they lack',
      toFiles('      - podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [db] }] }\n'),
    ],
    ['nobody has the labels', toFiles(PODS.replace('prometheus', 'till'))],
    [
      'the policy names no namespace',
      { ...toFiles(PODS), 'policy.yaml': toFiles(PODS)['policy.yaml'].replace('  namespace: shop\n', '') },
    ],
    [
      'the rule is not in force',
      { ...toFiles(PODS), 'policy.yaml': toFiles(PODS)['policy.yaml'].replace('[Ingress]', '[Egress]') },
    ],
  ])('silent where %s', (_, files) => {
    expect(inspect(peerAndOrConfused, files)).toEqual([]);
  });

  test('what is said to live elsewhere is not looked for', () => {
    const settings = {
      workspace: { complete: 'auto' as const, external: [{ kind: 'Deployment', namespace: 'shop', name: '*' }] },
    };
    expect(inspect(peerAndOrConfused, toFiles(PODS), settings)).toEqual([]);
  });
});

describe('a selector that the API server refuses', () => {
  test.each([
    'key: app, operator: In',
    'key: app, operator: Exists, values: [x]',
    'key: app, operator: Is, values: [x]',
  ])('%s is told once', (expression) => {
    const selector = `{ matchExpressions: [{ ${expression} }] }`;
    const peers = [`      - podSelector: ${selector}\n`, `      - ${NAMED}\n        podSelector: ${selector}\n`];
    const namespaces = `      - namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In }] }\n        podSelector: { matchLabels: { app: x } }\n`;
    for (const files of [...peers, namespaces].map((text) => toFiles(text))) {
      expect(inspect(selectorExpressionInvalid, files)).toHaveLength(1);
      expect(inspect(peerSelectsNothing, files)).toEqual([]);
      expect(inspect(peerAndOrConfused, files)).toEqual([]);
    }
    const files = { 'policy.yaml': toPolicy('policyTypes: [Ingress]\n', selector), 'db.yaml': toFiles('')['db.yaml'] };
    expect(inspect(selectorExpressionInvalid, files)).toHaveLength(1);
    expect(inspect(policySelectsNothing, files)).toEqual([]);
  });
});
