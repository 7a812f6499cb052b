import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../server/src/engine/operation';
import type { FileFinding, Project } from '../../../server/src/engine/project';
import rule from '../../../server/src/rules/network/default-deny-missing';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { checkFile, openProject, RULE_SET, toUri } from '../../harness/lint-text';

const namespace = (name: string, labels = '') => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
${labels}`;

const workload = (name: string, where: string, extra = '') => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
${where === '' ? '' : `  namespace: ${where}\n`}spec:
${extra}  containers:
    - name: app
      image: registry.example.com/app:1
`;

const policy = (name: string, where: string, spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
${where === '' ? '' : `  namespace: ${where}\n`}spec: ${spec}
`;

const BOTH = '{ podSelector: {}, policyTypes: [Ingress, Egress] }';

function find(project: Project, file: string): FileFinding[] {
  return checkFile(project, file).findings.filter((finding) => finding.rule === rule.id);
}

/** The directions that the finding of `shop` names; `none` where there is no finding. */
function lacking(...others: string[]): string {
  const files = Object.fromEntries(others.map((text, index) => [`other-${index}.yaml`, text]));
  const project = openProject({ 'shop.yaml': namespace('shop'), 'web.yaml': workload('web', 'shop'), ...files });
  const [finding, second] = find(project, 'shop.yaml');
  expect(second).toBeUndefined();
  return finding ? (/policy for ([a-z ]+):/.exec(finding.message)?.[1] ?? '') : 'none';
}

describe('where it is said', () => {
  test('at the name of the Namespace, once, with the workloads as related places', () => {
    const files = {
      'a.yaml': workload('first', 'shop'),
      'b.yaml': workload('second', 'shop'),
      'shop.yaml': namespace('shop'),
      'z.yaml': namespace('shop'),
    };
    const project = openProject(files);
    const [finding, ...rest] = find(project, 'shop.yaml');
    expect(rest).toEqual([]);
    expect(files['shop.yaml'].slice(finding?.span.start, finding?.span.end)).toBe('shop');
    expect(finding?.message).toContain('"shop"');
    expect(finding?.related.map(({ message }) => message)).toEqual([
      'Pod "first" runs in namespace "shop".',
      'Pod "second" runs in namespace "shop".',
    ]);
    for (const file of ['a.yaml', 'b.yaml', 'z.yaml']) expect(find(project, file)).toEqual([]);
  });

  test('without a Namespace object, at the namespace of the first workload by file and place', () => {
    const text = `${workload('second', 'shop')}---\n${workload('third', 'shop')}`;
    const files = { 'b.yaml': text, 'a.yaml': workload('first', 'shop') };
    const project = openProject(files);
    const [finding] = find(project, 'a.yaml');
    expect(files['a.yaml'].slice(finding?.span.start, finding?.span.end)).toBe('shop');
    expect(finding?.related.map(({ message }) => message)).toEqual([
      'Pod "second" runs in namespace "shop".',
      'Pod "third" runs in namespace "shop".',
    ]);
    expect(find(project, 'b.yaml')).toEqual([]);
  });

  test('inside a List', () => {
    const item = (text: string) => `  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`;
    const text = `apiVersion: v1\nkind: List\nitems:\n${item(workload('x', 'shop'))}${item(workload('y', 'shop'))}`;
    const [finding, ...rest] = find(openProject({ 'list.yaml': text }), 'list.yaml');
    expect(rest).toEqual([]);
    expect(text.slice(0, finding?.span.start)).toContain('name: x');
    expect(text.slice(0, finding?.span.start)).not.toContain('name: y');
  });
});

describe('what counts as a default deny', () => {
  test.each([
    ['both directions', BOTH, 'none'],
    ['policyTypes left out: ingress alone', '{ podSelector: {} }', 'egress'],
    ['policyTypes empty: as left out', '{ podSelector: {}, policyTypes: [] }', 'egress'],
    [
      'egress rules without policyTypes isolate egress',
      '{ podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] }',
      'none',
    ],
    [
      'empty match lists',
      '{ podSelector: { matchLabels: {}, matchExpressions: [] }, policyTypes: [Ingress] }',
      'egress',
    ],
    ['no spec at all', '', 'egress'],
    [
      'a selector leaves pods out',
      '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress] }',
      'ingress or egress',
    ],
    ['the same namespace only', '{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }', 'egress'],
    ['an empty rule admits everyone', '{ podSelector: {}, ingress: [{}] }', 'ingress or egress'],
    ['a null rule admits everyone', '{ podSelector: {}, ingress: [null] }', 'ingress or egress'],
    ['an empty list of peers admits everyone', '{ podSelector: {}, ingress: [{ from: [] }] }', 'ingress or egress'],
    ['everyone, but at one port', '{ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }', 'egress'],
    ['everyone may be reached', '{ podSelector: {}, policyTypes: [Egress], egress: [{}] }', 'ingress or egress'],
    [
      'a selector that is not known',
      '{ podSelector: { matchLabels: { app: "${APP}" } }, policyTypes: [Egress] }',
      'ingress',
    ],
  ])('%s', (_, spec, expected) => {
    expect(lacking(policy('p', 'shop', spec))).toBe(expected);
  });

  test('one policy for each direction', () => {
    const ingress = policy('in', 'shop', '{ podSelector: {}, policyTypes: [Ingress] }');
    expect(lacking(ingress)).toBe('egress');
    expect(lacking(ingress, policy('out', 'shop', '{ podSelector: {}, policyTypes: [Egress] }'))).toBe('none');
  });

  test('a policy of another namespace does not', () => {
    expect(lacking(policy('p', 'other', BOTH))).toBe('ingress or egress');
  });

  test('a policy that names no namespace may land here when it lies beside the workloads', () => {
    expect(lacking(policy('p', '', BOTH))).toBe('none');
    const files = { 'apps/web.yaml': workload('web', 'shop'), 'base/deny.yaml': policy('p', '', BOTH) };
    expect(find(openProject(files), 'apps/web.yaml')).toHaveLength(1);
    const kustomization = 'namespace: shop\nresources:\n  - ../base\n';
    expect(find(openProject({ ...files, 'o/kustomization.yaml': kustomization }), 'apps/web.yaml')).toEqual([]);
    const application =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { destination: { namespace: shop } }\n';
    expect(find(openProject({ ...files, 'o/app.yaml': application }), 'apps/web.yaml')).toEqual([]);
  });

  const object = (apiVersion: string, kind: string, spec: string, where = '') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: p${where} }\nspec: ${spec}\n`;
  const inShop = ', namespace: shop';

  test.each([
    [
      'Cilium: sections isolate',
      object('cilium.io/v2', 'CiliumNetworkPolicy', '{ endpointSelector: {}, ingress: [{}] }', inShop),
      'egress',
    ],
    [
      'Cilium: entities all',
      object(
        'cilium.io/v2',
        'CiliumNetworkPolicy',
        '{ endpointSelector: {}, ingress: [{ fromEntities: [all] }] }',
        inShop,
      ),
      'ingress or egress',
    ],
    [
      'Cilium: default deny switched off',
      object(
        'cilium.io/v2',
        'CiliumNetworkPolicy',
        '{ endpointSelector: {}, enableDefaultDeny: { egress: false }, egress: [{}], ingress: [{}] }',
        inShop,
      ),
      'egress',
    ],
    [
      'Cilium: some pods',
      object(
        'cilium.io/v2',
        'CiliumNetworkPolicy',
        '{ endpointSelector: { matchLabels: { app: web } }, ingress: [{}] }',
        inShop,
      ),
      'ingress or egress',
    ],
    [
      'Cilium, cluster-wide',
      object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', '{ endpointSelector: {}, ingress: [{}], egress: [{}] }'),
      'none',
    ],
    [
      'Cilium, by namespace',
      object(
        'cilium.io/v2',
        'CiliumClusterwideNetworkPolicy',
        '{ endpointSelector: { matchExpressions: [{ key: "k8s:io.kubernetes.pod.namespace", operator: NotIn, values: [kube-system] }] }, ingress: [{}] }',
      ),
      'egress',
    ],
    [
      'Cilium, host firewall',
      object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', '{ nodeSelector: {}, ingress: [{}], egress: [{}] }'),
      'ingress or egress',
    ],
    [
      'Calico',
      object('projectcalico.org/v3', 'NetworkPolicy', '{ selector: all(), types: [Ingress, Egress] }', inShop),
      'none',
    ],
    [
      'Calico, some pods',
      object('projectcalico.org/v3', 'NetworkPolicy', '{ selector: app == "web", types: [Ingress, Egress] }', inShop),
      'ingress or egress',
    ],
    [
      'Calico, allow all',
      object(
        'projectcalico.org/v3',
        'NetworkPolicy',
        '{ types: [Ingress, Egress], ingress: [{ action: Allow }] }',
        inShop,
      ),
      'ingress',
    ],
    [
      'Calico, global',
      object(
        'projectcalico.org/v3',
        'GlobalNetworkPolicy',
        '{ namespaceSelector: has(projectcalico.org/name), types: [Egress] }',
      ),
      'ingress',
    ],
    [
      'admin, denying',
      object(
        'policy.networking.k8s.io/v1alpha1',
        'BaselineAdminNetworkPolicy',
        '{ subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }',
      ),
      'egress',
    ],
    [
      'admin, allowing',
      object(
        'policy.networking.k8s.io/v1alpha1',
        'AdminNetworkPolicy',
        '{ subject: { namespaces: {} }, ingress: [{ action: Allow, from: [{ namespaces: {} }] }] }',
      ),
      'ingress or egress',
    ],
    [
      'admin, of another namespace',
      object(
        'policy.networking.k8s.io/v1alpha1',
        'AdminNetworkPolicy',
        '{ subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: other } } }, egress: [{ action: Deny }] }',
      ),
      'ingress or egress',
    ],
    [
      'cluster network policy',
      object(
        'policy.networking.k8s.io/v1alpha2',
        'ClusterNetworkPolicy',
        '{ tier: Baseline, subject: { pods: { namespaceSelector: {}, podSelector: {} } }, egress: [{ action: Deny }] }',
      ),
      'ingress',
    ],
    [
      'Antrea',
      object(
        'crd.antrea.io/v1beta1',
        'ClusterNetworkPolicy',
        '{ appliedTo: [{ namespaceSelector: {} }], ingress: [{ action: Drop }] }',
      ),
      'egress',
    ],
    [
      'Kyverno generates',
      object(
        'kyverno.io/v1',
        'ClusterPolicy',
        `{ rules: [{ generate: { kind: NetworkPolicy, data: { spec: ${BOTH} } } }] }`,
      ),
      'none',
    ],
    [
      'Kyverno copies',
      object(
        'kyverno.io/v1',
        'ClusterPolicy',
        '{ rules: [{ generate: { kind: NetworkPolicy, clone: { name: p } } }] }',
      ),
      'none',
    ],
  ])('%s', (_, text, expected) => {
    expect(lacking(text)).toBe(expected);
  });
});

