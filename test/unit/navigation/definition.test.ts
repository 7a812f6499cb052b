import { describe, expect, test } from 'vitest';
import { getDefinition, getReferences, type NavigationTarget } from '../../../server/src/engine/navigation/targets';
import { openProject } from '../../harness/lint-text';
import { CLUSTER, placeOf } from './files';

/** A target as its file and the text that its name or object stands for. */
function show({ uri, source, span }: NavigationTarget): string {
  return `${uri.replace('file:///project/', '')}: ${source.text.slice(span.start, span.end)}`;
}

function define(file: string, marked: string, files = CLUSTER): string[] | undefined {
  const project = openProject(files);
  const { uri, offset } = placeOf(project, file, marked);
  return getDefinition(project, uri, offset)?.targets.map(show);
}

function refer(file: string, marked: string, hasDeclaration = true, files = CLUSTER): string[] | undefined {
  const project = openProject(files);
  const { uri, offset } = placeOf(project, file, marked);
  return getReferences(project, uri, offset, hasDeclaration)?.map(show);
}

describe('a name leads to what it names', () => {
  test.each([
    ['apps/web.yaml', 'serviceAccountName: wri|ter', 'apps/account.yaml: writer'],
    ['apps/web.yaml', '- name: |registry', 'apps/needs.yaml: registry'],
    ['apps/web.yaml', 'configMapRef: { name: web-config|', 'apps/needs.yaml: web-config'],
    ['apps/web.yaml', 'secretKeyRef: { name: |web-token', 'apps/needs.yaml: web-token'],
    ['apps/web.yaml', 'claimName: |web-data', 'apps/needs.yaml: web-data'],
    ['apps/web.yaml', '- secret: { name: |web-token', 'apps/needs.yaml: web-token'],
    ['apps/web.yaml', 'namespace: |shop', 'apps/needs.yaml: shop'],
    ['rbac/rights.yaml', 'kind: Role, name: |reader', 'rbac/rights.yaml: reader'],
    ['rbac/rights.yaml', "name: '|writer'", 'apps/account.yaml: writer'],
    ['rbac/rights.yaml', 'system:serviceaccount:shop:|writer', 'apps/account.yaml: writer'],
    ['iam/trust.json', 'system:serviceaccount:shop:|writer', 'apps/account.yaml: writer'],
  ])('%s at %s', (file, marked, expected) => {
    expect(define(file, marked)).toEqual([expected]);
  });

  test('the role of an account leads to its trust policy', () => {
    const project = openProject(CLUSTER);
    const { uri, offset } = placeOf(project, 'apps/account.yaml', 'role/|report-writer');
    const [target] = getDefinition(project, uri, offset)?.targets ?? [];
    expect(target?.uri).toMatch(/iam\/trust\.json$/);
  });

  test('a name that nothing defines leads nowhere, and elsewhere nothing leads', () => {
    expect(define('iam/trust.json', 'system:serviceaccount:shop:|other')).toEqual([]);
    expect(define('apps/web.yaml', 'image: |registry')).toBeUndefined();
  });

  test('the object of a target holds its name', () => {
    const project = openProject(CLUSTER);
    const { uri, offset } = placeOf(project, 'apps/web.yaml', 'claimName: |web-data');
    const [target] = getDefinition(project, uri, offset)?.targets ?? [];
    const { source, objectSpan } = target as NavigationTarget;
    expect(source.text.slice(objectSpan.start, objectSpan.end)).toMatch(
      /^apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: .*web-data.*$/m,
    );
  });
});

describe('where a namespace is left open', () => {
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: app }\n';
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  serviceAccountName: app\n  containers: [{ image: a }]\n';
  const files = { 'one/base/sa.yaml': account, 'two/base/sa.yaml': account, 'two/overlay/pod.yaml': pod };

  test('the nearest object is meant', () => {
    expect(define('two/overlay/pod.yaml', 'serviceAccountName: |app', files)).toEqual(['two/base/sa.yaml: app']);
    expect(refer('one/base/sa.yaml', 'name: |app', false, files)).toEqual([]);
    expect(refer('two/base/sa.yaml', 'name: |app', false, files)).toEqual(['two/overlay/pod.yaml: app']);
  });

  test('one that writes the namespace comes before one that is near', () => {
    const written = pod.replace('name: p', 'name: p, namespace: shop');
    const more = {
      ...files,
      'two/overlay/pod.yaml': written,
      'three/sa.yaml': account.replace('app', 'app, namespace: shop'),
    };
    expect(define('two/overlay/pod.yaml', 'serviceAccountName: |app', more)).toEqual(['three/sa.yaml: app']);
    const { 'three/sa.yaml': _, ...less } = more;
    expect(define('two/overlay/pod.yaml', 'serviceAccountName: |app', less)).toEqual(['two/base/sa.yaml: app']);
  });
});

