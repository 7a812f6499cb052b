import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../server/src/engine/settings';
import admissionExemptionBroad from '../../../server/src/rules/namespace/admission-exemption-broad';
import levelBelowMinimum from '../../../server/src/rules/namespace/level-below-minimum';
import limitRangeMissing from '../../../server/src/rules/namespace/limit-range-missing';
import resourceQuotaMissing from '../../../server/src/rules/namespace/resource-quota-missing';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const namespace = (name: string, enforce?: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n${enforce ? `  labels:\n    pod-security.kubernetes.io/enforce: ${enforce}\n` : ''}`;

describe('level-below-minimum', () => {
  const heldTo = (podSecurityLevel: 'baseline' | 'restricted'): Partial<Settings> => ({
    namespaces: [{ names: ['shop'], podSecurityLevel, rules: {} }],
  });

  test('the configured level of the namespace is the minimum, whatever its name', () => {
    expect(inspect(levelBelowMinimum, namespace('shop', 'baseline'), heldTo('restricted'))).toMatchObject([
      { text: 'baseline', severity: 'info', fixes: ['Enforce restricted'] },
    ]);
    expect(inspect(levelBelowMinimum, namespace('shop', 'baseline'), heldTo('baseline'))).toEqual([]);
    expect(inspect(levelBelowMinimum, namespace('shop', 'baseline'))).toEqual([]);
  });

  test('production is a part of the name', () => {
    check(levelBelowMinimum, namespace('prod', 'baseline'), 1);
    check(levelBelowMinimum, namespace('eu-prod-shop', 'baseline'), 1);
    check(levelBelowMinimum, namespace('products', 'baseline'), 0);
    check(levelBelowMinimum, namespace('prod', 'restricted'), 0);
  });

  test('leaves to other rules what enforces nothing, or no level', () => {
    for (const level of [undefined, 'privileged', 'basline', '"{{ .Values.level }}"']) {
      check(levelBelowMinimum, namespace('prod', level), 0);
    }
  });
});

describe('resource-quota-missing and limit-range-missing', () => {
  const quota = (place: string) => `apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: q\n${place}spec: {}\n`;

  test('an object in another file of the workspace counts, also one that names no namespace', () => {
    const elsewhere = (place: string) => ({ 'a.yaml': namespace('shop'), 'b.yaml': quota(place) });
    check(resourceQuotaMissing, elsewhere('  namespace: shop\n'), 0);
    check(resourceQuotaMissing, elsewhere(''), 0);
    check(resourceQuotaMissing, elsewhere('  namespace: other\n'), 1);
    check(limitRangeMissing, elsewhere('  namespace: shop\n'), 1);
  });

  test('once for a Namespace that is written twice; not for those of the cluster', () => {
    check(resourceQuotaMissing, { 'a.yaml': namespace('shop'), 'b.yaml': namespace('shop') }, 1);
    check(limitRangeMissing, namespace('kube-system'), 0);
    check(limitRangeMissing, namespace('default'), 0);
  });
});

describe('admission-exemption-broad', () => {
  const configuration = (exemptions: string) =>
    `apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\nexemptions:\n${exemptions}`;
  const many = Array.from({ length: 11 }, (_, index) => `agent-${index}`).join(', ');

  test.each([
    ['usernames: [system:anonymous]', 'is everybody who has not signed in'],
    ['usernames: ["*"]', 'exempts nobody'],
    ['usernames: ["system:serviceaccount:kube-system:job-controller"]', 'makes the pods of others'],
    ['runtimeClasses: [kata]', 'runtime class "kata"'],
    ['namespaces: [default]', 'everybody’s pods'],
    ['namespaces: ["team-*"]', 'refuses this configuration'],
    [`namespaces: [${many}]`, '11 namespaces are exempt'],
  ])('%s', (exemption, words) => {
    const text = configuration(`  ${exemption}\n`);
    expect(inspect(admissionExemptionBroad, text)[0]?.message).toContain(words);
    check(admissionExemptionBroad, text, 1);
  });

  test('the fix removes that exemption only', () => {
    const text = configuration('  usernames:\n    - alice # on call\n    - system:anonymous\n');
    const after = applyFix(admissionExemptionBroad, text, 'Remove the exemption')['example.yaml'];
    expect(after).toBe(configuration('  usernames:\n    - alice # on call\n'));
  });

  test('people, system namespaces, other plugins and other kinds are left alone', () => {
    check(admissionExemptionBroad, configuration('  usernames: [alice]\n  namespaces: [kube-system, cilium]\n'), 0);
    const other = `apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n  - name: EventRateLimit\n    configuration: { exemptions: { runtimeClasses: [a] } }\n`;
    check(admissionExemptionBroad, other, 0);
    check(admissionExemptionBroad, configuration('  runtimeClasses: ["{{ .class }}"]\n'), 0);
  });
});
