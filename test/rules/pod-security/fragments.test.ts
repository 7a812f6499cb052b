import { describe, expect, it } from 'vitest';
import { checkFile, openProject, RULE_SET } from '../../harness/lint-text';

const ALL_ON = { rules: Object.fromEntries(RULE_SET.all.map(({ id }) => [id, 'warning' as const])) };

function rulesOf(text: string): string[] {
  const { findings, unchecked } = checkFile(openProject({ 'patch.yaml': text }, ALL_ON), 'patch.yaml');
  expect(unchecked).toEqual([]);
  return findings.map(({ rule }) => rule);
}

const patch = (spec: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
${spec.replace(/^(?=.)/gm, '      ')}`;

const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}`;

describe('a fragment, with every rule on', () => {
  it.each([
    'containers: [{name: web}]',
    'containers: [{name: web, securityContext: {}}]\nsecurityContext: {}',
    'containers: [{name: web, resources: {}, ports: [{containerPort: 8080}]}]',
    'containers: [{name: web, volumeMounts: [{name: data, mountPath: /data}]}]\nvolumes: [{name: data}]',
    'containers: [{name: web, $patch: delete, securityContext: {privileged: true}}]',
    'containers: [{name: web}]\nvolumes: [{name: host, hostPath: null, emptyDir: {sizeLimit: 1Mi}}]',
    'containers: [{name: web}]\nvolumes: [{name: host, $patch: delete, hostPath: {path: /}}]',
    'nodeSelector: {disk: ssd}',
    '',
  ])('lacks nothing: %s', (spec) => {
    expect(rulesOf(patch(spec))).toEqual([]);
    expect(rulesOf(pod(spec))).toEqual([]);
  });

  it.each([
    ['containers: [{name: web, securityContext: {privileged: true}}]', ['privileged-container']],
    ['containers: [{name: web, securityContext: {runAsNonRoot: false}}]', ['run-as-root-allowed']],
    ['containers: [{name: web, securityContext: {runAsUser: 0}}]', ['run-as-root-user']],
    ['containers: [{name: web, securityContext: {allowPrivilegeEscalation: true}}]', ['privilege-escalation-allowed']],
    ['containers: [{name: web, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]', ['capabilities-not-dropped']],
    ['containers: [{name: web, securityContext: {readOnlyRootFilesystem: false}}]', ['writable-root-filesystem']],
    ['containers: [{name: web, ports: [{containerPort: 8080, hostPort: 8080}]}]', ['host-port']],
    ['securityContext: {seccompProfile: {type: Unconfined}}', ['seccomp-profile-missing']],
    ['hostPID: true', ['host-namespaces-shared']],
    ['volumes: [{name: data, hostPath: {path: /srv/data}}]', ['restricted-volume-type']],
  ])('is judged by what it says: %s', (spec, expected) => {
    expect(rulesOf(patch(spec))).toEqual(expected);
    expect(rulesOf(pod(spec))).toEqual(expected);
  });

  it('leaves open what it does not know', () => {
    const container = 'containers: [{name: web, securityContext: {runAsNonRoot: false}}]';
    expect(rulesOf(patch(`hostUsers: \${HOST_USERS}\n${container}`))).toEqual([]);
    expect(rulesOf(patch(`os: {name: windows}\ncontainers: [{name: web, securityContext: {}}]`))).toEqual([]);
  });
});

describe('a container without an image in a whole pod', () => {
  const whole = (container: string): string =>
    pod(`automountServiceAccountToken: false
containers:
  - name: web
    image: registry.example.com/web@sha256:${'0'.repeat(64)}
${container.replace(/^(?=.)/gm, '  ')}`);
  const without = (text: string): string[] => rulesOf(text).filter((rule) => rule === 'run-as-root-allowed');

  it('moves no finding of its neighbours, and is judged by what it says', () => {
    expect(without(whole(''))).toEqual(['run-as-root-allowed']);
    expect(without(whole('- name: still-typed'))).toEqual(['run-as-root-allowed']);
    expect(rulesOf(whole('- name: side\n  securityContext: {privileged: true}'))).toContain('privileged-container');
  });
});
