import { describe, expect, test } from 'vitest';
import { getNetworkHover } from '../../../server/src/engine/network-hover';
import defaultDenyMissing from '../../../server/src/rules/network/default-deny-missing';
import peerSelectsNothing from '../../../server/src/rules/network/peer-selects-nothing';
import policySelectsNothing from '../../../server/src/rules/network/policy-selects-nothing';
import policyTypesMissing from '../../../server/src/rules/network/policy-types-missing';
import { inspect } from '../../harness/inspect';
import { openProject, toUri } from '../../harness/lint-text';
import { toDeployment, toPolicy } from './policy-text';

const WEB = toDeployment('web', '{ app: web }');
const FRONT = toPolicy('policyTypes: [Ingress]', '{ matchLabels: { app: web, tier: front } }');
const FROM_FRONT = toPolicy(
  'policyTypes: [Ingress]\ningress:\n  - from:\n      - podSelector: { matchLabels: { app: web, tier: front } }\n',
  '{ matchLabels: { app: web } }',
);

describe('labels that a kustomization may write', () => {
  const files = (overlay: string, base = '') => ({
    'base/kustomization.yaml': `resources: [web.yaml]\n${base}`,
    'base/web.yaml': WEB,
    'overlay/kustomization.yaml': `resources:\n  - ../base\n  - front.yaml\n${overlay}`,
  });
  const count = (overlay: string, base?: string) => [
    inspect(policySelectsNothing, { ...files(overlay, base), 'overlay/front.yaml': FRONT }).length,
    inspect(peerSelectsNothing, { ...files(overlay, base), 'overlay/front.yaml': FROM_FRONT }).length,
  ];

  test.each([
    ['common labels', 'commonLabels: { tier: front }\n', 0],
    ['other common labels', 'commonLabels: { team: a }\n', 1],
    ['labels of templates', 'labels:\n  - pairs: { tier: front }\n    includeTemplates: true\n', 0],
    ['labels of selectors', 'labels:\n  - pairs: { tier: front }\n    includeSelectors: true\n', 0],
    ['labels of objects alone', 'labels:\n  - pairs: { tier: front }\n', 1],
    ['a patch of a file', 'patches:\n  - path: patch.yaml\n', 0],
    ['a patch of a file in the old way', 'patchesStrategicMerge: [patch.yaml]\n', 0],
    ['a patch of other objects', 'patches:\n  - path: patch.yaml\n    target: { kind: Ingress }\n', 1],
    [
      'a patch of labels',
      'patches:\n  - patch: "- { op: add, path: /spec/template/metadata/labels/tier, value: front }"\n',
      0,
    ],
    ['a patch of something else', 'patches:\n  - patch: "- { op: replace, path: /spec/replicas, value: 3 }"\n', 1],
    ['a transformer', 'transformers: [labels.yaml]\n', 0],
    ['a component', 'components: [../components/labels]\n', 0],
    ['a chart', 'helmCharts:\n  - name: front\n', 0],
    ['a base elsewhere', '  - https://github.com/example/front//deploy?ref=v1\n', 0],
    ['nothing of these', '', 1],
  ])('%s', (_, overlay, expected) => {
    expect(count(overlay)).toEqual([expected, expected]);
  });

  test('also in the base, and by one that builds from it through another', () => {
    expect(count('', 'commonLabels: { tier: front }\n')).toEqual([0, 0]);
    const far = { 'prod/all/kustomization.yaml': 'resources: [../../overlay/]\ncommonLabels: { tier: front }\n' };
    expect(inspect(policySelectsNothing, { ...files(''), ...far, 'overlay/front.yaml': FRONT })).toEqual([]);
  });

  test('one that builds from something else changes nothing here', () => {
    const other = { 'other/kustomization.yaml': 'resources: [../bases, ./web.yaml]\ncommonLabels: { tier: front }\n' };
    expect(inspect(policySelectsNothing, { ...files(''), ...other, 'overlay/front.yaml': FRONT })).toHaveLength(1);
  });

  test('what has the label with another value is not meant for all that', () => {
    const overlay = 'commonLabels: { tier: front }\n';
    const back = { ...files(overlay), 'base/web.yaml': toDeployment('web', '{ app: web, tier: back }') };
    expect(inspect(policySelectsNothing, { ...back, 'overlay/front.yaml': FRONT })).toHaveLength(1);
  });
});

describe('the namespace that a kustomization writes', () => {
  const overlay = (namespace: string) => `namespace: ${namespace}\nresources: [../base]\n`;
  const base = { 'base/web.yaml': WEB, 'base/front.yaml': FRONT };

  test('moves what it builds from, wherever that lies', () => {
    const moved = { ...base, 'overlay/kustomization.yaml': overlay('prod') };
    expect(inspect(defaultDenyMissing, moved)).toEqual([]);
    expect(inspect(policySelectsNothing, moved)).toEqual([]);
  });

  test('which is the same, or of files elsewhere, moves nothing', () => {
    const same = { ...base, 'overlay/kustomization.yaml': overlay('shop') };
    const other = { ...base, 'overlay/kustomization.yaml': overlay('prod').replace('base', 'bases') };
    for (const files of [same, other]) {
      expect(inspect(defaultDenyMissing, files)).toHaveLength(1);
      expect(inspect(policySelectsNothing, files)).toHaveLength(1);
    }
  });
});

describe('a patch of a policy', () => {
  const patch = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }] }]
`;
  const files = (kustomization: string) => ({
    'base/web.yaml': WEB,
    'overlay/kustomization.yaml': kustomization,
    'overlay/patch.yaml': patch,
  });

  test.each([
    ['a patch', 'patches: [{ path: patch.yaml }]\n', [0, 0]],
    ['in the old way', 'resources: [../base]\npatchesStrategicMerge: [./patch.yaml]\n', [0, 0]],
    ['by JSON', 'resources: [../base]\npatchesJson6902: [{ path: ../overlay/patch.yaml }]\n', [0, 0]],
    ['a file of its own', 'resources: [../base, patch.yaml]\n', [1, 1]],
  ])('is not judged for what it leaves out: %s', (_, kustomization, expected) => {
    const found = [policyTypesMissing, peerSelectsNothing].map((rule) => inspect(rule, files(kustomization)).length);
    expect(found).toEqual(expected);
  });

  test('denies nothing by itself', () => {
    expect(inspect(defaultDenyMissing, files('patches: [{ path: patch.yaml }]\n'))).toHaveLength(1);
    expect(inspect(defaultDenyMissing, files('resources: [patch.yaml]\n'))).toEqual([]);
  });

  test('is called one by its hover', () => {
    const hover = (kustomization: string) =>
      getNetworkHover(openProject(files(kustomization)), toUri('overlay/patch.yaml'), patch.indexOf('NetworkPolicy'));
    expect(hover('patches: [{ path: patch.yaml }]\n')?.markdown).toMatch(/^A patch/);
    expect(hover('resources: [patch.yaml]\n')?.markdown).toMatch(/^All pods/);
  });
});
