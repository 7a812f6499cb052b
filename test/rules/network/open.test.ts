import { describe, expect, test } from 'vitest';
import allowAllEgress from '../../../server/src/rules/network/allow-all-egress';
import allowAllIngress from '../../../server/src/rules/network/allow-all-ingress';
import anyNamespacePeer from '../../../server/src/rules/network/any-namespace-peer';
import ipBlockAny from '../../../server/src/rules/network/ip-block-any';
import metadataAddressReachable from '../../../server/src/rules/network/metadata-address-reachable';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { toDeployment, toPolicy } from './policy-text';

const ingress = (rule: string) => toPolicy(`policyTypes: [Ingress]\ningress:\n  - ${rule}\n`);
const egress = (rule: string) => toPolicy(`policyTypes: [Egress]\negress:\n  - ${rule}\n`);
const DNS = '  - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]\n';

describe('rules for everyone', () => {
  test.each([
    ['an empty rule', '{} # all'],
    ['nothing at all', '# all'],
    ['an empty list of ports', 'ports: []'],
  ])('ingress: %s', (_, rule) => {
    const text = ingress(rule);
    const [found, ...rest] = inspect(allowAllIngress, text);
    expect(rest).toEqual([]);
    expect(found?.fixes[0]).toBe('Admit only pods of the same namespace');
    check(allowAllIngress, text, 1);
  });

  test('egress goes on asking for names', () => {
    const text = egress('{}');
    const title = "Allow only pods of the same namespace and the cluster's DNS";
    expect(inspect(allowAllEgress, text)).toMatchObject([{ severity: 'info' }]);
    expect(applyFix(allowAllEgress, text, title)['example.yaml']).toContain('k8s-app: kube-dns');
    check(allowAllEgress, text, 1);
  });

  const deny = toPolicy('policyTypes: [Egress]\n', '{}', 'default-deny');
  const dns = toPolicy(`policyTypes: [Egress]\negress:\n${DNS}`, '{ matchLabels: { app: db } }', 'dns');
  const tier = toPolicy(`policyTypes: [Egress]\negress:\n${DNS}`, '{ matchLabels: { tier: back } }', 'tier');
  const db = toDeployment('db', '{ app: db, tier: back }');
  test.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    ['nothing', {}, 'info', []],
    ['a default deny', { 'b.yaml': deny }, 'warning', ['NetworkPolicy "default-deny" restricts egress of these pods.']],
    [
      'a policy of the same pods',
      { 'b.yaml': dns },
      'warning',
      ['NetworkPolicy "dns" restricts egress of these pods.'],
    ],
    [
      'a policy of the same pods by another label',
      { 'b.yaml': tier, 'c.yaml': db },
      'warning',
      ['NetworkPolicy "tier" restricts egress of these pods.'],
    ],
    ['a policy whose pods are not here', { 'b.yaml': tier }, 'info', []],
    ['a policy of another namespace', { 'b.yaml': deny.replace('shop', 'bank') }, 'info', []],
    ['a policy about ingress', { 'b.yaml': deny.replace('[Egress]', '[Ingress]') }, 'info', []],
    ['a policy that opens everything too', { 'b.yaml': egress('{}').replace('name: db', 'name: all') }, 'info', []],
    ['a policy whose types are filled in later', { 'b.yaml': deny.replace('Egress', '"${TYPE}"') }, 'info', []],
  ])('egress undoes %s', (_, more, severity, related) => {
    const files = { 'a.yaml': egress('{}'), ...more };
    const found = inspect(allowAllEgress, files).filter(({ file }) => file === 'a.yaml');
    expect(found).toMatchObject([{ severity, related }]);
  });

  test('egress undoes the rules beside it', () => {
    const text = toPolicy(`policyTypes: [Egress]\negress:\n  - {}\n${DNS}`);
    expect(inspect(allowAllEgress, text)).toMatchObject([{ severity: 'warning' }]);
    check(allowAllEgress, text, 1);
  });

  test.each([
    ['an empty list of peers, which has a rule of its own', ingress('from: []')],
    ['peers', ingress('from: [{ podSelector: {} }]')],
    ['ports', ingress('ports: [{ port: 80 }]')],
    ['ports that are filled in later', ingress('ports: ${PORTS}')],
    ['rules that are ignored', toPolicy('policyTypes: [Egress]\ningress:\n  - {}\n')],
  ])('silent for %s', (_, text) => {
    expect(inspect(allowAllIngress, text)).toEqual([]);
  });
});

