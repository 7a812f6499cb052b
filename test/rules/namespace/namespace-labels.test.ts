import { describe, expect, test } from 'vitest';
import enforceLabelMissing from '../../../server/src/rules/namespace/enforce-label-missing';
import enforcePrivileged from '../../../server/src/rules/namespace/enforce-privileged';
import levelLabelInvalid from '../../../server/src/rules/namespace/level-label-invalid';
import podSecurityLabelUnknown from '../../../server/src/rules/namespace/pod-security-label-unknown';
import versionLabelFuture from '../../../server/src/rules/namespace/version-label-future';
import versionLabelInvalid from '../../../server/src/rules/namespace/version-label-invalid';
import versionLabelMissing from '../../../server/src/rules/namespace/version-label-missing';
import versionLabelOutdated from '../../../server/src/rules/namespace/version-label-outdated';
import warnWeakerThanEnforce from '../../../server/src/rules/namespace/warn-weaker-than-enforce';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const PREFIX = 'pod-security.kubernetes.io/';

/** A Namespace with the labels given, in flow style and without the common prefix. */
const namespace = (labels: Record<string, string>, name = 'shop') => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name} # ours
${Object.keys(labels).length > 0 ? '  labels:\n' : ''}${Object.entries(labels)
  .map(([key, value]) => `    ${key.includes('/') ? key : PREFIX + key}: ${value} # ${key}\n`)
  .join('')}`;

const labelsOf = (text: string | undefined) =>
  Object.fromEntries(
    [...(text ?? '').matchAll(/^ {4}pod-security\.kubernetes\.io\/([a-z-]+): (\S+)/gm)].map((match) => [
      match[1],
      match[2],
    ]),
  );

describe('enforce-label-missing', () => {
  test('at the name; the fixes label all modes and keep what is there', () => {
    const text = namespace({ warn: 'baseline', 'app.kubernetes.io/part-of': 'shop' });
    const [found] = inspect(enforceLabelMissing, text);
    expect(found).toMatchObject({
      text: 'shop',
      severity: 'warning',
      fixes: ['Enforce restricted', 'Enforce baseline, warn of and audit restricted'],
    });
    const after = applyFix(enforceLabelMissing, text, 'Enforce baseline, warn of and audit restricted', {
      kubernetesMinor: 33,
    });
    expect(labelsOf(after['example.yaml'])).toEqual({
      enforce: 'baseline',
      'enforce-version': 'v1.33',
      audit: 'restricted',
      'audit-version': 'v1.33',
      warn: 'baseline',
    });
    check(enforceLabelMissing, text, 1);
    const raised = applyFix(enforceLabelMissing, text, 'Enforce restricted')['example.yaml'];
    expect(labelsOf(raised)).toMatchObject({ enforce: 'restricted', warn: 'restricted' });
  });

  test.each([
    ['kube-system', namespace({}, 'kube-system')],
    ['a name that kustomize replaces', namespace({}, '_')],
    ['a level that is filled in later', namespace({ enforce: '"{{ .Values.level }}"' })],
    [
      'labels that are filled in later',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: ${LABELS}\n',
    ],
    ['a patch that deletes', '$patch: delete\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n'],
  ])('silent for %s', (_, text) => {
    expect(inspect(enforceLabelMissing, text)).toEqual([]);
  });

  test('silent where another file labels the same Namespace', () => {
    const files = { 'base.yaml': namespace({}), 'overlay.yaml': namespace({ enforce: 'baseline' }) };
    expect(inspect(enforceLabelMissing, files)).toEqual([]);
  });
});

describe('enforce-privileged', () => {
  test('at the level, except in the namespaces of the control plane', () => {
    const [found] = inspect(enforcePrivileged, namespace({ enforce: 'privileged' }));
    expect(found).toMatchObject({ text: 'privileged', fixes: ['Enforce baseline', 'Enforce restricted'] });
    expect(inspect(enforcePrivileged, namespace({ enforce: 'privileged' }, 'kube-system'))).toEqual([]);
    expect(inspect(enforcePrivileged, namespace({ enforce: 'baseline', warn: 'privileged' }))).toEqual([]);
    check(enforcePrivileged, namespace({ enforce: 'privileged', 'enforce-version': 'latest' }), 1);
  });
});

describe('level-label-invalid', () => {
  test.each([
    ['Restricted', ['Set the level restricted'], 'safe'],
    ['restrcited', ['Set the level restricted'], 'safe'],
    ['base-line', ['Set the level baseline'], 'safe'],
    ['high', ['Set the level restricted', 'Set the level baseline'], 'unsafe'],
    ['true', ['Set the level restricted', 'Set the level baseline'], 'unsafe'],
  ])('%s', (value, fixes, safety) => {
    const [found] = inspect(levelLabelInvalid, namespace({ enforce: value }));
    expect(found).toMatchObject({ text: value, severity: 'error', fixes });
    expect(found?.finding.fixes[0]?.safety).toBe(safety);
    check(levelLabelInvalid, namespace({ enforce: value }), 1);
  });

  test('says what an unreadable level does in each mode', () => {
    const messageOf = (mode: string) => inspect(levelLabelInvalid, namespace({ [mode]: 'x' }))[0]?.message;
    expect(messageOf('enforce')).toContain('counts as restricted');
    expect(messageOf('warn')).toContain('nothing is warned of');
    expect(messageOf('audit')).toContain('nothing is audited');
  });
});

describe('pod-security-label-unknown', () => {
  test.each([
    ['enforced', 'enforce'],
    ['enforce_version', 'enforce-version'],
    ['Warn', 'warn'],
    ['audits-version', 'audit-version'],
    ['podsecurity.kubernetes.io/enforce', 'enforce'],
    ['pod-security.k8s.io/audit', 'audit'],
  ])('%s is meant to be %s', (key, meant) => {
    const full = key.includes('/') ? key : PREFIX + key;
    const text = namespace({ [full]: 'restricted' });
    const [found] = inspect(podSecurityLabelUnknown, text);
    expect(found).toMatchObject({ text: full, fixes: [`Rename the label to ${PREFIX}${meant}`] });
    expect(labelsOf(applyFix(podSecurityLabelUnknown, text, found?.fixes[0] ?? '')['example.yaml'])).toEqual({
      [meant]: 'restricted',
    });
  });

  test('one that is near none, or whose true name is taken, can only go', () => {
    for (const labels of [{ exempt: 'x' }, { enforced: 'baseline', enforce: 'restricted' }]) {
      expect(inspect(podSecurityLabelUnknown, namespace(labels)).map(({ fixes }) => fixes)).toEqual([
        ['Remove the label'],
      ]);
    }
  });

  test('labels of others are not ours to judge', () => {
    const labels = { 'security.openshift.io/scc.podSecurityLabelSync': '"false"', 'example.com/enforce': 'x' };
    expect(inspect(podSecurityLabelUnknown, namespace(labels))).toEqual([]);
  });
});

describe('version-label-missing', () => {
  test('once for all modes, at the first; levels without checks need no version', () => {
    const text = namespace({ enforce: 'privileged', audit: 'baseline', 'audit-version': 'latest', warn: 'restricted' });
    const [found, ...rest] = inspect(versionLabelMissing, text, { kubernetesMinor: 34 });
    expect(rest).toEqual([]);
    expect(found).toMatchObject({
      text: 'restricted',
      severity: 'info',
      fixes: ['Set the version v1.34', 'Set the version latest'],
    });
    expect(found?.message).toContain(`(${PREFIX}warn-version)`);
    check(versionLabelMissing, namespace({ enforce: 'baseline', warn: 'restricted' }), 1);
    expect(inspect(versionLabelMissing, namespace({ enforce: 'restricted', 'enforce-version': '${VERSION}' }))).toEqual(
      [],
    );
  });
});

describe('version-label-invalid', () => {
  test.each([
    ['v1.35.2', 'v1.35', 'safe'],
    ['1.35', 'v1.35', 'safe'],
    ['"V1.35"', 'v1.35', 'safe'],
    ['newest', 'v1.37', 'unsafe'],
    ['v2.0', 'v1.37', 'unsafe'],
  ])('%s becomes %s', (value, version, safety) => {
    const text = namespace({ enforce: 'restricted', 'enforce-version': value });
    const [found] = inspect(versionLabelInvalid, text);
    expect(found).toMatchObject({ text: value, severity: 'error' });
    expect(found?.finding.fixes[0]?.safety).toBe(safety);
    const after = applyFix(versionLabelInvalid, text, `Set the version ${version}`)['example.yaml'];
    expect(after).toMatch(new RegExp(`enforce-version: "?${version.replace('.', '\\.')}"? #`));
    check(versionLabelInvalid, text, 1);
  });

  test.each(['latest', 'v1.0', 'v1.99'])('%s can be read', (value) => {
    expect(inspect(versionLabelInvalid, namespace({ enforce: 'restricted', 'enforce-version': value }))).toEqual([]);
  });
});

