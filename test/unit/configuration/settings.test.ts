import { describe, expect, test } from 'vitest';
import { isExcluded, parseConfiguration, toSettings } from '../../../server/src/engine/configuration';
import { getNearest } from '../../../server/src/engine/configuration/nearest';
import { Project } from '../../../server/src/engine/project';
import { DEFAULT_SETTINGS, toNamespaceSettings } from '../../../server/src/engine/settings';
import { RULE_SET } from '../../harness/lint-text';

const RULE_IDS = [...RULE_SET.byId.keys()];

function read(text: string) {
  const { configuration, problems } = parseConfiguration(text, RULE_IDS);
  expect(problems).toEqual([]);
  return configuration;
}

describe('settings of a file', () => {
  test('without a configuration they are the defaults', () => {
    expect(toSettings(read(''), 'a.yaml')).toEqual(DEFAULT_SETTINGS);
  });

  test('an override counts for its paths only, and the later one wins', () => {
    const configuration = read(`
podSecurity: { level: restricted }
rules: { privileged-container: warning }
overrides:
  - paths: [legacy]
    podSecurity: { level: baseline }
    rules: { privileged-container: info }
  - paths: [legacy/agents/**]
    podSecurity: { level: privileged }
`);
    expect(toSettings(configuration, 'apps/a.yaml').podSecurityLevel).toBe('restricted');
    expect(toSettings(configuration, 'legacy/a.yaml').podSecurityLevel).toBe('baseline');
    expect(toSettings(configuration, 'legacy/agents/a.yaml').podSecurityLevel).toBe('privileged');
    expect(toSettings(configuration, 'apps/a.yaml').rules).toEqual({ 'privileged-container': 'warning' });
    expect(toSettings(configuration, 'legacy/agents/a.yaml').rules).toEqual({ 'privileged-container': 'info' });
  });

  test('what is forced wins over the file and its overrides; the base stands below them', () => {
    const configuration = read(`
rules: { privileged-container: off }
overrides:
  - paths: ['*.yaml']
    podSecurity: { level: privileged }
  - namespaces: [kube-system]
    podSecurity: { level: privileged }
`);
    const base = { ...DEFAULT_SETTINGS, kubernetesMinor: 20, rules: { 'privileged-container': 'info' as const } };
    const settings = toSettings(configuration, 'a.yaml', { base, forced: { podSecurityLevel: 'baseline' } });
    expect(settings).toMatchObject({
      podSecurityLevel: 'baseline',
      kubernetesMinor: 20,
      rules: { 'privileged-container': 'off' },
    });
    expect(toNamespaceSettings(settings, 'kube-system').podSecurityLevel).toBe('baseline');
  });

  test('an override for a namespace holds for its objects, whatever file they are in', () => {
    const configuration = read(`
overrides:
  - namespaces: [kube-system, monitoring]
    rules: { privileged-container: off }
`);
    const pod = (namespace: string): string => `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: ${namespace} }
spec:
  containers: [{ name: agent, image: agent:1, securityContext: { privileged: true } }]
`;
    const project = new Project(RULE_SET, (uri) => toSettings(configuration, uri));
    project.setFile('pods.yaml', `${pod('shop')}---\n${pod('kube-system')}---\n${pod('monitoring')}`, 'yaml');
    const found = project.check('pods.yaml')?.findings.filter(({ rule }) => rule === 'privileged-container') ?? [];
    expect(found.map(({ resource }) => resource?.namespace)).toEqual(['shop']);
  });

  test('paths and namespaces of one override must both hold', () => {
    const configuration = read(`
overrides:
  - paths: [infra]
    namespaces: [kube-system]
    podSecurity: { level: privileged }
`);
    const inside = toSettings(configuration, 'infra/a.yaml');
    expect(toNamespaceSettings(inside, 'kube-system').podSecurityLevel).toBe('privileged');
    expect(toNamespaceSettings(inside, 'shop').podSecurityLevel).toBe('restricted');
    expect(toNamespaceSettings(inside, undefined).podSecurityLevel).toBe('restricted');
    const outside = toSettings(configuration, 'apps/a.yaml');
    expect(toNamespaceSettings(outside, 'kube-system').podSecurityLevel).toBe('restricted');
  });
});

describe('globs', () => {
  test.each([
    ['vendor', 'vendor/a.yaml', true],
    ['vendor/', 'vendor/deep/a.yaml', true],
    ['vendor', 'apps/vendor/a.yaml', true],
    ['vendor', 'vendors/a.yaml', false],
    ['./vendor', 'vendor/a.yaml', true],
    ['*.gen.yaml', 'deep/down/a.gen.yaml', true],
    ['*.gen.yaml', 'a.yaml', false],
    ['apps/*.yaml', 'apps/a.yaml', true],
    ['apps/*.yaml', 'apps/deep/a.yaml', false],
    ['apps/**', 'apps/deep/a.yaml', true],
    ['**/test/**', 'a/test/b/c.yaml', true],
    ['**/test', 'a/test/b/c.yaml', true],
    ['.github', '.github/workflows/ci.yml', true],
    ['a?.{yaml,yml}', 'ab.yml', true],
  ])('%s and %s: %s', (glob, path, isMeant) => {
    expect(isExcluded(read(`exclude: ['${glob}']\n`), path)).toBe(isMeant);
  });
});

describe('the nearest word', () => {
  test.each([
    ['verb-wildcrad', 'verb-wildcard'],
    ['Verb-Wildcard', 'verb-wildcard'],
    ['verbs-wildcard', 'verb-wildcard'],
    ['privileged', undefined],
    ['zebra', undefined],
    ['', undefined],
  ])('%s: %s', (word, nearest) => {
    expect(getNearest(word, ['privileged-container', 'verb-wildcard'])).toBe(nearest);
  });
});
