import { describe, expect, it } from 'vitest';
import { failedChecks } from './failed-checks';
import { toContainer, toPod } from './manifest';

const restricted = (text: string, minor = 37): string[] => failedChecks(text, 'restricted', minor);

describe('values as the API server reads them', () => {
  it.each(['yes', 'Yes', 'on', 'ON', 'True', 'y'])('privileged: %s is true', (value) => {
    expect(restricted(toPod({ security: `privileged: ${value}` }))).toEqual(['privileged']);
  });

  it.each(['no', 'off', 'n', 'False', 'null', '~', ''])('privileged: %s is not true', (value) => {
    expect(restricted(toPod({ security: `privileged: ${value}` }))).toEqual([]);
  });

  it('takes no string for a boolean: the object is refused as it is', () => {
    expect(restricted(toPod({ security: 'privileged: "true"', spec: 'hostPID: "yes"' }))).toEqual([]);
  });

  it('takes no string for what has to be set', () => {
    expect(restricted(toPod({ escalation: 'allowPrivilegeEscalation: "false"' }))).toEqual([
      'allowPrivilegeEscalation',
    ]);
    expect(restricted(toPod({ runAsNonRoot: 'runAsNonRoot: "true"' }))).toEqual(['runAsNonRoot']);
    expect(restricted(toPod({ capabilities: 'drop: ALL' }))).toEqual(['capabilities_restricted']);
    expect(restricted(toPod({ seccomp: 'seccompProfile: RuntimeDefault' }))).toEqual(['seccompProfile_restricted']);
  });

  it.each(['no', 'off', 'False'])('allowPrivilegeEscalation: %s is false', (value) => {
    expect(restricted(toPod({ escalation: `allowPrivilegeEscalation: ${value}` }))).toEqual([]);
  });

  it.each(['null', '~', ''])('runAsNonRoot: %s is unset', (value) => {
    expect(restricted(toPod({ runAsNonRoot: `runAsNonRoot: ${value}` }))).toEqual(['runAsNonRoot']);
  });

  it.each(['0', '00', '0x0', '0o0', '0b0', '-0', '0.0'])('runAsUser: %s is 0', (value) => {
    expect(restricted(toPod({ security: `runAsUser: ${value}` }))).toEqual(['runAsUser']);
  });

  it.each(['010', '"0"', '1000', 'null'])('runAsUser: %s is not 0', (value) => {
    expect(restricted(toPod({ security: `runAsUser: ${value}` }))).toEqual([]);
  });

  it('reads a host port in octal, and 0 as none', () => {
    expect(restricted(toPod({ container: 'ports: [{containerPort: 80, hostPort: 0120}]' }))).toEqual(['hostPorts']);
    expect(restricted(toPod({ container: 'ports: [{containerPort: 80, hostPort: 0}]' }))).toEqual([]);
  });
});

describe('what the API server writes before it judges', () => {
  it('makes a volume without a source an emptyDir', () => {
    expect(
      restricted(toPod({ spec: 'volumes: [{name: a}, {name: b, hostPath: null}, {name: c, nonsense: {}}]' })),
    ).toEqual([]);
  });

  it('takes an empty source for that source', () => {
    expect(restricted(toPod({ spec: 'volumes: [{name: a, hostPath: {}}]' }))).toEqual(['restrictedVolumes']);
  });

  it('makes every container port a host port under hostNetwork', () => {
    const container = 'ports: [{containerPort: 8080}]';
    expect(restricted(toPod({ container, spec: 'hostNetwork: true' }))).toEqual(['hostNamespaces', 'hostPorts']);
    expect(restricted(toPod({ spec: 'hostNetwork: true' }))).toEqual(['hostNamespaces']);
  });
});

describe('annotations of seccomp', () => {
  const pod = (annotations: string) => toPod({ annotations });
  it.each(['unconfined', '""'])('of the value %s fail before v1.19, and count for nothing after', (value) => {
    const text = pod(`seccomp.security.alpha.kubernetes.io/pod: ${value}`);
    expect(failedChecks(text, 'baseline', 18)).toEqual(['seccompProfile_baseline']);
    expect(failedChecks(text, 'baseline', 19)).toEqual([]);
  });

  it('count for containers that exist', () => {
    const prefix = 'container.seccomp.security.alpha.kubernetes.io';
    expect(failedChecks(pod(`${prefix}/web: unconfined`), 'baseline', 18)).toEqual(['seccompProfile_baseline']);
    expect(failedChecks(pod(`${prefix}/other: unconfined`), 'baseline', 18)).toEqual([]);
    expect(failedChecks(pod(`${prefix}/web: localhost/web.json`), 'baseline', 18)).toEqual([]);
  });
});

describe('inheritance', () => {
  it('lets a container set what its pod leaves open, each for itself', () => {
    const own = 'runAsNonRoot: true\nseccompProfile: {type: Localhost, localhostProfile: web.json}';
    const parts = { runAsNonRoot: '', seccomp: '', security: own };
    expect(restricted(toPod(parts))).toEqual([]);
    const second = `initContainers:\n${toContainer('migrate')}`;
    expect(restricted(toPod({ ...parts, spec: second }))).toEqual(['runAsNonRoot', 'seccompProfile_restricted']);
  });

  it('holds a bad value of the pod against it although every container overrides it', () => {
    expect(restricted(toPod({ runAsNonRoot: 'runAsNonRoot: false', security: 'runAsNonRoot: true' }))).toEqual([
      'runAsNonRoot',
    ]);
    expect(restricted(toPod({ podSecurity: 'runAsUser: 0', security: 'runAsUser: 1000' }))).toEqual(['runAsUser']);
    const seccomp = {
      seccomp: 'seccompProfile: {type: Unconfined}',
      security: 'seccompProfile: {type: RuntimeDefault}',
    };
    expect(restricted(toPod(seccomp))).toEqual(['seccompProfile_restricted']);
  });
});

describe('what is not known here', () => {
  it.each([
    ['allowPrivilegeEscalation', { escalation: 'allowPrivilegeEscalation: ${ESCALATION}' }],
    ['runAsNonRoot', { runAsNonRoot: 'runAsNonRoot: ${NON_ROOT}' }],
    ['drop', { capabilities: 'drop: ["${DROP}"]' }],
    ['seccompProfile', { seccomp: 'seccompProfile: {type: "${PROFILE}"}' }],
    ['add', { capabilities: 'drop: [ALL]\nadd: ["${CAPABILITY}"]' }],
    ['sysctls', { podSecurity: 'sysctls: [{name: "${NAME}", value: "1"}]' }],
    ['os', { spec: 'os: {name: "${OS}"}', escalation: '', capabilities: 'drop: []', seccomp: '' }],
    ['hostUsers', { spec: 'hostUsers: ${HOST_USERS}', runAsNonRoot: '' }],
  ])('is no fault: %s', (_, parts) => {
    expect(restricted(toPod(parts))).toEqual([]);
  });
});
