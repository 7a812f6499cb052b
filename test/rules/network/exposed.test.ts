import { describe, expect, test } from 'vitest';
import ingressBackendBlocked from '../../../server/src/rules/network/ingress-backend-blocked';
import ingressNginxSnippet from '../../../server/src/rules/network/ingress-nginx-snippet';
import ingressWildcardHost from '../../../server/src/rules/network/ingress-wildcard-host';
import ingressWithoutTls from '../../../server/src/rules/network/ingress-without-tls';
import loadBalancerOpen from '../../../server/src/rules/network/load-balancer-open';
import serviceExternalIps from '../../../server/src/rules/network/service-external-ips';
import serviceNodePort from '../../../server/src/rules/network/service-node-port';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { toDeployment, toPolicy } from './policy-text';

const service = (spec: string, annotation = '', name = 'web') => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
${annotation && `  annotations:\n    ${annotation}\n`}spec: # how it is reached
  selector: { app: ${name} }
${spec.replace(/^(?=.)/gm, '  ')}
`;

const ingress = (spec: string, annotation = '') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
${annotation && `  annotations:\n    ${annotation}\n`}spec:
${spec.replace(/^(?=.)/gm, '  ')}`;

const rule = (host: string, backend = 'web') =>
  `rules:\n  - ${host && `host: ${host}\n    `}http:\n      paths:\n        - path: /\n          pathType: Prefix\n          backend:\n            service: { name: ${backend}, port: { number: 80 } }\n`;

describe('load balancers', () => {
  test.each([
    ['type: LoadBalancer', '', 1],
    ['type: LoadBalancer\nloadBalancerSourceRanges: []', '', 1],
    ['type: LoadBalancer\nloadBalancerSourceRanges: [192.0.2.0/24, 0.0.0.0/0]', '', 1],
    ['type: LoadBalancer\nloadBalancerSourceRanges: [192.0.2.0/24]', '', 0],
    ['type: LoadBalancer\nloadBalancerClass: tailscale', '', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-internal: "true"', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-scheme: internal', 0],
    ['type: LoadBalancer', 'metallb.io/address-pool: home', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-type: nlb', 1],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-internal: "false"', 1],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing', 1],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-type: external', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-subnets: subnet-a', 0],
    ['type: LoadBalancer\nloadBalancerClass: service.k8s.aws/nlb', '', 0],
    [
      'type: LoadBalancer\nloadBalancerClass: service.k8s.aws/nlb',
      'service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing',
      1,
    ],
    ['type: LoadBalancer\nloadBalancerClass: networking.gke.io/l4-regional-external', '', 1],
    ['type: LoadBalancer\nloadBalancerClass: networking.gke.io/l4-regional-internal', '', 0],
    ['type: LoadBalancer\nloadBalancerClass: "${CLASS}"', '', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/load-balancer-source-ranges: 192.0.2.0/24', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/load-balancer-source-ranges: 0.0.0.0/0', 1],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/azure-load-balancer-internal: "true"', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/azure-load-balancer-internal: "false"', 1],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/azure-allowed-ip-ranges: 192.0.2.0/24', 0],
    ['type: LoadBalancer', 'networking.gke.io/load-balancer-type: Internal', 0],
    ['type: LoadBalancer', 'networking.gke.io/load-balancer-type: External', 1],
    ['type: LoadBalancer', 'cloud.google.com/load-balancer-type: Internal', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/do-loadbalancer-network: INTERNAL', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/do-loadbalancer-allow-rules: "cidr:192.0.2.0/24"', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type: intranet', 0],
    ['type: LoadBalancer', 'service.beta.kubernetes.io/oci-load-balancer-internal: "true"', 0],
    ['type: LoadBalancer', 'load-balancer.hetzner.cloud/use-private-ip: "true"', 1],
    ['type: LoadBalancer', 'load-balancer.hetzner.cloud/disable-public-network: "true"', 0],
    ['type: LoadBalancer', 'external-dns.alpha.kubernetes.io/internal-hostname: web.example.com', 1],
    ['type: LoadBalancer', '"${KEY}": "${VALUE}"', 0],
    ['type: "${TYPE}"', '', 0],
    ['type: ExternalName\nexternalName: web.example.com', '', 0],
    ['type: ClusterIP', '', 0],
  ])('%s, %s', (spec, annotation, expected) => {
    check(loadBalancerOpen, service(spec, annotation), expected);
  });
});