describe('version-label-outdated', () => {
  const lint = (level: string, version: string, kubernetesMinor: number) =>
    inspect(versionLabelOutdated, namespace({ enforce: level, 'enforce-version': version }), { kubernetesMinor });

  test('names the checks that are lacking', () => {
    const [found] = lint('restricted', 'v1.21', 33);
    expect(found).toMatchObject({ text: 'v1.21', fixes: ['Set the version v1.33'] });
    expect(found?.message).toMatch(/lacks checks that restricted has in v1\.33: .+\.$/);
  });

  test('silent where nothing was added, and for latest and newer versions', () => {
    expect(lint('restricted', 'v1.34', 37)).toEqual([]);
    expect(lint('baseline', 'v1.21', 33)).toEqual([]);
    expect(lint('restricted', 'latest', 37)).toEqual([]);
    expect(lint('restricted', 'v1.36', 33)).toEqual([]);
    expect(lint('privileged', 'v1.0', 37)).toEqual([]);
  });
});

describe('warn-weaker-than-enforce', () => {
  test('for a label that is lower, not for one that is left out', () => {
    const text = namespace({ enforce: 'restricted', warn: 'baseline', audit: 'privileged' });
    expect(inspect(warnWeakerThanEnforce, text).map((found) => [found.text, found.fixes])).toEqual([
      ['baseline', ['Set warn to restricted']],
      ['privileged', ['Set audit to restricted']],
    ]);
    expect(inspect(warnWeakerThanEnforce, namespace({ enforce: 'restricted' }))).toEqual([]);
    expect(inspect(warnWeakerThanEnforce, namespace({ enforce: 'baseline', warn: 'restricted' }))).toEqual([]);
    check(warnWeakerThanEnforce, namespace({ enforce: 'restricted', warn: 'baseline' }), 1);
  });
});

