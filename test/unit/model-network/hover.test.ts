import { describe, expect, test } from 'vitest';
import { getNetworkHover } from '../../../server/src/engine/network-hover';
import { openProject, toUri } from '../../harness/lint-text';
import { toDeployment, toPolicy } from '../../rules/network/policy-text';

/** The hover on the first `needle` of a file. */
function hover(files: Readonly<Record<string, string>>, needle = 'NetworkPolicy', file = 'policy.yaml') {
  const text = files[file] ?? '';
  const found = getNetworkHover(openProject(files), toUri(file), text.indexOf(needle));
  return found && { ...found, text: text.slice(found.span.start, found.span.end) };
}

const say = (spec: string, selector?: string) => hover({ 'policy.yaml': toPolicy(spec, selector) })?.markdown ?? '';
const OPEN = 'Egress is not restricted by this policy.';
const CLOSED = 'Ingress is not restricted by this policy.';

describe('what a policy does', () => {
  test('one rule is one sentence', () => {
    const files = {
      'policy.yaml': toPolicy(
        'ingress:\n  - from: [{ podSelector: { matchLabels: { app: api } } }]\n    ports: [{ port: 5432 }]\n',
      ),
      'db.yaml': toDeployment('db', '{ app: db }'),
    };
    const [before = ''] = files['db.yaml'].split('kind:');
    expect(hover(files)?.markdown).toBe(
      [
        'Pods `app=db` of this namespace accept TCP 5432 from pods `app=api` of this namespace. Nothing else comes in, unless another policy admits it.',
        OPEN,
        `Selects [Deployment "db"](${toUri('db.yaml')}#L${before.split('\n').length}).`,
      ].join('\n\n'),
    );
  });

  test.each([
    [
      'policyTypes: [Ingress]\n',
      '{}',
      'All pods of this namespace accept no connections, unless another policy admits them.',
    ],
    ['policyTypes: [Ingress]\ningress: [{}]\n', '{}', 'accept every connection, from everyone and at every port.'],
    ['ingress: [{ from: [] , ports: [{ port: http }] }]\n', '{}', 'accept TCP port `http` from everyone'],
    [
      'ingress: [{ from: [{ namespaceSelector: {} }] }]\n',
      '{}',
      'connections at every port from all pods of every namespace.',
    ],
    [
      'ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } }, podSelector: {} }] }]\n',
      '{}',
      'from all pods of namespace `web`.',
    ],
    [
      'ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }, { podSelector: {} }] }]\n',
      '{}',
      'from addresses in `10.0.0.0/8` (except `10.1.0.0/16`) or all pods of this namespace.',
    ],
    [
      'ingress: [{ ports: [{ port: 1, endPort: 9, protocol: UDP }, { protocol: SCTP }, { port: 80 }] }]\n',
      '{}',
      'accept UDP 1-9, every SCTP port and TCP 80 from everyone',
    ],
    [
      'policyTypes: [Egress]\negress: [{ to: [{ podSelector: {} }], ports: [{ port: 53 }] }, { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]\n',
      '{ matchExpressions: [{ key: a, operator: NotIn, values: [b, c] }, { key: d, operator: DoesNotExist }] }',
      'Pods `a notin (b,c),!d` of this namespace may connect to:\n- all pods of this namespace at TCP 53\n- any IPv4 address (`0.0.0.0/0`) at every port\n\nNothing else goes out',
    ],
    [
      'policyTypes: [Egress]\negress: [{ ports: [{ port: 53, protocol: UDP }] }]\n',
      '{ matchLabels: { app: db, tier: back }, matchExpressions: [{ key: a, operator: In, values: [b] }, { key: c, operator: Exists }] }',
      'Pods `app=db,tier=back,a in (b),c` of this namespace may connect to any address at UDP 53. Nothing else goes out',
    ],
    [
      'policyTypes: [Egress]\negress: [{ to: [{ ipBlock: { cidr: "::/0" } }] }]\n',
      '{}',
      'any IPv6 address (`::/0`) at',
    ],
    ['policyTypes: [Egress]\negress: [{}]\n', '{}', 'may connect to any address, at every port.'],
    ['policyTypes: [Egress]\n', '{}', 'may connect to nothing'],
    ['policyTypes: [Ingress]\negress: [{}]\n', '{}', `${OPEN} Its egress rules are ignored`],
    ['policyTypes: ["${TYPE}"]\n', '{}', 'Whether ingress is restricted is not known here.'],
    ['ingress: ${RULES}\n', '{}', 'what its ingress rules say, which is not known here.'],
    [
      'ingress: [{ from: [{ podSelector: { matchLabels: { app: "${APP}" } } }] }]\n',
      '{}',
      'labels that are not known here',
    ],
  ])('%s', (spec, selector, words) => {
    expect(say(spec, selector)).toContain(words);
  });

  test('both directions are spoken of', () => {
    expect(say('policyTypes: [Egress]\n')).toContain(CLOSED);
  });
});

describe('where', () => {
  const files = { 'policy.yaml': `# first\n---\n${toPolicy('policyTypes: [Ingress]\n')}` };

  test.each([
    ['the kind', 'NetworkPolicy', 'NetworkPolicy'],
    ['the name', 'db', 'db'],
  ])('%s', (_, needle, text) => {
    expect(hover(files, needle)?.text).toBe(text);
  });

  test('nowhere else, and for no other kind', () => {
    expect(hover(files, 'podSelector')).toBeUndefined();
    expect(hover({ 'policy.yaml': toDeployment('db', '{}') }, 'Deployment')).toBeUndefined();
  });
});

test('pods that may be selected are spoken of as such', () => {
  const files = {
    'policy.yaml': toPolicy('policyTypes: [Ingress]\n'),
    'a/db.yaml': toDeployment('db', '{ app: db }', '', null),
  };
  const words = 'Selects no workload that is known in the workspace. May select [Deployment "db"]';
  expect(hover(files)?.markdown).toContain(words);
  const again = { ...files, 'b/db.yaml': files['a/db.yaml'] };
  expect(hover(again)?.markdown).toBe(hover(files)?.markdown);
  const sure = { ...files, 'db.yaml': toDeployment('db', '{ app: db }') };
  expect(hover(sure)?.markdown).not.toContain('May select');
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const more = Object.fromEntries(names.map((name) => [`a/${name}.yaml`, toDeployment(name, '{ app: db }', '', null)]));
  expect(hover({ ...files, ...more })?.markdown).toContain(
    ' and 3 more: their namespaces or labels are not wholly known',
  );
});

test('a pod in the network of its node is pointed out', () => {
  const files = {
    'policy.yaml': toPolicy('policyTypes: [Ingress]\n'),
    'db.yaml': toDeployment('db', '{ app: db }', 'hostNetwork: true\n'),
  };
  expect(hover(files)?.markdown).toContain("(in its node's network, where most plugins apply no policy)");
});
