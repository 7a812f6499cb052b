import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorkspaceScope } from '../../server/src/model/workspace/scope';
import { RULES as ALL_RULES } from '../../server/src/rules/index';
import { checkFile, openProject } from '../harness/lint-text';
import { toDeployment, toPolicy } from './network/policy-text';

// Said to be there: others of each kind, so that the workspace can know of them by itself.
const PRESENT = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web-reader, namespace: shop }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: pod-reader, namespace: shop }
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: node-reader }
rules: []
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: registry-credentials, namespace: shop }
`;

const pod = (id: string, namespace: string, spec: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${id}, namespace: ${namespace} }\nspec:\n  ${spec}\n  containers: [{ name: app, image: "registry.example.com/app:1.0.0" }]\n`;
const binding = (id: string, namespace: string, role: string, subject: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: ${id}, namespace: ${namespace} }\nroleRef: { apiGroup: rbac.authorization.k8s.io, ${role} }\nsubjects: [${subject}]\n`;
const GROUP = '{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: operators }';

const FORMS: Readonly<Record<string, readonly [near: string, kind: string, text: typeof pod]>> = {
  account: ['web-raeder', 'ServiceAccount', (id, ns, name) => pod(id, ns, `serviceAccountName: ${name}`)],
  subject: [
    'web-reder',
    'ServiceAccount',
    (id, ns, name) =>
      binding(id, ns, 'kind: ClusterRole, name: view', `{ kind: ServiceAccount, name: ${name}, namespace: ${ns} }`),
  ],
  role: ['pod-raeder', 'Role', (id, ns, name) => binding(id, ns, `kind: Role, name: ${name}`, GROUP)],
  'cluster role': [
    'node-raeder',
    'ClusterRole',
    (id, ns, name) => binding(id, ns, `kind: ClusterRole, name: ${name}`, GROUP),
  ],
  'pull secret': [
    'registry-credentails',
    'Secret',
    (id, ns, name) => pod(id, ns, `imagePullSecrets: [{ name: ${name} }]`),
  ],
};

/** A name that a file gives to an object which no file holds. */
interface Lost {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** True where something of nearly the name is here. */
  readonly isNear: boolean;
  readonly form: string;
}

const lost: fc.Arbitrary<readonly Lost[]> = fc.array(
  fc
    .record({
      form: fc.constantFrom(...Object.keys(FORMS)),
      wantsNear: fc.boolean(),
      namespace: fc.constantFrom('shop', 'payments'),
      word: fc.constantFrom('quartz', 'xylophone', 'jukebox', 'fjord'),
    })
    .map(({ form, wantsNear, namespace, word }): Lost => {
      const [near, kind] = FORMS[form] ?? ['', ''];
      const isNear = wantsNear && (namespace === 'shop' || kind === 'ClusterRole');
      return { kind, namespace, name: wantsNear ? near : word, isNear, form };
    }),
  { minLength: 1, maxLength: 6 },
);

const RULES = [
  'service-account-not-found',
  'subject-not-found',
  'role-not-found',
  'image-pull-secret-not-found',
  'policy-selects-nothing',
  'peer-selects-nothing',
  'namespace-label-missing',
];

/** What is said of each file, by its name: that something is not there, and all else. */
function judge(files: Readonly<Record<string, string>>, workspace?: WorkspaceScope) {
  const project = openProject(files, workspace && { workspace });
  return Object.keys(files).map((name) => {
    const { findings } = checkFile(project, name);
    const [missing, other] = [true, false].map((wanted) =>
      findings.filter(({ rule }) => RULES.includes(rule) === wanted),
    );
    return { missing: missing ?? [], other: other?.map(({ rule, message }) => [rule, message]) };
  });
}

function toFiles(objects: readonly Lost[]): Record<string, string> {
  const texts = objects.map(({ form, namespace, name }, index) => {
    return [`${index}.yaml`, FORMS[form]?.[2](`user-${index}`, namespace, name) ?? ''];
  });
  return { ...Object.fromEntries(texts), 'present.yaml': PRESENT };
}

const isDeclared = (one: Lost, { kind, namespace, name }: Lost) =>
  one.kind === kind && one.name === name && (kind === 'ClusterRole' || one.namespace === namespace);

describe('objects that live elsewhere', () => {
  test('are not said to be missing, and nothing else changes', () => {
    fc.assert(
      fc.property(lost, fc.nat(), fc.constantFrom('auto' as const, true, false), (objects, choice, complete) => {
        const declared = objects[choice % objects.length] as Lost;
        const { kind, namespace, name } = declared;
        const external = [kind === 'ClusterRole' ? { kind, name } : { kind, namespace, name }];
        const files = toFiles(objects);
        const before = judge(files, { complete, external: [] });
        const after = judge(files, { complete, external });
        expect(after.map(({ other }) => other)).toEqual(before.map(({ other }) => other));
        const expected = before.map(({ missing }, index) => {
          const object = objects[index];
          return object && isDeclared(object, declared) ? [] : missing;
        });
        expect(after.map(({ missing }) => missing)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [{ kind: 'Serv*', name: '*' }, 0],
    [{ kind: '*', namespace: 'sh?p', name: 'quar*' }, 0],
    [{ kind: '*', namespace: 'sh?', name: 'quartz' }, 1],
    [{ kind: 'ServiceAccount', namespace: 'payments', name: 'quartz' }, 1],
    [{ kind: 'Secret', namespace: 'shop', name: 'quartz' }, 1],
  ])('may be named by patterns: %j', (external, expected) => {
    const files = { 'pod.yaml': pod('web', 'shop', 'serviceAccountName: quartz'), 'present.yaml': PRESENT };
    const [first] = judge(files, { complete: 'auto', external: [external] });
    expect(first?.missing).toHaveLength(expected);
  });
});

describe('how much of the cluster is here', () => {
  test('false leaves near misses, true says all, auto what the files show', () => {
    fc.assert(
      fc.property(lost, (objects) => {
        const files = toFiles(objects);
        const said = (complete: WorkspaceScope['complete']) =>
          judge(files, { complete, external: [] }).flatMap(({ missing }) => missing);
        const [none, auto, all] = [said(false), said('auto'), said(true)];
        const isNear = ({ message }: { message: string }) => /Did you mean|but one named/.test(message);
        expect(none.every(isNear)).toBe(true);
        expect(none).toHaveLength(objects.filter((object) => object.isNear).length);
        expect(auto.filter(isNear)).toEqual(none);
        expect(all.filter(isNear)).toEqual(none);
        expect(all).toHaveLength(objects.length);
        expect(all.every(({ severity }) => severity === 'warning')).toBe(true);
        expect(auto.filter((one) => !isNear(one)).every(({ severity }) => severity === 'info')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a list names the namespaces of which all is here', () => {
    const files = {
      'a.yaml': pod('a', 'payments', 'serviceAccountName: quartz'),
      'b.yaml': pod('b', 'team-a', 'serviceAccountName: quartz'),
      'c.yaml': pod('c', 'shop', 'serviceAccountName: quartz'),
      'present.yaml': PRESENT,
    };
    const found = judge(files, { complete: ['team-*'], external: [] });
    expect(found.map(({ missing }) => missing[0]?.severity)).toEqual([undefined, 'warning', 'info', undefined]);
  });

  test('what every cluster has is never missing', () => {
    const files = {
      'pod.yaml': pod('a', 'shop', 'serviceAccountName: default'),
      'system.yaml': pod('b', 'kube-system', 'serviceAccountName: quartz'),
      'admin.yaml': binding('c', 'shop', 'kind: ClusterRole, name: cluster-admin', GROUP),
      'cloud.yaml': binding('d', 'shop', 'kind: ClusterRole, name: "system:coredns"', GROUP),
      'subject.yaml': binding(
        'e',
        'shop',
        'kind: ClusterRole, name: view',
        '{ kind: ServiceAccount, name: default, namespace: shop }',
      ),
    };
    expect(judge(files, { complete: true, external: [] }).flatMap(({ missing }) => missing)).toEqual([]);
  });
});

describe('pods that selectors look for', () => {
  const peer = (labels: string, namespace = '') =>
    toPolicy(
      `policyTypes: [Ingress]\ningress:\n  - from:\n      - podSelector: { matchLabels: { ${labels} } }\n${namespace}`,
    );
  const DB = toDeployment('db', '{ app: db }');
  const elsewhere = '        namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: payments } }\n';

  test.each([
    ['auto', [], peer('app: frontend'), ['info']],
    ['auto', [], peer('app: frontend', elsewhere), []],
    [true, [], peer('app: frontend'), ['warning']],
    [true, [], peer('app: frontend', elsewhere), ['warning', 'warning']],
    [['payments'], [], peer('app: frontend', elsewhere), ['warning']],
    [false, [], peer('app: frontend'), []],
    [false, [], peer('app: bd'), []],
    [false, [], peer('app.kubernetes.io/name: db'), ['warning']],
    ['auto', [{ kind: 'Deployment', namespace: 'shop', name: 'frontend' }], peer('app: frontend'), []],
    ['auto', [{ kind: 'Deployment', namespace: 'payments', name: 'frontend' }], peer('app: frontend'), ['info']],
    ['auto', [{ kind: 'Secret', name: '*' }], peer('app: frontend'), ['info']],
    [
      true,
      [
        { kind: 'Namespace', name: 'payments' },
        { kind: 'Pod', namespace: 'payments', name: '*' },
      ],
      peer('app: frontend', elsewhere),
      [],
    ],
  ] as const)('%j, %j', (complete, external, policy, expected) => {
    const [first] = judge({ 'policy.yaml': policy, 'db.yaml': DB }, { complete, external });
    expect(first?.missing.map(({ severity }) => severity)).toEqual(expected);
  });
});

describe('policies that live elsewhere', () => {
  const pods = toDeployment('db', '{ app: db }');
  const rulesOf = (external: WorkspaceScope['external']) => {
    const settings = { workspace: { complete: 'auto', external }, rules: { 'pod-not-isolated': 'info' } } as const;
    const { findings } = checkFile(openProject({ 'db.yaml': pods }, settings), 'db.yaml');
    return findings.map(({ rule }) => rule).filter((rule) => /^(default-deny-missing|pod-not-isolated)$/.test(rule));
  };

  test.each([
    [[], ['default-deny-missing', 'pod-not-isolated']],
    [[{ kind: 'NetworkPolicy', namespace: 'bank', name: '*' }], ['default-deny-missing', 'pod-not-isolated']],
    [[{ kind: 'NetworkPolicy', namespace: 'shop', name: 'default-deny' }], []],
    [[{ kind: 'NetworkPolicy', name: '*' }], []],
  ])('%j', (external, expected) => {
    expect(rulesOf(external).sort()).toEqual(expected);
  });

  // What is cut off by the policies here may be let through by the others.
  test.each([
    'egress-blocks-dns',
    'ingress-backend-blocked',
    'irsa-sts-blocked',
    'one-sided-allow',
    'pod-identity-agent-blocked',
  ])('%s says nothing then', (id) => {
    const example = ALL_RULES.find((rule) => rule.id === id)?.docs.flags ?? '';
    const files = typeof example === 'string' ? { 'a.yaml': example } : example;
    const count = (external: WorkspaceScope['external']) => {
      const project = openProject(files, { workspace: { complete: 'auto', external } });
      const found = Object.keys(files).flatMap((name) => checkFile(project, name).findings);
      return found.filter(({ rule }) => rule === id).length;
    };
    expect(count([])).toBe(1);
    expect(count([{ kind: 'NetworkPolicy', namespace: 'elsewhere', name: '*' }])).toBe(1);
    expect(count([{ kind: 'NetworkPolicy', name: '*' }])).toBe(0);
  });
});