describe('cluster-wide policies of some namespaces', () => {
  const admin = `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: tenants }
spec:
  subject: { namespaces: { matchLabels: { tenant: "yes" } } }
  ingress: [{ action: Deny }]
  egress: [{ action: Deny }]
`;

  test.each([
    ['the label is there', { 'ns.yaml': namespace('shop', '  labels: { tenant: "yes" }\n') }, 0],
    ['it has another value', { 'ns.yaml': namespace('shop', '  labels: { tenant: "no" }\n') }, 1],
    ['it is not there', { 'ns.yaml': namespace('shop') }, 1],
    ['it is filled in later', { 'ns.yaml': namespace('shop', '  labels: { tenant: "${TENANT}" }\n') }, 0],
    ['the Namespace is not in the workspace', {}, 0],
  ])('%s', (_, files, count) => {
    expect(inspect(rule, { ...files, 'web.yaml': workload('web', 'shop'), 'admin.yaml': admin })).toHaveLength(count);
  });
});

describe('silence', () => {
  test.each([
    ['no workloads', { 'a.yaml': namespace('shop') }],
    ['workloads without a namespace', { 'a.yaml': namespace('shop'), 'b.yaml': workload('web', '') }],
    ['a namespace that is filled in later', { 'a.yaml': workload('web', '"{{ .Release.Namespace }}"') }],
    ['the control plane', { 'a.yaml': workload('dns', 'kube-system') }],
    [
      'a namespace that kustomize replaces',
      { 'a/a.yaml': workload('web', 'base'), 'a/kustomization.yaml': 'namespace: shop\nresources: [a.yaml]\n' },
    ],
  ])('%s', (_, files) => {
    const project = openProject(files);
    for (const file of Object.keys(files)) expect(find(project, file)).toEqual([]);
  });
});

