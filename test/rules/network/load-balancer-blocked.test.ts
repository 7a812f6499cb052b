import { describe, expect, test } from 'vitest';
import ingressBackendBlocked from '../../../server/src/rules/network/ingress-backend-blocked';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { toDeployment, toPolicy, toServer } from './policy-text';

const toService = (spec = '', ports = '[{ port: 80, targetPort: http }]') => `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec: # the front door
  type: LoadBalancer
  selector: { app: web }
  ports: ${ports}
${spec.replace(/^(?=.)/gm, '  ')}`;
const WEB = toServer('web', '{ app: web }', '[{ name: http, containerPort: 8080 }]');
const SELECTOR = '{ matchLabels: { app: web } }';
const from = (peers: string, ports = '') =>
  toPolicy(`policyTypes: [Ingress]\ningress:\n  - from: [${peers}]\n${ports}`, SELECTOR, 'web');
const toFiles = (policy: string, service = toService(), more: Readonly<Record<string, string>> = {}) => ({
  'service.yaml': service,
  'policy.yaml': policy,
  'web.yaml': WEB,
  ...more,
});
const OWN = '{ podSelector: {} }';
const named = (name: string) => `{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } } }`;
const NODES = 'Add a policy that admits private addresses, those of nodes, to the pods of Service "web"';

describe('a load balancer whose pods admit no address', () => {
  test.each([
    ['pods of the own namespace only', toFiles(from(OWN))],
    ['pods of another namespace', toFiles(from(named('monitoring')))],
    ['namespaces by a label', toFiles(from('{ namespaceSelector: { matchLabels: { team: a } } }'))],
    ['nothing', toFiles(toPolicy('policyTypes: [Ingress]\n', '{}', 'default-deny'))],
    [
      'addresses at another port',
      toFiles(from('{ ipBlock: { cidr: 10.0.0.0/8 } }', '    ports: [{ port: 9090 }, { port: 80 }]\n')),
    ],
    ['all at the same port of the other protocol', toFiles(from('', '    ports: [{ port: http, protocol: UDP }]\n'))],
    ['nothing, for one of the cloud inside', toFiles(from(OWN), toService('loadBalancerClass: service.k8s.aws/nlb\n'))],
    [
      'nothing, in a folder whose namespace is open',
      Object.fromEntries(
        Object.entries(toFiles(from(OWN))).map(([name, text]) => [name, text.replaceAll('  namespace: shop\n', '')]),
      ),
    ],
  ])('%s', (_, files) => {
    expect(inspect(ingressBackendBlocked, files)).toMatchObject([
      { file: 'service.yaml', severity: 'warning', text: 'LoadBalancer', fixes: [NODES] },
    ]);
    check(ingressBackendBlocked, files, 1);
  });

  test('the policy of the fix is for the ports of the pods', () => {
    const ports = '[{ port: 80, targetPort: http }, { port: 53, targetPort: 5353, protocol: UDP }]';
    const after = applyFix(ingressBackendBlocked, toFiles(from(OWN), toService('', ports)), NODES)['service.yaml'];
    expect(after).toContain('name: allow-load-balancer-to-web');
    expect(after).toMatch(/protocol: TCP\s+port: http/);
    expect(after).toMatch(/protocol: UDP\s+port: 5353/);
  });

  const LOCAL = 'externalTrafficPolicy: Local\n';
  test.each([
    [
      'the sources it is limited to',
      toService(`${LOCAL}loadBalancerSourceRanges: [192.0.2.0/24]\n`),
      ['Add a policy that admits its source ranges to the pods of Service "web"'],
    ],
    [
      'private ones where it is internal',
      toService(LOCAL).replace('spec:', '  annotations:\n    networking.gke.io/load-balancer-type: Internal\nspec:'),
      ['Add a policy that admits private addresses to the pods of Service "web"'],
    ],
    ['nobody where the whole internet is meant', toService(LOCAL), []],
    ['nobody where the whole internet is listed', toService(`${LOCAL}loadBalancerSourceRanges: [0.0.0.0/0]\n`), []],
    ['nobody where the sources are filled in later', toService(`${LOCAL}loadBalancerSourceRanges: ["\${R}"]\n`), []],
    ['nobody where the route is filled in later', toService('externalTrafficPolicy: "${ROUTE}"\n'), []],
  ])('where nodes leave the address as it is, the fix admits %s', (_, service, fixes) => {
    const files = toFiles(from(OWN), service);
    expect(inspect(ingressBackendBlocked, files)).toMatchObject([{ fixes }]);
    check(ingressBackendBlocked, files, 1);
  });

  const cilium =
    'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata:\n  name: c\n  namespace: shop\nspec:\n  endpointSelector: {}\n';
  test.each([
    ['no policy isolates them', toFiles(from(OWN).replace('[Ingress]', '[Egress]'))],
    ['everyone is admitted', toFiles(from(''))],
    ['addresses are', toFiles(from(`${OWN}, { ipBlock: { cidr: 10.0.0.0/8 } }`))],
    [
      'addresses are at the port by name',
      toFiles(from('{ ipBlock: { cidr: 10.0.0.0/8 } }', '    ports: [{ port: http }]\n')),
    ],
    [
      'addresses are in a range of ports',
      toFiles(from('{ ipBlock: { cidr: 10.0.0.0/8 } }', '    ports: [{ port: 8000, endPort: 9000 }]\n')),
    ],
    ['every namespace is, with those of forwarders', toFiles(from('{ namespaceSelector: {} }'))],
    ["the system's namespace is", toFiles(from(named('kube-system')))],
    ['a peer is filled in later', toFiles(from('"${PEER}"'))],
    ['rules are filled in later', toFiles(from(OWN).replace(/ingress:\n.*\n/, 'ingress: ${RULES}\n'))],
    ['its class forwards through pods', toFiles(from(OWN), toService('loadBalancerClass: tailscale\n'))],
    ['it is no load balancer', toFiles(from(OWN), toService().replace('LoadBalancer', 'NodePort'))],
    ['its type is filled in later', toFiles(from(OWN), toService().replace('LoadBalancer', '"${TYPE}"'))],
    ['a target is filled in later', toFiles(from(OWN), toService('', '[{ port: 80, targetPort: "${P}" }]'))],
    ['no container has the name of its target', toFiles(from(OWN), toService('', '[{ port: 80, targetPort: web }]'))],
    ['its pods are not here', toFiles(from(OWN), toService().replace('app: web', 'app: api'))],
    [
      "its pods are in the node's network",
      toFiles(from(OWN), toService('', '[{ port: 80 }]'), {
        'web.yaml': toDeployment('web', '{ app: web }', 'hostNetwork: true\n'),
      }),
    ],
    [
      'one of its pods is not isolated',
      toFiles(from(OWN), toService('', '[{ port: 80 }]'), {
        'more.yaml': toDeployment('more', '{ app: web, tier: x }'),
        'policy.yaml': from(OWN).replace('app: web }', 'app: web, tier: x }'),
      }),
    ],
    ['policies of another kind may admit them', toFiles(from(OWN), toService(), { 'c.yaml': cilium })],
    [
      'a policy without a namespace may admit them',
      toFiles(from(OWN), toService(), { 'x/p.yaml': from('').replace('  namespace: shop\n', '') }),
    ],
  ])('silent where %s', (_, files) => {
    expect(inspect(ingressBackendBlocked, files)).toEqual([]);
  });
});