describe('any-namespace-peer', () => {
  test.each([
    ['every port', ingress('from: [{ namespaceSelector: {} }]'), 'warning'],
    ['some ports', ingress('{ from: [{ namespaceSelector: {} }], ports: [{ port: 9090 }] }'), 'info'],
    ['all pods, said twice', ingress('from: [{ podSelector: {}, namespaceSelector: {} }]'), 'warning'],
    ['what goes out', egress('to: [{ namespaceSelector: {} }]'), 'info'],
  ])('%s', (_, text, severity) => {
    expect(inspect(anyNamespacePeer, text)).toMatchObject([{ text: 'namespaceSelector', severity }]);
    check(anyNamespacePeer, text, 1);
  });

  test.each([
    ['pods beside it', ingress('from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: api } } }]')],
    ['labels', ingress('from: [{ namespaceSelector: { matchLabels: { team: a } } }]')],
    ['labels that are filled in later', ingress('from: [{ namespaceSelector: { matchLabels: { team: "${T}" } } }]')],
    ['DNS', egress('{ to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: UDP }] }')],
  ])('silent for %s', (_, text) => {
    expect(inspect(anyNamespacePeer, text)).toEqual([]);
  });
});

describe('ip-block-any', () => {
  test.each([
    ['what comes in', ingress('from: [{ ipBlock: { cidr: 0.0.0.0/0 } }]'), '0.0.0.0/0', 'warning'],
    ['what goes out', egress(`to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]\n${DNS}`), '0.0.0.0/0', 'warning'],
    [
      'some ports',
      egress(`{ to: [{ ipBlock: { cidr: "::/0", except: [] } }], ports: [{ port: 443 }] }\n${DNS}`),
      '"::/0"',
      'info',
    ],
  ])('%s', (_, text, at, severity) => {
    expect(inspect(ipBlockAny, text)).toMatchObject([{ text: at, severity }]);
    check(ipBlockAny, text, 1);
  });

  test.each([
    ['exceptions', egress('to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }]')],
    ['a smaller block', ingress('from: [{ ipBlock: { cidr: 0.0.0.0/1 } }]')],
    ['a block that is filled in later', ingress('from: [{ ipBlock: { cidr: "${CIDR}" } }]')],
    ['DNS, which has a rule of its own', egress('{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 53 }] }')],
  ])('silent for %s', (_, text) => {
    expect(inspect(ipBlockAny, text)).toEqual([]);
  });
});

describe('metadata-address-reachable', () => {
  const block = (cidr: string, except = '[10.0.0.0/8] # ours') =>
    egress(`to:\n      - ipBlock:\n          cidr: ${cidr}\n          except: ${except}\n${DNS}`);

  test('an exception is added', () => {
    const text = block('0.0.0.0/0');
    expect(inspect(metadataAddressReachable, text)).toMatchObject([
      { text: '0.0.0.0/0', fixes: ['Leave out 169.254.169.254/32'] },
    ]);
    check(metadataAddressReachable, text, 1);
  });

  test('IPv6 has an address of its own', () => {
    expect(inspect(metadataAddressReachable, block('"::/0"', '["fe80::/10"]'))).toMatchObject([
      { fixes: ['Leave out fd00:ec2::254/128'] },
    ]);
  });

  test.each([
    ['it is left out', block('0.0.0.0/0', '[169.254.0.0/16]')],
    ['it is what is meant', block('169.254.169.254/32', '[]')],
    ['the block is another', block('10.0.0.0/8', '[]')],
    ['an exception is filled in later', block('0.0.0.0/0', '["${EXCEPT}"]')],
    ['port 80 is not allowed', egress('{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }')],
    ['traffic comes in', ingress('from: [{ ipBlock: { cidr: 0.0.0.0/0 } }]')],
  ])('silent where %s', (_, text) => {
    expect(inspect(metadataAddressReachable, text)).toEqual([]);
  });

  test('a range of ports may hold port 80', () => {
    const text = egress('{ to: [{ ipBlock: { cidr: 168.0.0.0/6 } }], ports: [{ port: 1, endPort: 1024 }] }');
    expect(inspect(metadataAddressReachable, text)).toHaveLength(1);
  });
});
