import { describe, expect, test } from 'vitest';
import dnsToAnywhere from '../../../server/src/rules/network/dns-to-anywhere';
import dnsUdpOnly from '../../../server/src/rules/network/dns-udp-only';
import egressRulesIgnored from '../../../server/src/rules/network/egress-rules-ignored';
import emptyPeerList from '../../../server/src/rules/network/empty-peer-list';
import ingressRulesIgnored from '../../../server/src/rules/network/ingress-rules-ignored';
import policyTypesMissing from '../../../server/src/rules/network/policy-types-missing';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

/** A NetworkPolicy with these lines in its spec. */
const policy = (spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec: # what it does
  podSelector: { matchLabels: { app: db } } # the database
${spec.replace(/^(?=.)/gm, '  ')}`;

const peers = '[{ podSelector: { matchLabels: { app: api } } }]';

describe('policy-types-missing', () => {
  test.each([
    ['ingress rules', `ingress:\n  - from: ${peers}\n`, 'info', 'for ingress only', 'Ingress'],
    ['no rules', '', 'info', 'for ingress only', 'Ingress'],
    ['an empty list', 'policyTypes: []\n', 'info', 'for ingress only', 'Ingress'],
    [
      'both kinds of rules',
      `ingress:\n  - {}\negress:\n  - to: ${peers}\n`,
      'info',
      'in both directions',
      'Ingress, Egress',
    ],
    ['egress rules alone', `egress:\n  - to: ${peers}\n`, 'warning', 'nothing can connect', 'Ingress, Egress'],
    ['no egress rule in the list', 'egress: []\n', 'info', 'for ingress only', 'Ingress'],
  ])('%s', (_, spec, severity, words, types) => {
    const [found, ...rest] = inspect(policyTypesMissing, policy(spec));
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ severity, fixes: [`Write the policyTypes in force: ${types}`] });
    expect(found?.message).toContain(words);
    expect(found?.finding.fixes[0]?.safety).toBe('safe');
    check(policyTypesMissing, policy(spec), 1);
  });

  test.each([
    ['written', 'policyTypes: [Ingress]\n'],
    ['filled in later', 'policyTypes: ${TYPES}\n'],
    ['egress rules filled in later', 'egress: ${RULES}\n'],
  ])('silent where they are %s', (_, spec) => {
    expect(inspect(policyTypesMissing, policy(spec))).toEqual([]);
  });

  test('policies of other projects have rules of their own', () => {
    const text = policy('').replace('networking.k8s.io/v1', 'projectcalico.org/v3');
    expect(inspect(policyTypesMissing, text)).toEqual([]);
  });
});

describe('rules that are ignored', () => {
  const egress = `policyTypes:\n  - Ingress # in\negress:\n  - to: ${peers}\n`;

  test('egress rules without the type, at the key', () => {
    expect(inspect(egressRulesIgnored, policy(egress))).toMatchObject([{ text: 'egress', severity: 'error' }]);
    check(egressRulesIgnored, policy(egress), 1);
    const title = 'Add Egress to policyTypes and a rule for DNS, so that only what the rules allow is left';
    expect(applyFix(egressRulesIgnored, policy(egress), title)['example.yaml']).toContain(
      'policyTypes:\n    - Ingress # in\n    - Egress\n',
    );
  });

  test('ingress rules without the type', () => {
    const text = policy(`policyTypes: [Egress]\ningress:\n  - from: ${peers}\n`);
    expect(inspect(ingressRulesIgnored, text)).toMatchObject([{ text: 'ingress' }]);
    expect(inspect(egressRulesIgnored, text)).toEqual([]);
    check(ingressRulesIgnored, text, 1);
  });

  test.each([
    ['the type is listed', `policyTypes: [Egress]\negress:\n  - to: ${peers}\n`],
    ['no types are listed', `egress:\n  - to: ${peers}\n`],
    ['there are no rules', 'policyTypes: [Ingress]\negress: []\n'],
    ['a type is filled in later', `policyTypes: [Ingress, "$\{TYPE}"]\negress:\n  - to: ${peers}\n`],
  ])('silent where %s', (_, spec) => {
    expect(inspect(egressRulesIgnored, policy(spec))).toEqual([]);
  });
});

