import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import allowAllIngress from '../../../server/src/rules/network/allow-all-ingress';
import endPortInvalid from '../../../server/src/rules/network/end-port-invalid';
import ingressRulesIgnored from '../../../server/src/rules/network/ingress-rules-ignored';
import namedPortUnresolved from '../../../server/src/rules/network/named-port-unresolved';
import networkPolicyFieldMisplaced from '../../../server/src/rules/network/network-policy-field-misplaced';
import networkPolicyInvalid from '../../../server/src/rules/network/network-policy-invalid';
import nullSelectorInPeer from '../../../server/src/rules/network/null-selector-in-peer';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const policy = (lines: string, selector = '{}') => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  podSelector: ${selector}
${lines.replace(/^(?=.)/gm, '  ')}
`;
const ingress = (rule: string) => policy(`policyTypes: [Ingress]\ningress:\n  - ${rule.replaceAll('\n', '\n    ')}`);
const peer = (lines: string) => ingress(`from:\n  - ${lines.replaceAll('\n', '\n    ')}`);
const port = (lines: string) => ingress(`from:\n  - podSelector: {}\nports:\n  - { ${lines} }`);

const cases: readonly [Rule, readonly [what: string, text: string, findings: number][]][] = [
  [
    networkPolicyInvalid,
    [
      ['a direction in small letters', policy('policyTypes: [ingress, Egress]'), 1],
      ['a direction that is none', policy('policyTypes: [Ingress, Both]'), 1],
      ['a direction that is filled in', policy('policyTypes: ["${TYPE}"]'), 0],
      ['a protocol in small letters', port('port: 53, protocol: udp'), 1],
      ['SCTP', port('port: 53, protocol: SCTP'), 0],
      ['a protocol that is none', port('protocol: HTTP'), 1],
      ['a port in quotes', port('port: "5432"'), 1],
      ['ports out of range', ingress('ports: [{ port: 0 }, { port: 70000 }]'), 2],
      ['a name that is too long', port('port: postgres-primary-rw'), 1],
      ['names and numbers', ingress('ports: [{ port: pg-5 }, { port: 65535 }, { protocol: TCP }, {}]'), 0],
      ['a port that is filled in', port('port: "${PORT}"'), 0],
      ['a peer of nothing', peer('{}'), 1],
      ['a peer of null', peer('podSelector:'), 1],
      ['an empty selector', peer('podSelector: {}'), 0],
      [
        'an ipBlock beside a selector',
        peer('ipBlock: { cidr: 10.0.0.0/8 }\npodSelector: { matchLabels: { a: b } }'),
        1,
      ],
    ],
  ],
  [
    networkPolicyFieldMisplaced,
    [
      ['to in an ingress rule', ingress('to:\n  - podSelector: {}'), 1],
      ['both', ingress('to:\n  - podSelector: {}\nfrom:\n  - podSelector: {}'), 1],
      ['from in an egress rule', policy('policyTypes: [Egress]\negress:\n  - from:\n      - podSelector: {}'), 1],
      ['labels right in the selector', policy('policyTypes: [Ingress]', '{ app: db, tier: data }'), 1],
      ['labels beside expressions', policy('policyTypes: [Ingress]', '{ app: db, matchExpressions: [] }'), 1],
      ['labels right in a peer’s selector', peer('podSelector:\n  app: db # why'), 1],
      ['matchLabels right in a peer', peer('matchLabels: { app: db }'), 1],
      ['all in its place', peer('podSelector: { matchLabels: { app: db } }'), 0],
    ],
  ],
  [
    nullSelectorInPeer,
    [
      ['of namespaces', peer('namespaceSelector: # any?\npodSelector: { matchLabels: { app: api } }'), 1],
      ['of pods', peer('podSelector: null\nnamespaceSelector: { matchLabels: { team: web } }'), 1],
      ['alone', peer('podSelector:'), 0],
      ['empty', peer('namespaceSelector: {}\npodSelector: {}'), 0],
    ],
  ],
];

describe.each(cases)('$id', (rule, list) => {
  test.each(list)('%s', (_, text, findings) => check(rule, text, findings));
});

test('one fault is said once', () => {
  expect(
    inspect(ingressRulesIgnored, policy('policyTypes: [ingress]\ningress:\n  - from:\n      - podSelector: {}')),
  ).toEqual([]);
  expect(inspect(allowAllIngress, ingress('to:\n  - podSelector: {}'))).toEqual([]);
  expect(inspect(namedPortUnresolved, port('port: "5432"'))).toEqual([]);
});

test('an endPort without a port becomes one', () => {
  expect(applyFix(endPortInvalid, port('endPort: 5000'), 'Make it port 5000')['example.yaml']).toBe(port('port: 5000'));
});

test('labels move below matchLabels', () => {
  const text = policy('policyTypes: [Ingress]', '{ app: db }');
  const after = applyFix(networkPolicyFieldMisplaced, text, 'Move it into matchLabels')['example.yaml'];
  expect(inspect(networkPolicyFieldMisplaced, after ?? '')).toEqual([]);
  expect(after).toContain('app: db');
});
