import { expect, test } from 'vitest';
import rule from '../../../server/src/rules/network/ip-block-for-pods';
import { check } from '../../harness/check';
import { applyFix } from '../../harness/inspect';

const policy = (rules: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: db
${rules}`;

const from = (...cidrs: string[]) =>
  policy(
    `  policyTypes:\n    - Ingress\n  ingress:\n    - from:\n${cidrs.map((cidr) => `        - ipBlock:\n            cidr: ${cidr} # as seen today\n`).join('')}`,
  );

const SETTINGS = { clusterCidrs: ['10.244.0.0/16', 'fd00:10:96::/112'] };

test.each([
  ['one pod', '10.244.3.7/32', 1],
  ['all pods', '10.244.0.0/16', 1],
  ['a Service, IPv6', '"fd00:10:96::a/128"', 1],
  ['a block around the cluster', '10.0.0.0/8', 0],
  ['addresses elsewhere', '192.0.2.0/24', 0],
  ['what is filled in later', '"{{ .Values.cidr }}"', 0],
  ['no block at all', 'web', 0],
])('%s', (_, cidr, expected) => {
  check(rule, from(cidr), expected, SETTINGS);
});

test('each by itself, in both directions; the fix leaves the others', () => {
  const text = from('10.244.3.7/32', '192.0.2.0/24');
  const after = applyFix(rule, text, 'Name the pods of the same namespace instead', SETTINGS)['example.yaml'] ?? '';
  expect(after).toContain('- podSelector: {}\n');
  expect(after).toContain('cidr: 192.0.2.0/24 # as seen today\n');
  const egress = policy('  policyTypes: [Egress]\n  egress:\n    - to:\n        - ipBlock: { cidr: 10.244.0.0/24 }\n');
  check(rule, egress, 1, SETTINGS);
});

test('silent until it is known which addresses are those of the cluster', () => {
  check(rule, from('10.244.3.7/32'), 0, { clusterCidrs: [] });
});