test('references are those of this namespace only, from wherever they are asked for', () => {
  const all = [
    'apps/account.yaml: writer',
    'apps/web.yaml: writer',
    'iam/trust.json: writer',
    'rbac/rights.yaml: writer',
    'rbac/rights.yaml: writer',
  ];
  expect(refer('apps/account.yaml', '|writer')).toEqual(all);
  expect(refer('apps/web.yaml', 'serviceAccountName: |writer')).toEqual(all);
  expect(refer('iam/trust.json', 'shop:|writer', false)).toEqual(all.slice(1));
  expect(refer('other/account.yaml', 'name: |writer', false)).toEqual([]);
  expect(refer('iam/trust.json', 'shop:|other')).toEqual(['iam/trust.json: other']);
});

describe('a selector leads to the workloads that it selects', () => {
  const db =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: db, namespace: data, labels: { app: db } }\nspec: { containers: [{ image: a }] }\n';
  const files = { ...CLUSTER, 'apps/db.yaml': db };
  test.each([
    ['net/policies.yaml', '|app: web', 'apps/web.yaml: web'],
    ['net/policies.yaml', 'podSelector: { matchLabels: { |app: db', 'apps/db.yaml: db'],
    ['net/policies.yaml', '|team: sales', 'apps/web.yaml: web'],
    ['net/policies.yaml', '  podSelector: { matchLabels: { |app: web', 'apps/web.yaml: web'],
    ['apps/web.yaml', 'matchLabels: { |app: web', 'apps/web.yaml: web'],
  ])('%s at %s', (file, marked, expected) => {
    expect(define(file, marked, files)).toEqual([expected]);
  });
});

test('what selects the pods of a workload refers to it', () => {
  const guard = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: guard-web, namespace: shop }
spec: { podSelector: {} }
`;
  const away = guard.replace('shop', 'bank').replace('guard-web', 'elsewhere');
  const files = { ...CLUSTER, 'net/guard.yaml': `${guard}---\n${away}` };
  expect(refer('apps/web.yaml', '  name: |web', true, files)).toEqual([
    'net/policies.yaml: web',
    'net/guard.yaml: guard-web',
  ]);
  expect(refer('net/policies.yaml', 'metadata: { name: |web', true, files)).toBeUndefined();
});

test('accounts that eksctl makes are definitions, those that get a role are references', () => {
  const config = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: c, region: eu-west-1 }
iam:
  serviceAccounts:
    - metadata: { name: writer, namespace: shop }
    - metadata: { name: job, namespace: shop }
      roleOnly: true
  podIdentityAssociations:
    - { namespace: shop, serviceAccountName: job }
`;
  const { 'apps/account.yaml': _, ...rest } = CLUSTER;
  const files = { ...rest, 'eksctl.yaml': config };
  expect(define('apps/web.yaml', 'serviceAccountName: |writer', files)).toEqual(['eksctl.yaml: writer']);
  expect(refer('eksctl.yaml', 'name: |job', true, files)).toEqual(['eksctl.yaml: job', 'eksctl.yaml: job']);
});

test('a bundle that defines what it names is by itself, whatever other bundles define', () => {
  const bundle = `${CLUSTER['apps/account.yaml']}---\n${CLUSTER['apps/web.yaml']}`;
  const files = { 'a/all.yaml': bundle, 'b/all.yaml': bundle, 'c/rights.yaml': CLUSTER['rbac/rights.yaml'] ?? '' };
  expect(define('a/all.yaml', 'serviceAccountName: |writer', files)).toEqual(['a/all.yaml: writer']);
  const [first, second, ...rest] = refer('b/all.yaml', 'name: "|writer', true, files) ?? [];
  expect([first, second]).toEqual(['b/all.yaml: writer', 'b/all.yaml: writer']);
  expect(rest).toEqual(['c/rights.yaml: writer', 'c/rights.yaml: writer']);
  expect(define('c/rights.yaml', "name: '|writer", files)).toEqual(['a/all.yaml: writer', 'b/all.yaml: writer']);
});
