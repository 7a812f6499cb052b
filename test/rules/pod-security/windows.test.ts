import { describe, expect, test } from 'vitest';
import capabilitiesNotDropped from '../../../server/src/rules/pod-security/capabilities-not-dropped';
import privilegeEscalationAllowed from '../../../server/src/rules/pod-security/privilege-escalation-allowed';
import seccompProfileMissing from '../../../server/src/rules/pod-security/seccomp-profile-missing';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const pod = (spec: string, security = '') => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
${spec}  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${security}`;

const SELECTOR = '  nodeSelector:\n    kubernetes.io/os: windows # server 2022\n';
const TITLE = 'Set os.name: windows, for which this check does not hold';
const RULES = [capabilitiesNotDropped, privilegeEscalationAllowed, seccompProfileMissing];

describe.each(RULES)('$id, of a pod that selects nodes of Windows', (rule) => {
  test('is told to say so, and is then exempt', () => {
    check(rule, pod(SELECTOR), 1);
    expect(inspect(rule, pod(SELECTOR))[0]?.fixes).toEqual([TITLE]);
    const after = applyFix(rule, pod(SELECTOR), TITLE)['example.yaml'] ?? '';
    expect(after).toContain('os:\n    name: windows\n');
    for (const other of RULES) expect(inspect(other, after)).toEqual([]);
  });

  test('keeps its own fixes where the API server would refuse the field, or the version knows no exemption', () => {
    const withUser = pod(SELECTOR, '      securityContext:\n        runAsUser: 1000\n');
    expect(inspect(rule, withUser)[0]?.fixes).not.toContain(TITLE);
    const old = inspect(rule, pod(SELECTOR), { kubernetesMinor: 24 });
    expect(old[0]?.fixes).not.toContain(TITLE);
  });

  test('of Linux or of neither: as ever', () => {
    for (const spec of ['', '  nodeSelector:\n    kubernetes.io/os: linux\n', '  os:\n    name: linux\n']) {
      expect(inspect(rule, pod(spec))[0]?.fixes).not.toContain(TITLE);
    }
  });
});
