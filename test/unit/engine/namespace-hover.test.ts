import { describe, expect, test } from 'vitest';
import { getNamespaceLabelReport, type NamespaceLabelReport } from '../../../server/src/engine/namespace-hover';
import { getActiveChecks, PSS_NEWEST_MINOR } from '../../../server/src/standards/pss';
import { HARDENED_POD } from '../../cli/manifests';
import { openProject, toUri } from '../../harness/lint-text';

function toNamespace(labels: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n${labels.replace(/^(?=.)/gm, '    pod-security.kubernetes.io/')}\n`;
}

const BAD = `apiVersion: apps/v1
kind: Deployment
metadata: {name: bad, namespace: shop}
spec:
  selector: {matchLabels: {app: bad}}
  template:
    metadata: {labels: {app: bad}}
    spec:
      hostNetwork: true
      containers:
        - name: bad
          image: registry.example.com/bad:1.0
`;
const GOOD = HARDENED_POD.replace('  name:', '  namespace: shop\n  name:');
const ELSEWHERE = BAD.replaceAll('shop', 'other');

function report(
  namespace: string,
  needle: string,
  files: Readonly<Record<string, string>> = {},
  settings = {},
): NamespaceLabelReport | undefined {
  const project = openProject({ 'ns.yaml': namespace, ...files }, settings);
  return getNamespaceLabelReport(project, toUri('ns.yaml'), namespace.indexOf(needle));
}

describe('a Pod Security label', () => {
  test('tells mode, level, version and the checks in force there', () => {
    const text = toNamespace('enforce: baseline\nenforce-version: v1.20');
    expect(report(text, 'baseline')).toMatchObject({
      namespace: 'shop',
      mode: 'enforce',
      level: 'baseline',
      isLevelValid: true,
      minor: 20,
      isLatest: false,
      checks: getActiveChecks('baseline', 20),
      workloads: 0,
    });
    expect(report(text, 'v1.20')?.level).toBe('baseline');
    const span = report(text, 'enforce:')?.span;
    expect(text.slice(span?.start, span?.end)).toBe('pod-security.kubernetes.io/enforce: baseline');
  });

  test('without a version, or with latest, means the version of the settings', () => {
    for (const labels of ['warn: restricted', 'warn: restricted\nwarn-version: latest']) {
      expect(report(toNamespace(labels), 'restricted', {}, { kubernetesMinor: 25 })).toMatchObject({
        minor: 25,
        isLatest: true,
      });
    }
    expect(report(toNamespace('warn: restricted'), 'restricted')?.minor).toBe(PSS_NEWEST_MINOR);
  });

  test('that holds no level is told by what the API server makes of it', () => {
    expect(report(toNamespace('enforce: strict'), 'strict')).toMatchObject({
      level: 'restricted',
      isLevelValid: false,
    });
    expect(report(toNamespace('audit: strict'), 'strict')).toMatchObject({ level: 'privileged', isLevelValid: false });
    expect(report(toNamespace('audit-version: v1.30'), 'v1.30')).toMatchObject({ isLevelAbsent: true });
  });

  test('is silent on other labels, other objects, and values that are not known', () => {
    const text = toNamespace('enforce: baseline');
    expect(report(text, 'kind')).toBeUndefined();
    expect(report(text.replace('kind: Namespace', 'kind: ConfigMap'), 'baseline')).toBeUndefined();
    expect(report(toNamespace('enforce: ${LEVEL}'), 'LEVEL')).toBeUndefined();
    expect(
      report('apiVersion: v1\nkind: Namespace\nmetadata:\n  labels: {team: baseline}\n', 'baseline'),
    ).toBeUndefined();
  });
});

describe('the workloads of the namespace', () => {
  const files = { 'bad.yaml': BAD, 'good.yaml': GOOD, 'elsewhere.yaml': ELSEWHERE };

  test('are judged by the level and version of the label, wherever their files are', () => {
    const found = report(toNamespace('enforce: restricted\nenforce-version: v1.30'), 'restricted', files);
    expect(found).toMatchObject({ workloads: 2, failing: [{ title: 'Deployment "bad"', uri: toUri('bad.yaml') }] });
    const ids = found?.failing[0]?.checks.map(({ id }) => id);
    expect(ids).toContain('hostNamespaces');
    expect(ids).toContain('runAsNonRoot');
    const baseline = report(toNamespace('enforce: baseline'), 'baseline', files);
    expect(baseline?.failing[0]?.checks.map(({ id }) => id)).toEqual(['hostNamespaces']);
    expect(report(toNamespace('enforce: privileged'), 'privileged', files)).toMatchObject({
      workloads: 2,
      failing: [],
    });
  });

  test('are judged by each label by itself, and by rules that are off too', () => {
    const text = toNamespace('enforce: privileged\nwarn: restricted');
    const settings = { rules: { 'host-namespaces-shared': 'off' } };
    expect(report(text, 'privileged', files, settings)?.failing).toEqual([]);
    expect(report(text, 'restricted', files, settings)?.failing[0]?.checks.map(({ id }) => id)).toContain(
      'hostNamespaces',
    );
  });

  test('in files that are only in the background are read as they are now', () => {
    const namespace = toNamespace('enforce: restricted');
    const project = openProject({ 'ns.yaml': namespace });
    project.setFile(toUri('bad.yaml'), BAD, 'yaml', false);
    const ask = () => getNamespaceLabelReport(project, toUri('ns.yaml'), namespace.indexOf('restricted'));
    expect(ask()?.failing).toHaveLength(1);
    project.setFile(toUri('bad.yaml'), GOOD, 'yaml', false);
    expect(ask()).toMatchObject({ workloads: 1, failing: [] });
  });
});