describe('the network of the host', () => {
  const agent = workload('agent', 'shop', '  hostNetwork: true\n');

  test('a note where all workloads use it, for no policy reaches them', () => {
    const [found] = inspect(rule, agent);
    expect(found).toMatchObject({ text: 'shop', severity: 'info' });
    expect(found?.message).toContain('which policies do not reach');
  });

  test('a warning where one does not', () => {
    const [found] = inspect(rule, { 'a.yaml': agent, 'b.yaml': workload('web', 'shop') });
    expect(found).toMatchObject({ file: 'a.yaml', severity: 'warning' });
  });
});

describe('while files change', () => {
  test('a policy in another file takes the finding away and brings it back', () => {
    const project = openProject({ 'ns/shop.yaml': namespace('shop'), 'apps/web.yaml': workload('web', 'shop') });
    expect(find(project, 'ns/shop.yaml')).toHaveLength(1);
    project.takeStale();
    project.setFile(toUri('net/deny.yaml'), policy('deny', 'shop', BOTH), 'yaml');
    expect(project.takeStale()).toContain(toUri('ns/shop.yaml'));
    expect(find(project, 'ns/shop.yaml')).toEqual([]);
    project.removeFile(toUri('net/deny.yaml'));
    expect(project.takeStale()).toContain(toUri('ns/shop.yaml'));
    expect(find(project, 'ns/shop.yaml')).toHaveLength(1);
  });

  test('the Namespace takes the finding over from the workload', () => {
    const project = openProject({ 'apps/web.yaml': workload('web', 'shop') });
    expect(find(project, 'apps/web.yaml')).toHaveLength(1);
    project.takeStale();
    project.setFile(toUri('ns/shop.yaml'), namespace('shop'), 'yaml');
    expect(project.takeStale()).toContain(toUri('apps/web.yaml'));
    expect(find(project, 'apps/web.yaml')).toEqual([]);
    expect(find(project, 'ns/shop.yaml')).toHaveLength(1);
  });

  test('the order in which files are read does not matter', () => {
    const files: [string, string][] = [
      ['z.yaml', workload('z', 'shop')],
      ['m.yaml', policy('in', 'shop', '{ podSelector: {}, policyTypes: [Ingress] }')],
      ['a.yaml', workload('a', 'shop')],
    ];
    const messages = (order: [string, string][]) => {
      const project = openProject(Object.fromEntries(order));
      return ['a.yaml', 'm.yaml', 'z.yaml'].map((file) => find(project, file).map(({ message }) => message));
    };
    expect(messages([...files].reverse())).toEqual(messages(files));
  });
});

