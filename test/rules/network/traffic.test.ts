import { describe, expect, test } from 'vitest';
import egressBlocksDns from '../../../server/src/rules/network/egress-blocks-dns';
import irsaStsBlocked from '../../../server/src/rules/network/irsa-sts-blocked';
import oneSidedAllow from '../../../server/src/rules/network/one-sided-allow';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { toDeployment, toPolicy, toServer } from './policy-text';

const DENY = toPolicy('policyTypes: [Ingress, Egress]\n', '{}', 'default-deny');
const DNS = toPolicy(
  'policyTypes: [Egress]\negress:\n  - ports: [{ port: 53, protocol: UDP }, { port: 53 }]\n',
  '{}',
  'dns',
);
const CILIUM =
  'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata:\n  name: c\n  namespace: shop\nspec:\n  endpointSelector: {}\n';
const api = toDeployment('api', '{ app: api }');
const db = toServer('db', '{ app: db }', '[{ name: sql, containerPort: 5432 }]');

describe('egress-blocks-dns', () => {
  const out = (rule: string) =>
    toPolicy(`policyTypes: [Egress]\negress:\n  - ${rule} # out\n`, '{ matchLabels: { app: api } }', 'api');
  const toDb = out('to: [{ podSelector: { matchLabels: { app: db } } }]');

  test.each([
    ['the pods by name', { 'a.yaml': toDb, 'b.yaml': api }, '"api"', 'warning'],
    ['beside a default deny', { 'a.yaml': toDb, 'b.yaml': api, 'c.yaml': DENY }, '"api"', 'warning'],
    [
      'DNS for others',
      { 'a.yaml': toDb, 'b.yaml': api, 'c.yaml': DNS.replace('{}', '{ matchLabels: { app: x } }') },
      '"api"',
      'warning',
    ],
    [
      'addresses only',
      { 'a.yaml': out('to: [{ ipBlock: { cidr: 203.0.113.0/24 } }]'), 'b.yaml': api },
      '"api"',
      'info',
    ],
    ['a port only', { 'a.yaml': out('ports: [{ port: 443 }]'), 'b.yaml': api }, '"api"', 'warning'],
  ])('%s', (_, files, who, severity) => {
    const [found, ...rest] = inspect(egressBlocksDns, files);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ text: 'egress', severity });
    expect(found?.message).toContain(`lets ${who} connect`);
    check(egressBlocksDns, files, 1);
  });

  test.each([
    ['a policy for every pod allows it', { 'a.yaml': toDb, 'b.yaml': api, 'c.yaml': DNS }],
    ['its pods are not here', { 'a.yaml': toDb, 'b.yaml': db }],
    [
      'a policy of an unknown namespace allows it',
      { 'a.yaml': toDb, 'b.yaml': api, 'x/c.yaml': DNS.replace('  namespace: shop\n', '') },
    ],
    ['policies of another kind may allow it', { 'a.yaml': toDb, 'b.yaml': api, 'c.yaml': CILIUM }],
    ['nothing is allowed', { 'a.yaml': DENY, 'b.yaml': api }],
    ['everything is allowed', { 'a.yaml': out('{}'), 'b.yaml': api }],
    ['every port of the system is allowed', { 'a.yaml': out('to: [{ namespaceSelector: {} }]'), 'b.yaml': api }],
    [
      'namespaces are chosen by a label',
      { 'a.yaml': out('to: [{ namespaceSelector: { matchLabels: { team: a } } }]'), 'b.yaml': api },
    ],
    [
      'the addresses may be those of the DNS',
      { 'a.yaml': out('to: [{ ipBlock: { cidr: 10.0.0.0/8 } }]'), 'b.yaml': api },
    ],
    ['a range of ports holds it', { 'a.yaml': out('ports: [{ port: 1, endPort: 100 }]'), 'b.yaml': api }],
    ['a port has a name', { 'a.yaml': out('ports: [{ port: dns }]'), 'b.yaml': api }],
    ['ports are filled in later', { 'a.yaml': out('ports: ${PORTS}'), 'b.yaml': api }],
    ['egress is not isolated', { 'a.yaml': toDb.replace('[Egress]', '[Ingress]'), 'b.yaml': api }],
  ])('silent where %s', (_, files) => {
    expect(inspect(egressBlocksDns, files)).toEqual([]);
  });
});

