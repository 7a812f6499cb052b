import { describe, expect, test } from 'vitest';
import implicitDeny from '../../../server/src/rules/network/implicit-deny';
import networkPolicyApiRemoved from '../../../server/src/rules/network/network-policy-api-removed';
import podIdentityAgentBlocked from '../../../server/src/rules/network/pod-identity-agent-blocked';
import podNotIsolated from '../../../server/src/rules/network/pod-not-isolated';
import policyRedundant from '../../../server/src/rules/network/policy-redundant';
import udpPortOverTcp from '../../../server/src/rules/network/udp-port-over-tcp';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { toDeployment, toPolicy } from './policy-text';

const DB = '{ matchLabels: { app: db } }';
const ingressFrom = (peer: string, more = '') => `ingress:\n  - from:\n      - ${peer}\n${more}`;
const API = 'podSelector: { matchLabels: { app: api } }';

test.each([
  ['extensions/v1beta1', 1],
  ['networking.k8s.io/v1', 0],
])('a policy of %s', (version, expected) => {
  check(
    networkPolicyApiRemoved,
    toPolicy('policyTypes: [Ingress]\n').replace('networking.k8s.io/v1', version),
    expected,
  );
});

describe('a direction that is denied by the way', () => {
  const both = `policyTypes: [Ingress, Egress]\n${ingressFrom(API)}`;
  test.each([
    ['allow-api', both, 1],
    ['api.allow', both, 1],
    ['allow-ingress-only', both, 0],
    ['db', both, 0],
    ['disallow-all', both, 0],
    ['allow-api', `${both}egress: []\n`, 0],
    ['allow-api', `${both}egress:\n  - to:\n      - ${API}\n`, 0],
    ['allow-api', `policyTypes: [Ingress]\n${ingressFrom(API)}`, 0],
    ['allow-dns', 'policyTypes:\n  - Egress\n  - Ingress # both\negress:\n  - ports:\n      - port: 53\n', 1],
    ['allow-nothing', 'policyTypes: [Ingress, Egress]\n', 0],
  ])('%s', (name, spec, expected) => {
    check(implicitDeny, toPolicy(spec, DB, name), expected);
  });

  test('nothing is said beside a policy that denies it to all', () => {
    const deny = toPolicy('policyTypes: [Ingress, Egress]\n', '{}', 'default-deny');
    check(implicitDeny, `${toPolicy(both, DB, 'allow-api')}---\n${deny}`, 0);
  });
});

describe('an allowance without a rule', () => {
  const spec = (types: string, lists = '') => `policyTypes: ${types} # what it closes\n${lists}`;
  test.each([
    ['allow-web', spec('[Ingress]'), 'Ingress', 'Admit the pods of the same namespace'],
    ['web.allow', spec('[Ingress]', 'ingress: []\n'), 'Ingress', 'Admit the pods of the same namespace'],
    ['redis-allow-services', spec('[Ingress]', 'ingress:\n'), 'Ingress', 'Admit the pods of the same namespace'],
    [
      'permit-dns',
      spec('[Egress]', 'egress: []\n'),
      'Egress',
      "Allow connections to the pods of the same namespace and to the cluster's DNS",
    ],
    [
      'allow-all',
      spec('[Ingress, Egress]'),
      'Ingress',
      "Allow traffic with the pods of the same namespace, and the cluster's DNS",
    ],
    ['allow-only-front', spec('[Ingress]'), 'Ingress', 'Admit the pods of the same namespace'],
    ['open-to-internet', '', 'open-to-internet', 'Admit the pods of the same namespace'],
  ])('%s: %s', (name, text, at, title) => {
    const policy = toPolicy(text, DB, name);
    expect(inspect(implicitDeny, policy)).toMatchObject([{ severity: 'warning', text: at, fixes: [title] }]);
    check(implicitDeny, policy, 1);
    const deny = toPolicy('policyTypes: [Ingress, Egress]\n', '{}', 'default-deny');
    check(implicitDeny, { 'policy.yaml': policy, 'deny.yaml': deny }, 1);
  });

  test.each([
    ...['deny-all-allow-dns', 'default-deny', 'allow-nothing', 'allow-none', 'disallow-web', 'web-not-allowed'],
    ...['allow-no-ingress', 'open-webui', 'enable-network-policy', 'enable-isolation', 'allowlist', 'web'],
  ])('silent for %s', (name) => {
    expect(inspect(implicitDeny, toPolicy(spec('[Ingress]'), DB, name))).toEqual([]);
  });

  test.each([
    ['rules that are filled in later', spec('[Ingress]', 'ingress: ${RULES}\n')],
    ['types that are filled in later', 'policyTypes: ["${TYPE}"]\n'],
    ['rules of a direction that is left out', spec('[Ingress]', `egress:\n  - to:\n      - ${API}\n`)],
    ['a rule that admits everyone', spec('[Ingress]', 'ingress:\n  - {}\n')],
  ])('silent for %s', (_, text) => {
    expect(inspect(implicitDeny, toPolicy(text, DB, 'allow-web'))).toEqual([]);
  });
});