describe('version-label-future', () => {
  const lint = (version: string, kubernetesMinor: number, level = 'baseline') =>
    inspect(versionLabelFuture, namespace({ enforce: level, 'enforce-version': version }), { kubernetesMinor });

  test('a version beyond the cluster that is configured, or beyond any', () => {
    expect(lint('v1.34', 33)).toMatchObject([{ text: 'v1.34', fixes: ['Set the version v1.33'] }]);
    expect(lint('v1.99', 37)).toMatchObject([{ text: 'v1.99', fixes: ['Set the version v1.37'] }]);
    check(versionLabelFuture, namespace({ enforce: 'baseline', 'enforce-version': 'v1.250', warn: 'restricted' }), 1);
  });

  test('silent on versions that may be out by now, on latest, and where no version changes a thing', () => {
    expect(lint('v1.33', 33)).toEqual([]);
    expect(lint('v1.38', 37)).toEqual([]);
    expect(lint('latest', 33)).toEqual([]);
    expect(lint('v1.99', 37, 'privileged')).toEqual([]);
  });
});

test('labels of Pod Security among the annotations are moved to the labels', () => {
  const text = namespace({ 'kubernetes.io/team': 'web' }).replace(
    '  labels:',
    `  annotations:\n    ${PREFIX}enforce: restricted # strict\n    note: x\n  labels:`,
  );
  check(podSecurityLabelUnknown, text, 1);
  const [found] = inspect(podSecurityLabelUnknown, text);
  expect(found).toMatchObject({ text: `${PREFIX}enforce`, fixes: ['Move it to the labels'] });
  const both = namespace({ enforce: 'baseline' }).replace(
    '  labels:',
    `  annotations: {${PREFIX}enforce: x}\n  labels:`,
  );
  expect(inspect(podSecurityLabelUnknown, both)).toMatchObject([{ fixes: [] }]);
});
