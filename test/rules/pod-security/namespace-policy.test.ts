import { describe, expect, it } from 'vitest';
import { checkFile, openProject } from '../../harness/lint-text';

const namespace = (labels: Record<string, string>): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    team: shop\n${Object.entries(labels)
    .map(([key, value]) => `    pod-security.kubernetes.io/${key}: ${value}\n`)
    .join('')}`;

const BODY = `spec:
  hostPID: true
  containers:
  - name: web
    image: registry.example.com/web:1.4.2
`;
const POD = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n${BODY}`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
${BODY.replace(/^(?=.)/gm, '    ')}`;

/** The Pod Security findings of a workload whose namespace stands in another file. */
function judge(workload: string, labels: Record<string, string>) {
  const files = { 'namespace.yaml': namespace(labels), 'web.yaml': workload };
  const { findings } = checkFile(openProject(files), 'web.yaml');
  return findings
    .filter(({ standards }) => standards.some((id) => id.startsWith('pss/')))
    .map(({ rule, severity, message }) => ({ rule, severity, message }));
}

describe('a pod is judged by the labels of its namespace', () => {
  it('and refused where they enforce', () => {
    const findings = judge(POD, { enforce: 'baseline' });
    expect(findings.map(({ rule }) => rule)).toEqual(['host-namespaces-shared']);
    expect(findings[0]?.severity).toBe('error');
    expect(findings[0]?.message).toMatch(/enforce baseline:latest: the API server will reject this Pod\.$/);
  });

  it('through its controller, which is accepted itself', () => {
    const [finding] = judge(DEPLOYMENT, { enforce: 'baseline', 'enforce-version': 'v1.30' });
    expect(finding?.message).toMatch(
      /enforce baseline:v1\.30: the Deployment is accepted, but its pods will be rejected\.$/,
    );
  });

  it('with a warning only where they warn or audit', () => {
    for (const mode of ['warn', 'audit']) {
      const findings = judge(POD, { [mode]: 'baseline' });
      expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['host-namespaces-shared warning']);
    }
  });

  it('by each mode for what it adds to the others', () => {
    const findings = judge(POD, { enforce: 'baseline', warn: 'restricted' });
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
    expect(errors).toEqual(['host-namespaces-shared']);
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      'capabilities-not-dropped',
      'host-namespaces-shared',
      'privilege-escalation-allowed',
      'run-as-root-allowed',
      'seccomp-profile-missing',
    ]);
  });

  it('by restricted where the enforced level is misspelt, by nothing where a warned one is', () => {
    expect(judge(POD, { enforce: 'Baseline' }).length).toBe(5);
    expect(judge(POD, { warn: 'Baseline' })).toEqual([]);
  });

  it('by the checks of the version that they pin', () => {
    const ids = judge(POD, { enforce: 'restricted', 'enforce-version': 'v1.7' }).map(({ rule }) => rule);
    expect(ids.sort()).toEqual(['host-namespaces-shared', 'run-as-root-allowed']);
  });

  it('by none where they say privileged', () => {
    expect(judge(POD, { enforce: 'privileged' })).toEqual([]);
  });
});

describe('the configured level judges', () => {
  it.each<Record<string, string>>([
    {},
    { 'enforce-version': 'v1.7' },
    { enforce: '${LEVEL}' },
    { enforce: '"{{ level }}"', warn: 'privileged' },
    { enforce: 'privileged', 'warn-version': '${VERSION}' },
  ])('where the labels choose no level, or one that is not known: %o', (labels) => {
    const findings = judge(POD, labels);
    expect(findings.length).toBe(5);
    for (const { message } of findings) expect(message).not.toMatch(/labels of namespace/);
  });

  it('once where one mode demands a check and another the stricter one in its place', () => {
    const faults = {
      'containers:\n  - name: web\n    image: a/web:1.4.2\n    securityContext: {capabilities: {drop: [ALL], add: [SYS_ADMIN]}}':
        'capability-not-baseline',
      'volumes: [{name: data, hostPath: {path: /srv}}]\n  containers: [{name: web, image: a/web:1.4.2}]':
        'host-path-volume',
      'securityContext: {seccompProfile: {type: Unconfined}}\n  containers: [{name: web, image: a/web:1.4.2}]':
        'seccomp-unconfined',
      'containers: [{name: web, image: a/web:1.4.2, securityContext: {procMount: Unmasked}}]': 'proc-mount-unmasked',
    };
    const pairs = [
      ['capability-not-baseline', 'capabilities-not-dropped'],
      ['host-path-volume', 'restricted-volume-type'],
      ['seccomp-unconfined', 'seccomp-profile-missing'],
      ['proc-mount-unmasked', 'proc-mount-not-default'],
    ].flat();
    for (const [spec, rule] of Object.entries(faults)) {
      const text = `${POD.split('spec:')[0]}spec:\n  ${spec}\n`;
      // What is missing everywhere is another fault, at another place.
      const one = (labels: Record<string, string>) =>
        judge(text, labels).filter(
          (found) => pairs.includes(found.rule) && !/does not drop|sets no seccomp/.test(found.message),
        );
      expect(
        one({ enforce: 'baseline', warn: 'restricted' }).map((found) => `${found.rule} ${found.severity}`),
      ).toEqual([`${rule} error`]);
      expect(one({ audit: 'baseline', warn: 'restricted' }).map((found) => found.rule)).toEqual([rule]);
      expect(one({ enforce: 'restricted', warn: 'baseline' })).toHaveLength(1);
      expect(one({ enforce: 'restricted', warn: 'baseline' })[0]?.severity).toBe('error');
    }
  });
});