test.each([
  ['- port: 123', 1],
  ['- { port: 514 } # logs\n      - port: 5432', 1],
  ['- { port: 123, protocol: TCP }', 0],
  ['- port: 161\n      - { port: 161, protocol: UDP }', 0],
  ['- port: 443', 0],
  ['- port: ntp', 0],
])('ports of UDP: %s', (ports, expected) => {
  check(udpPortOverTcp, toPolicy(`policyTypes: [Ingress]\ningress:\n  - ports:\n      ${ports}\n`), expected);
});

describe('a policy that another makes superfluous', () => {
  const narrow = toPolicy(
    `policyTypes: [Ingress]\n${ingressFrom(API, '    ports:\n      - port: 5432\n')}`,
    DB,
    'narrow',
  );
  const wide = toPolicy(`policyTypes: [Ingress]\n${ingressFrom(API)}`, DB, 'wide');
  const deny = toPolicy('policyTypes: [Ingress]\n', DB, 'deny');
  test.each<[string, readonly string[], number]>([
    ['the narrower of two', [narrow, wide], 1],
    ['the second of two that say the same', [wide, wide.replace('name: wide', 'name: again')], 1],
    ['one name twice', [wide, wide], 0],
    ['one that only denies', [deny, wide], 0],
    ['pods of another kind', [narrow, wide.replaceAll('app: db', 'app: other')], 0],
    ['another namespace', [narrow, wide.replace('namespace: shop', 'namespace: bank')], 0],
    ['one that isolates more', [narrow.replace('[Ingress]', '[Ingress, Egress]'), wide], 0],
    ['another peer', [narrow, wide.replace('app: api', 'app: web')], 0],
  ])('%s', (_, texts, expected) => {
    check(policyRedundant, texts.join('---\n'), expected);
  });

  const rules = (peer: string, port: string, selector: string, name: string) =>
    toPolicy(
      `policyTypes: [Ingress]\ningress:\n  - from: [${peer}]\n    ports: [${port}]\n`,
      `{ matchLabels: { ${selector} } }`,
      name,
    );
  const TCP = '{ port: 5432 }';
  const BLOCK = '{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }';
  test.each<[string, readonly [string, string, string], readonly [string, string, string], number]>([
    ['pods of more labels', [`{ ${API} }`, TCP, 'app: db, tier: back'], [`{ ${API} }`, TCP, 'app: db'], 1],
    [
      'peers of more labels',
      [`{ ${API.replace('}', ', tier: web }')} }`, TCP, 'app: db'],
      [`{ ${API} }`, TCP, 'app: db'],
      1,
    ],
    [
      'one value of several',
      [`{ ${API} }`, TCP, 'app: db'],
      ['{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, web] }] } }', TCP, 'app: db'],
      1,
    ],
    ['a block in a block', ['{ ipBlock: { cidr: 10.2.0.0/16 } }', TCP, 'app: db'], [BLOCK, TCP, 'app: db'], 1],
    [
      'a block that the other leaves out',
      ['{ ipBlock: { cidr: 10.1.2.0/24 } }', TCP, 'app: db'],
      [BLOCK, TCP, 'app: db'],
      0,
    ],
    [
      'a block that leaves out what the other does',
      ['{ ipBlock: { cidr: 10.0.0.0/12, except: [10.1.0.0/17, 10.1.128.0/17] } }', TCP, 'app: db'],
      [BLOCK, TCP, 'app: db'],
      1,
    ],
    [
      'a port in a range',
      [`{ ${API} }`, TCP, 'app: db'],
      [`{ ${API} }`, '{ port: 5000, endPort: 6000, protocol: TCP }', 'app: db'],
      1,
    ],
    ['a port out of it', [`{ ${API} }`, TCP, 'app: db'], [`{ ${API} }`, '{ port: 5000, endPort: 5431 }', 'app: db'], 0],
    [
      'a range of the other protocol',
      [`{ ${API} }`, TCP, 'app: db'],
      [`{ ${API} }`, '{ port: 5000, endPort: 6000, protocol: UDP }', 'app: db'],
      0,
    ],
    ['a name is not its number', [`{ ${API} }`, '{ port: sql }', 'app: db'], [`{ ${API} }`, TCP, 'app: db'], 0],
    ['every namespace', [`{ ${API} }`, TCP, 'app: db'], ['{ namespaceSelector: {} }', TCP, 'app: db'], 1],
    [
      'what is filled in later',
      [`{ ${API.replace('api', '"${APP}"')} }`, TCP, 'app: db'],
      ['{ podSelector: {} }', TCP, 'app: db'],
      0,
    ],
  ])('by what they hold: %s', (_, one, other, expected) => {
    check(policyRedundant, { 'a.yaml': rules(...one, 'narrow'), 'b.yaml': rules(...other, 'wide') }, expected);
    if (expected > 0)
      expect(
        inspect(policyRedundant, { 'a.yaml': rules(...one, 'narrow'), 'b.yaml': rules(...other, 'wide') }),
      ).toMatchObject([{ text: 'narrow', fixes: ['Remove NetworkPolicy "narrow"'] }]);
  });

  test('files that leave the namespace open may be alternatives', () => {
    const open = (text: string) => text.replace('  namespace: shop\n', '');
    check(policyRedundant, { 'a.yaml': open(narrow), 'b.yaml': open(wide) }, 0);
    check(policyRedundant, `${open(narrow)}---\n${open(wide)}`, 1);
  });
});