test.each([
  [
    'type: NodePort\nports:\n  - port: 80\n    nodePort: 30080 # agreed with the firewall\n  - { port: 81, nodePort: 30081 }',
    1,
  ],
  ['type: NodePort', 1],
  ['type: LoadBalancer', 0],
  ['clusterIP: None', 0],
])('ports of nodes: %s', (spec, expected) => {
  check(serviceNodePort, service(spec), expected);
});

test.each([
  ['externalIPs: [192.0.2.7, 192.0.2.8]', 1],
  ['externalIPs: []', 0],
  ['clusterIP: None', 0],
])('external addresses: %s', (spec, expected) => {
  check(serviceExternalIps, service(spec), expected);
});

describe('TLS', () => {
  test.each([
    [rule('web.example.com'), '', 1],
    [rule(''), '', 1],
    [`tls: []\n${rule('web.example.com')}`, '', 1],
    [`tls:\n  - hosts: [web.example.com]\n${rule('web.example.com')}`, '', 0],
    [
      rule('web.example.com'),
      'alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:111122223333:certificate/a',
      0,
    ],
    [rule('web.example.com'), 'traefik.ingress.kubernetes.io/router.entrypoints: websecure', 0],
    // Only for what `tls` lists is a certificate made.
    [rule('web.example.com'), 'cert-manager.io/cluster-issuer: main', 1],
    [rule('web.example.com'), 'kubernetes.io/tls-acme: "true"', 1],
    [rule('web.example.com'), 'nginx.ingress.kubernetes.io/ssl-redirect: "false"', 1],
    [rule('web.example.com'), 'nginx.ingress.kubernetes.io/backend-protocol: HTTPS', 1],
    [rule('web.example.com'), 'nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com/oauth2/auth"', 1],
    [rule('web.example.com'), 'nginx.ingress.kubernetes.io/auth-signin: "https://$host/oauth2/start"', 0],
    [rule('web.example.com'), 'gethomepage.dev/href: https://web.example.com/start', 0],
    [rule('web.example.com'), 'traefik.ingress.kubernetes.io/router.entrypoints: insecure', 1],
    [rule('web.example.com'), `alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS":443}]'`, 0],
    [rule('web.example.com'), `alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80}]'`, 1],
    [rule('web.example.com'), 'kubernetes.io/ingress.allow-http: "false"', 0],
    [rule('web.example.com'), 'route.openshift.io/termination: edge', 0],
    [`ingressClassName: cloudflare-tunnel\n${rule('web.example.com')}`, '', 0],
    ['defaultBackend:\n  service: { name: web, port: { number: 80 } }\n', '', 1],
    [`tls:\n  - hosts: [web.example.com] # the front door\n    secretName: web-tls\n${rule('api.example.com')}`, '', 1],
    [`tls:\n  - hosts: ["*.example.com"]\n${rule('Web.example.com')}`, '', 0],
    [`tls:\n  - hosts: ["*.example.com"]\n${rule('a.web.example.com')}`, '', 1],
    [`tls:\n  - secretName: all\n${rule('web.example.com')}`, '', 0],
    [`tls:\n  - hosts: ["\${HOST}"]\n${rule('web.example.com')}`, '', 0],
    [`tls:\n  - hosts: [web.example.com]\n${rule('')}`, '', 0],
    [rule('web.example.com'), 'kubernetes.io/ingress.class: nginx', 1],
  ])('%s, %s', (spec, annotation, expected) => {
    check(ingressWithoutTls, ingress(spec, annotation), expected);
  });
});

test.each([
  [rule('"*.example.com"'), 1],
  [rule('web.example.com'), 0],
  [rule(''), 0],
])('hosts: %s', (spec, expected) => {
  check(ingressWildcardHost, ingress(spec), expected);
});