describe('one-sided-allow', () => {
  const PORT = '    ports: [{ port: 5432 }]\n';
  const admit = toPolicy(
    `policyTypes: [Ingress]\ningress:\n  - from: [{ podSelector: { matchLabels: { app: api } } }]\n${PORT}`,
  );
  const letOut = toPolicy(
    `policyTypes: [Egress]\negress:\n  - to: [{ podSelector: { matchLabels: { app: db } } }]\n${PORT}`,
    '{ matchLabels: { app: api } }',
    'api',
  );
  const pods = { 'api.yaml': api, 'db.yaml': db };

  test('the way out is missing', () => {
    const files = { 'in.yaml': admit, 'deny.yaml': DENY, 'dns.yaml': DNS, ...pods };
    const title = 'Add a policy that lets "api" connect';
    expect(inspect(oneSidedAllow, files)).toMatchObject([
      { file: 'in.yaml', text: 'podSelector', fixes: [title], related: ['Deployment "api" is isolated for egress.'] },
    ]);
    check(oneSidedAllow, files, 1);
    const after = applyFix(oneSidedAllow, files, title)['in.yaml'] ?? '';
    expect(after).toContain('name: allow-api-to-db-egress');
    expect(after).not.toContain('kube-dns');
  });

  test('the way in is missing', () => {
    const files = { 'out.yaml': letOut, 'deny.yaml': DENY, 'dns.yaml': DNS, ...pods };
    expect(inspect(oneSidedAllow, files)).toMatchObject([
      { file: 'out.yaml', fixes: ['Add a policy that lets "db" be connected to'] },
    ]);
    check(oneSidedAllow, files, 1);
  });

  test('without DNS, the counterpart allows it too', () => {
    const files = { 'in.yaml': admit, 'deny.yaml': DENY, ...pods };
    expect(inspect(oneSidedAllow, files)).toMatchObject([
      { fixes: ['Add a policy that lets "api" connect and look names up'] },
    ]);
    check(oneSidedAllow, files, 1);
  });

  test('across namespaces', () => {
    const peer =
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } }, podSelector: { matchLabels: { app: api } } }';
    const files = {
      'in.yaml': admit.replace('{ podSelector: { matchLabels: { app: api } } }', peer),
      'deny.yaml': DENY.replace('shop', 'web'),
      'dns.yaml': DNS.replace('shop', 'web'),
      'api.yaml': api.replace('shop', 'web'),
      'db.yaml': db,
    };
    const after = applyFix(oneSidedAllow, files, 'Add a policy that lets "api" connect')['in.yaml'] ?? '';
    expect(after).toContain('namespace: web');
    expect(after).toContain('kubernetes.io/metadata.name: shop');
    check(oneSidedAllow, files, 1);
  });

  test.each([
    ['both halves are there', { 'in.yaml': admit, 'out.yaml': letOut, 'deny.yaml': DENY, ...pods }],
    ['the other end is not isolated', { 'in.yaml': admit, ...pods }],
    [
      'a policy without a namespace may allow it',
      { 'in.yaml': admit, 'x/out.yaml': letOut.replace('  namespace: shop\n', ''), 'deny.yaml': DENY, ...pods },
    ],
    ['policies of another kind may allow it', { 'in.yaml': admit, 'deny.yaml': DENY, 'c.yaml': CILIUM, ...pods }],
    ['the pods are not here', { 'in.yaml': admit, 'deny.yaml': DENY, 'db.yaml': db }],
    [
      'one port of two is allowed',
      {
        'in.yaml': admit.replace('[{ port: 5432 }]', '[{ port: 5432 }, { port: 9187 }]'),
        'out.yaml': letOut,
        'deny.yaml': DENY,
        ...pods,
      },
    ],
    [
      'the rule is about a whole namespace',
      { 'in.yaml': admit.replace('matchLabels: { app: api }', ''), 'deny.yaml': DENY, ...pods },
    ],
    [
      'addresses may be those of the pods',
      {
        'in.yaml': admit,
        'deny.yaml': DENY,
        'out.yaml': letOut.replace('podSelector: { matchLabels: { app: db } } }]', 'ipBlock: { cidr: 10.0.0.0/8 } }]'),
        ...pods,
      },
    ],
  ])('silent where %s', (_, files) => {
    expect(inspect(oneSidedAllow, files)).toEqual([]);
  });
});

describe('irsa-sts-blocked', () => {
  const account = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: up
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/up
`;
  const pod = toDeployment('up', '{ app: up }', 'serviceAccountName: up # its role\n');
  const allow = (rule: string) =>
    toPolicy(`policyTypes: [Egress]\negress:\n  - ${rule}\n`, '{ matchLabels: { app: up } }', 'up');
  const https = 'ports: [{ port: 443 }]';

  test.each([
    ['a default deny alone', {}],
    ['DNS and nothing else', { 'dns.yaml': DNS }],
    ['other pods only', { 'a.yaml': allow('to: [{ podSelector: {} }]') }],
    [
      'another port',
      { 'a.yaml': allow('{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 80 }] }'), 'd.yaml': DNS },
    ],
  ])('%s', (_, more) => {
    const files = { 'pod.yaml': pod, 'account.yaml': account, 'deny.yaml': DENY, ...more };
    expect(inspect(irsaStsBlocked, files)).toMatchObject([{ file: 'pod.yaml', text: 'up' }]);
    check(irsaStsBlocked, files, 1);
  });

  test.each([
    ['a block is allowed', { 'a.yaml': allow(`{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ${https} }`) }],
    ['every destination is', { 'a.yaml': allow(`{ ${https} }`) }],
    ['policies of another kind may', { 'a.yaml': CILIUM }],
    ['a policy without a namespace may', { 'x/a.yaml': allow(`{ ${https} }`).replace('  namespace: shop\n', '') }],
  ])('silent where %s', (_, more) => {
    const files = { 'pod.yaml': pod, 'account.yaml': account, 'deny.yaml': DENY, ...more };
    expect(inspect(irsaStsBlocked, files)).toEqual([]);
  });

  test.each([
    ['there is no role', pod, account.replace('role-arn', 'audience')],
    [
      'a proxy is named',
      pod.replace('image:', 'env: [{ name: HTTPS_PROXY, value: "http://proxy:3128" }]\n          image:'),
      account,
    ],
    [
      "the network is the node's",
      pod.replace('serviceAccountName', 'hostNetwork: true\n      serviceAccountName'),
      account,
    ],
  ])('silent where %s either', (_, text, role) => {
    expect(inspect(irsaStsBlocked, { 'pod.yaml': text, 'account.yaml': role, 'deny.yaml': DENY })).toEqual([]);
  });

  test('silent where egress is not isolated', () => {
    expect(inspect(irsaStsBlocked, { 'pod.yaml': pod, 'account.yaml': account })).toEqual([]);
  });
});