test.each<[string, string, number]>([
  ['nothing', '', 1],
  ['one direction', toPolicy('policyTypes: [Ingress]\n', '{}', 'deny'), 1],
  ['both', toPolicy('policyTypes: [Ingress, Egress]\n', '{}', 'deny'), 0],
  ['others', toPolicy('policyTypes: [Ingress, Egress]\n', '{ matchLabels: { app: other } }', 'other'), 1],
])('pods where policies isolate %s', (_, policy, expected) => {
  check(podNotIsolated, `${toDeployment('db', '{ app: db }')}${policy && `---\n${policy}`}`, expected);
});

describe('the agent of EKS Pod Identity', () => {
  const cluster = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: main, region: eu-west-1 }
iam:
  podIdentityAssociations:
    - { namespace: shop, serviceAccountName: uploader, roleARN: "arn:aws:iam::111122223333:role/uploader" }
`;
  const to = (address: string, port: number) =>
    toPolicy(
      `policyTypes: [Egress]\negress:\n  - to:\n      - ipBlock: { cidr: ${address} }\n    ports:\n      - port: ${port}\n`,
      '{}',
      'out',
    );
  test.each<[string, string, number]>([
    ['no policy', '', 0],
    ['nothing', toPolicy('policyTypes: [Egress]\n', '{}', 'deny'), 1],
    ['other addresses', to('10.0.0.0/8', 80), 1],
    ['another port', to('169.254.170.23/32', 443), 1],
    ['the agent', to('169.254.170.23/32', 80), 0],
    ['everything', to('0.0.0.0/0', 80), 0],
  ])('policies that allow %s', (_, policy, expected) => {
    const pod = toDeployment('upload', '{ app: upload }', 'serviceAccountName: uploader\n');
    check(podIdentityAgentBlocked, [cluster, pod, ...(policy ? [policy] : [])].join('---\n'), expected);
  });
});