test.each([
  ['nginx.ingress.kubernetes.io/server-snippet: "return 403;"', 1],
  ['nginx.org/server-snippets: "return 403;"', 1],
  ['nginx.org/location-snippets: "return 403;"', 1],
  ['ingress.kubernetes.io/configuration-snippet: "return 403;"', 1],
  ['nginx.ingress.kubernetes.io/configuration-snippet: "return 403;"', 1],
  ['nginx.ingress.kubernetes.io/auth-snippet: "return 403;"', 1],
  ['nginx.ingress.kubernetes.io/stream-snippet: "return 403;"', 1],
  ['nginx.ingress.kubernetes.io/modsecurity-snippet: "SecRuleEngine On"', 1],
  ['nginx.ingress.kubernetes.io/server-snippet: ""', 0],
  ['nginx.ingress.kubernetes.io/rewrite-target: /', 0],
])('configuration of nginx: %s', (annotation, expected) => {
  check(ingressNginxSnippet, ingress(rule('web.example.com'), annotation), expected);
});

describe('what the ingress controller may reach', () => {
  const web = toDeployment('web', '{ app: web }');
  const from = (peer: string) =>
    toPolicy(`policyTypes: [Ingress]\ningress:\n  - from:\n      - ${peer}\n`, '{ matchLabels: { app: web } }', 'web');
  const namespaces = (name: string) => `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;
  const all = (...more: string[]) =>
    [ingress(rule('web.example.com')), service('type: ClusterIP'), web, ...more].join('---\n');

  test.each([
    ['no policy', all(), 0],
    ['its own namespace only', all(from('podSelector: {}')), 1],
    ['its own namespace by name', all(from(namespaces('shop'))), 1],
    ['another namespace', all(from(namespaces('ingress-nginx'))), 0],
    ['every namespace', all(from('namespaceSelector: {}')), 0],
    ['addresses', all(from('ipBlock: { cidr: 10.0.0.0/8 }')), 0],
    [
      'a second policy',
      all(from('podSelector: {}'), from(namespaces('edge')).replace('name: web\n', 'name: edge\n')),
      0,
    ],
    ['a controller in the namespace', all(from('podSelector: {}'), toDeployment('traefik', '{ app: traefik }')), 0],
    [
      'a Service that is not here',
      all(from('podSelector: {}')).replace('service: { name: web', 'service: { name: api'),
      0,
    ],
  ])('%s', (_, text, expected) => {
    check(ingressBackendBlocked, text, expected);
  });

  const classed = (className: string, ...more: string[]) =>
    all(from('podSelector: {}'), ...more).replace(/^spec:\n/m, `spec:\n  ingressClassName: ${className}\n`);
  const controller = (name: string, namespace: string) =>
    toDeployment(name, `{ app: ${name} }`).replace('namespace: shop', `namespace: ${namespace}`);
  const titleOf = (namespace: string) => [
    `Add a policy that admits namespace "${namespace}" to the pods of Service "web"`,
  ];

  test.each<[string, string, readonly string[]]>([
    ['where guides put it', classed('nginx-internal'), titleOf('ingress-nginx')],
    ['where it is', classed('nginx', controller('ingress-nginx', 'edge')), titleOf('edge')],
    ['not where a plain nginx is', classed('nginx', controller('nginx-pages', 'pages')), titleOf('ingress-nginx')],
    ['of a class that says nothing', classed('public'), []],
    ['of no class', all(from('podSelector: {}')), []],
  ])('a policy admits the controller: %s', (_, text, titles) => {
    expect(inspect(ingressBackendBlocked, text).map(({ fixes }) => fixes)).toEqual([titles]);
    check(ingressBackendBlocked, text, 1);
  });

  test('the policy is for the port that the Ingress leads to', () => {
    const ports = 'type: ClusterIP\nports:\n  - port: 80\n    targetPort: http\n  - port: 9090';
    const text = classed('traefik').replace(service('type: ClusterIP'), service(ports));
    const after = applyFix(ingressBackendBlocked, text, titleOf('traefik')[0] ?? '');
    const written = Object.values(after).join('');
    expect(written).toContain('port: http');
    expect(written.match(/port: 9090/g)).toHaveLength(1);
  });
});