describe('fixes', () => {
  const fixesOf = (files: Record<string, string>) => find(openProject(files), 'shop.yaml')[0]?.fixes ?? [];
  const names = (operations: readonly Operation[]) =>
    operations
      .flatMap((operation) =>
        operation.op === 'insertDocument'
          ? [operation.value]
          : operation.op === 'createFile'
            ? operation.documents
            : [],
      )
      .map((value) => (value as { metadata: { name: string } }).metadata.name);
  const base = { 'shop.yaml': namespace('shop'), 'web.yaml': workload('web', 'shop') };

  test('one of two directions leaves a finding that says less', () => check(rule, base, 1));

  test('beside an object of JSON they are JSON, in a file of their own', () => {
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const fixes = find(openProject({ 'shop.json': json, 'web.yaml': workload('web', 'shop') }), 'shop.json')[0]?.fixes;
    expect(fixes?.map(({ title }) => title)).toEqual([
      'Deny ingress and egress by default in namespace "shop" and allow DNS, in the new file shop-default-deny.json',
      'Deny ingress by default in namespace "shop", in the new file shop-default-deny.json',
    ]);
    check(rule, { 'shop.json': json, 'web.yaml': workload('web', 'shop') }, 1);
  });

  test('both directions with DNS, or ingress alone; in this file or in a new one', () => {
    const fixes = fixesOf(base);
    expect(fixes.map(({ title }) => title)).toEqual([
      'Deny ingress and egress by default in namespace "shop" and allow DNS, in this file',
      'Deny ingress and egress by default in namespace "shop" and allow DNS, in the new file shop-default-deny.yaml',
      'Deny ingress by default in namespace "shop", in this file',
      'Deny ingress by default in namespace "shop", in the new file shop-default-deny.yaml',
    ]);
    expect(fixes.map(({ operations }) => operations.map(({ op }) => op))).toEqual([
      ['insertDocument', 'insertDocument'],
      ['createFile'],
      ['insertDocument'],
      ['createFile'],
    ]);
    expect(fixes.map(({ safety }) => safety)).toEqual(['unsafe', 'unsafe', 'unsafe', 'unsafe']);
    expect(fixes.map(({ operations }) => names(operations))).toEqual([
      ['default-deny', 'allow-dns'],
      ['default-deny', 'allow-dns'],
      ['default-deny-ingress'],
      ['default-deny-ingress'],
    ]);
    const [deny, dns] = fixes[1]?.operations[0]?.op === 'createFile' ? fixes[1].operations[0].documents : [];
    expect(deny).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: 'shop' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    expect(dns).toMatchObject({
      spec: {
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
              },
            ],
            ports: [
              { protocol: 'UDP', port: 53 },
              { protocol: 'TCP', port: 53 },
            ],
          },
        ],
      },
    });
  });

  const BOTH_TITLE = 'Deny ingress and egress by default in namespace "shop" and allow DNS';

  test('the policies stand behind the Namespace, deny first, and settle the finding', () => {
    const files = { 'shop.yaml': `${namespace('shop')}# the end\n---\n${workload('web', 'shop')}` };
    const after = applyFix(rule, files, `${BOTH_TITLE}, in this file`);
    const kinds = [...(after['shop.yaml'] ?? '').matchAll(/^kind: (\w+)\nmetadata:\n {2}name: ([\w-]+)/gm)];
    expect(kinds.map(([, kind, name]) => `${kind} ${name}`)).toEqual([
      'Namespace shop',
      'NetworkPolicy default-deny',
      'NetworkPolicy allow-dns',
      'Pod web',
    ]);
    expect(after['shop.yaml']).toContain('# the end');
    expect(inspect(rule, after)).toEqual([]);
  });

  test('the new file lies beside the Namespace and holds both', () => {
    const files = { 'ns/shop.yaml': namespace('shop'), 'apps/web.yaml': workload('web', 'shop') };
    const after = applyFix(rule, files, `${BOTH_TITLE}, in the new file shop-default-deny.yaml`);
    expect(Object.keys(after)).toContain('ns/shop-default-deny.yaml');
    expect(inspect(rule, after)).toEqual([]);
    for (const found of RULE_SET.all.filter(({ category }) => category === 'network')) {
      expect(inspect(found, { 'new.yaml': after['ns/shop-default-deny.yaml'] ?? '' })).toEqual([]);
    }
  });

  test('ingress alone leaves egress to be said', () => {
    const after = applyFix(rule, base, 'Deny ingress by default in namespace "shop", in this file');
    expect(inspect(rule, after).map(({ message }) => message)).toEqual([
      'Namespace "shop" runs workloads and has no default-deny network policy for egress: a pod that no policy selects for egress can connect to any address.',
    ]);
  });

  test('at a workload without a Namespace object too', () => {
    const after = applyFix(rule, { 'web.yaml': workload('web', 'shop') }, `${BOTH_TITLE}, in this file`);
    expect(inspect(rule, after)).toEqual([]);
  });

  test('no new file for a name that is no name of a file', () => {
    const [found] = inspect(rule, workload('web', '../etc'));
    expect(found?.fixes.every((title) => title.endsWith('in this file'))).toBe(true);
  });

  test('one direction alone, under a name that is free', () => {
    const spec = '{ podSelector: {}, policyTypes: [Egress] }';
    const others = {
      'p.yaml': policy('default-deny-ingress', 'shop', spec),
      'q.yaml': policy('default-deny-ingress-2', 'shop', spec),
    };
    const fixes = fixesOf({ ...base, ...others });
    expect(fixes.map(({ operations }) => names(operations))).toEqual([
      ['default-deny-ingress-3'],
      ['default-deny-ingress-3'],
    ]);
  });
});