describe('empty-peer-list', () => {
  test.each([
    ['an empty list', 'ingress:\n  - from: []\n    ports:\n      - port: 5432\n', 'from', 2],
    ['nothing behind the key', 'ingress:\n  - from:\n    ports:\n      - port: 5432\n', 'from', 2],
    ['an empty list and nothing else', 'ingress:\n  - from: []\n', 'from', 1],
    ['destinations', 'policyTypes: [Egress]\negress:\n  - to: []\n    ports:\n      - port: 443\n', 'to', 2],
  ])('%s', (_, spec, text, fixes) => {
    const [found, ...rest] = inspect(emptyPeerList, policy(spec));
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ text, severity: 'warning' });
    expect(found?.fixes).toHaveLength(fixes);
  });

  test('the fixes restrict it, or say that everyone is meant', () => {
    const text = policy('policyTypes: [Ingress]\ningress:\n  - from: [] # all?\n    ports:\n      - port: 5432\n');
    check(emptyPeerList, text, 1);
    expect(inspect(emptyPeerList, text)[0]?.finding.fixes.map(({ safety }) => safety)).toEqual(['unsafe', 'unsafe']);
  });

  test.each([
    ['peers', `ingress:\n  - from: ${peers}\n`],
    ['no key at all', 'ingress:\n  - ports: [{ port: 5432 }]\n'],
    ['a value that is filled in later', 'ingress:\n  - from: ${PEERS}\n'],
    ['DNS, which has a rule of its own', 'egress:\n  - to: []\n    ports: [{ port: 53, protocol: UDP }]\n'],
  ])('silent for %s', (_, spec) => {
    expect(inspect(emptyPeerList, policy(spec))).toEqual([]);
  });
});

describe('dns-udp-only', () => {
  const dns = (...ports: string[]) =>
    policy(
      `policyTypes: [Egress]\negress:\n  - to: ${peers}\n    ports:\n${ports.map((port) => `      - ${port}\n`).join('')}`,
    );

  test.each([
    ['UDP', dns('{ protocol: UDP, port: 53 }'), 'info', 'over UDP only', 'Allow port 53 over TCP too'],
    ['TCP', dns('{ protocol: TCP, port: 53 }'), 'warning', 'over TCP only', 'Allow port 53 over UDP too'],
    [
      'the default',
      dns('port: 53', 'port: 443'),
      'warning',
      'over TCP (the default) only',
      'Allow port 53 over UDP too',
    ],
  ])('%s', (_, text, severity, words, fix) => {
    const [found, ...rest] = inspect(dnsUdpOnly, text);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ text: '53', severity, fixes: [fix] });
    expect(found?.message).toContain(words);
    check(dnsUdpOnly, text, 1);
  });

  test.each([
    ['both in one rule', dns('{ protocol: UDP, port: 53 }', '{ protocol: TCP, port: 53 }')],
    ['no port 53', dns('{ protocol: UDP, port: 5353 }')],
    ['a protocol that is filled in later', dns('{ protocol: "${P}", port: 53 }')],
    [
      'a further rule',
      policy('egress:\n  - ports: [{ port: 53, protocol: UDP }]\n  - ports: [{ port: 53, protocol: TCP }]\n'),
    ],
    ['a further rule without ports', policy(`egress:\n  - ports: [{ port: 53, protocol: UDP }]\n  - to: ${peers}\n`)],
    ['what comes in', policy('ingress:\n  - ports: [{ port: 53, protocol: UDP }]\n')],
  ])('silent for %s', (_, text) => {
    expect(inspect(dnsUdpOnly, text)).toEqual([]);
  });
});

describe('dns-to-anywhere', () => {
  const ports = '    ports:\n      - { protocol: UDP, port: 53 }\n      - { protocol: TCP, port: 53 }\n';
  const dns = (to: string) =>
    policy(`policyTypes: [Egress]\negress:\n  -${to}\n${ports}`.replace('-\n    ports', '- ports'));

  test.each([
    ['an empty list', dns(' to: []'), 'to'],
    ['no list', dns(''), '53'],
    ['every address', dns(' to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]'), '0.0.0.0/0'],
  ])('%s', (_, text, at) => {
    const found = inspect(dnsToAnywhere, text);
    expect(found).toMatchObject([{ text: at, fixes: ["Allow only the cluster's DNS"] }]);
    const after = applyFix(dnsToAnywhere, text, "Allow only the cluster's DNS")['example.yaml'] ?? '';
    expect(after).toContain('k8s-app: kube-dns');
    expect(after).toContain('kubernetes.io/metadata.name: kube-system');
    check(dnsToAnywhere, text, 1);
  });

  test.each([
    ['peers', dns(` to: ${peers}`)],
    ['addresses with exceptions', dns(' to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }]')],
    ['other ports too', policy('egress:\n  - ports: [{ port: 53 }, { port: 443 }]\n')],
    ['every port', policy('egress:\n  - to: []\n')],
  ])('silent for %s', (_, text) => {
    expect(inspect(dnsToAnywhere, text)).toEqual([]);
  });
});
