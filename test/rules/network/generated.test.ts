import { describe, expect, test } from 'vitest';
import { ALL, findOpen, toObject } from './cover-text';

describe('policies that are made for namespaces', () => {
  const toRule = (generate: string, match = 'any: [{ resources: { kinds: [Namespace] } }]', rest = '') =>
    toObject(
      'kyverno.io/v1',
      'ClusterPolicy',
      `{ rules: [{ name: g, match: { ${match} }, ${rest} generate: { ${generate} } }] }`,
    );
  const data = (types: string) => `data: { spec: { podSelector: {}, policyTypes: ${types} } }`;
  const made = `apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, name: d, namespace: "{{request.object.metadata.name}}"`;
  const deny = `${made}, ${data('[Ingress, Egress]')}`;
  const cel = (rest: string) => toObject('policies.kyverno.io/v1alpha1', 'GeneratingPolicy', `{ ${rest} }`);

  test.each([
    ['both directions', toRule(deny), 'none'],
    ['one', toRule(`${made}, ${data('[Ingress]')}`), 'egress'],
    ['by name', toRule(deny, 'any: [{ resources: { kinds: [v1/Namespace], names: [sh*] } }]'), 'none'],
    ['others by name', toRule(deny, 'any: [{ resources: { kinds: [Namespace], names: ["other-*"] } }]'), ALL],
    ['in the old way', toRule(deny, 'resources: { kinds: [Namespace], name: "other-*" }'), ALL],
    [
      'by label',
      toRule(deny, 'all: [{ resources: { kinds: [Namespace], selector: { matchLabels: { team: a } } } }]'),
      'none',
    ],
    [
      'others by label',
      toRule(deny, 'all: [{ resources: { kinds: [Namespace], selector: { matchLabels: { team: b } } } }]'),
      ALL,
    ],
    [
      'two conditions are not read',
      toRule(deny, 'all: [{ resources: { kinds: [Namespace] } }, { resources: { names: [other] } }]'),
      'none',
    ],
    ['left out', toRule(deny, undefined, 'exclude: { any: [{ resources: { names: [kube-*, shop] } }] },'), ALL],
    [
      'left out for some people',
      toRule(deny, undefined, 'exclude: { any: [{ resources: { names: [shop] }, clusterRoles: [admin] }] },'),
      'none',
    ],
    [
      'into a namespace that is named',
      toRule(`kind: NetworkPolicy, name: d, namespace: other, ${data('[Ingress, Egress]')}`),
      ALL,
    ],
    ['for each of a list', toRule(`foreach: [{ list: x, ${deny} }]`), 'none'],
    [
      'of Cilium',
      toRule(
        'apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, data: { spec: { endpointSelector: {}, ingress: [{}] } }',
      ),
      'egress',
    ],
    ['copied', toRule('kind: NetworkPolicy, clone: { namespace: default, name: d }'), 'none'],
    [
      'copied with others',
      toRule('cloneList: { namespace: default, kinds: [v1/Secret, networking.k8s.io/v1/NetworkPolicy] }'),
      'none',
    ],
    ['other things copied', toRule('cloneList: { namespace: default, kinds: [v1/Secret] }'), ALL],
    [
      'by a program',
      cel(
        `variables: [{ name: d, expression: '[{"kind": dyn("NetworkPolicy")}]' }], generate: [{ expression: "generator.Apply(x, variables.d)" }]`,
      ),
      'none',
    ],
    ['by a template', cel('generate: [{ template: { value: "kind: NetworkPolicy" } }]'), 'none'],
    ['other things by a program', cel(`variables: [{ name: d, expression: '[{"kind": dyn("ConfigMap")}]' }]`), ALL],
    [
      'of a tenant',
      toObject(
        'capsule.clastix.io/v1beta2',
        'Tenant',
        '{ networkPolicies: { items: [{ podSelector: {}, policyTypes: [Ingress] }] } }',
      ),
      'egress',
    ],
  ])('%s', (_, policy, expected) => {
    expect(findOpen(policy)).toEqual([expected, expected]);
  });

  test('a policy of one namespace makes them there', () => {
    const spec = `{ rules: [{ name: g, match: { any: [{ resources: { kinds: [Deployment] } }] }, generate: { ${deny} } }] }`;
    expect(findOpen(toObject('kyverno.io/v1', 'Policy', spec, 'shop'))).toEqual(['none', 'none']);
    expect(findOpen(toObject('kyverno.io/v1', 'Policy', spec, 'other'))).toEqual([ALL, ALL]);
  });
});
