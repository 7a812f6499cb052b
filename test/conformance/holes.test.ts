import { describe, expect, it } from 'vitest';
import { failedChecks } from './failed-checks';
import { toContainer, toPod, toPodBody, toWorkload } from './manifest';

// What the official fixtures leave out: see the evaluators of pod-security-admission, policy/check_*.go.
const restricted = (text: string, minor = 37): string[] => failedChecks(text, 'restricted', minor);
const baseline = (text: string, minor = 37): string[] => failedChecks(text, 'baseline', minor);

describe('the Pod that the cases start from', () => {
  it.each([0, 8, 18, 19, 25, 37])('passes restricted v1.%i', (minor) => {
    expect(restricted(toPod(), minor)).toEqual([]);
  });
});

describe('ephemeral containers', () => {
  it.each([
    ['privileged: true', 'privileged'],
    ['procMount: Unmasked', 'procMount_restricted'],
    ['runAsNonRoot: false', 'runAsNonRoot'],
    ['runAsUser: 0', 'runAsUser'],
    ['seccompProfile: {type: Unconfined}', 'seccompProfile_restricted'],
    ['appArmorProfile: {type: Unconfined}', 'appArmorProfile'],
    ['seLinuxOptions: {type: spc_t}', 'seLinuxOptions'],
    ['windowsOptions: {hostProcess: true}', 'windowsHostProcess'],
  ])('with %s fail', (security, id) => {
    const spec = `ephemeralContainers:\n${toContainer('debug', security)}`;
    expect(restricted(toPod({ spec }))).toEqual([id]);
  });

  it('without a security context fail what must be set', () => {
    const spec = 'ephemeralContainers:\n- {name: debug, image: busybox:1.36}';
    expect(restricted(toPod({ spec }))).toEqual(['allowPrivilegeEscalation', 'capabilities_restricted']);
  });

  it('that add a capability fail at baseline', () => {
    const spec =
      'ephemeralContainers:\n- {name: debug, image: busybox:1.36, securityContext: {capabilities: {add: [SYS_PTRACE]}}}';
    expect(baseline(toPod({ spec }))).toEqual(['capabilities_baseline']);
  });
});

describe('controllers', () => {
  const kinds: [string, string, string[]][] = [
    ['v1', 'PodTemplate', ['template']],
    ['v1', 'ReplicationController', ['spec', 'template']],
    ['apps/v1', 'ReplicaSet', ['spec', 'template']],
    ['apps/v1', 'Deployment', ['spec', 'template']],
    ['apps/v1', 'StatefulSet', ['spec', 'template']],
    ['apps/v1', 'DaemonSet', ['spec', 'template']],
    ['extensions/v1beta1', 'Deployment', ['spec', 'template']],
    ['batch/v1', 'Job', ['spec', 'template']],
    ['batch/v1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
    ['batch/v1beta1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ];

  it.each(kinds)('%s %s: its template is judged', (apiVersion, kind, route) => {
    const bad = toPodBody({ spec: 'hostPID: true', security: 'privileged: true' });
    expect(restricted(toWorkload(apiVersion, kind, route, bad))).toEqual(['hostNamespaces', 'privileged']);
    expect(restricted(toWorkload(apiVersion, kind, route, toPodBody()))).toEqual([]);
  });

  it('have annotations read from the template, not from the object', () => {
    const key = 'container.apparmor.security.beta.kubernetes.io/web: unconfined';
    const inTemplate = toWorkload('apps/v1', 'Deployment', ['spec', 'template'], toPodBody({ annotations: key }));
    expect(restricted(inTemplate)).toEqual(['appArmorProfile']);
    const onObject = toWorkload('apps/v1', 'Deployment', ['spec', 'template'], toPodBody()).replace(
      'metadata: {name: web}',
      `metadata: {name: web, annotations: {${key}}}`,
    );
    expect(restricted(onObject)).toEqual([]);
  });

  it('of other groups are not taken for the built-in ones', () => {
    const bad = toPodBody({ spec: 'hostPID: true' });
    expect(restricted(toWorkload('example.com/v1', 'Deployment', ['spec', 'template'], bad))).toEqual([]);
  });
});

describe('kind: List', () => {
  it('has every item judged', () => {
    const items = [toPod({ spec: 'hostPID: true' }), toPod({ security: 'privileged: true' })];
    const list = items.map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}`).join('\n');
    expect(restricted(`apiVersion: v1\nkind: List\nitems:\n${list}\n`)).toEqual(['hostNamespaces', 'privileged']);
  });
});

describe('SELinux types by version', () => {
  it.each([
    [30, ['seLinuxOptions']],
    [31, []],
  ])('container_engine_t in v1.%i', (minor, failing) => {
    expect(baseline(toPod({ podSecurity: 'seLinuxOptions: {type: container_engine_t}' }), minor)).toEqual(failing);
  });

  it('leave the level free, and an empty user and role', () => {
    const options = 'seLinuxOptions: {level: "s0:c1,c2", user: "", role: "", type: ""}';
    expect(baseline(toPod({ podSecurity: options, security: options }))).toEqual([]);
  });
});

describe('sysctls by version', () => {
  it.each([
    ['net.ipv4.ip_local_reserved_ports', 27],
    ['net.ipv4.tcp_keepalive_time', 29],
    ['net.ipv4.tcp_rmem', 32],
    ['net.ipv4.tcp_notsent_lowat', 37],
  ])('%s is allowed from v1.%i', (name, since) => {
    const pod = toPod({ podSecurity: `sysctls: [{name: ${name}, value: "1"}]` });
    expect(baseline(pod, since - 1)).toEqual(['sysctls']);
    expect(baseline(pod, since)).toEqual([]);
  });

  it('are compared as written', () => {
    expect(baseline(toPod({ podSecurity: 'sysctls: [{name: net/ipv4/tcp_syncookies, value: "1"}]' }))).toEqual([
      'sysctls',
    ]);
  });
});

describe('hosts of probes and hooks', () => {
  it.each([
    'livenessProbe: {httpGet: {port: 80, host: 127.0.0.1}}',
    'readinessProbe: {tcpSocket: {port: 80, host: localhost}}',
    'startupProbe: {httpGet: {port: 80, host: 169.254.169.254}}',
    'startupProbe: {tcpSocket: {port: 80, host: db}}',
    'lifecycle: {postStart: {httpGet: {port: 80, host: db}}}',
    'lifecycle: {preStop: {httpGet: {port: 80, host: db}}}',
    'lifecycle: {preStop: {tcpSocket: {port: 80, host: db}}}',
  ])('%s', (container) => {
    expect(baseline(toPod({ container }))).toEqual(['hostProbesAndHostLifecycle']);
    expect(baseline(toPod({ container }), 33)).toEqual([]);
    expect(baseline(toPod({ container: container.replace(/, host: [^}]+/, ', host: ""') }))).toEqual([]);
  });
});

describe('hostUsers: false', () => {
  const rootless: [string, Parameters<typeof toPod>[0], string][] = [
    ['runAsNonRoot', { runAsNonRoot: '' }, 'runAsNonRoot'],
    ['runAsNonRoot: false', { runAsNonRoot: 'runAsNonRoot: false' }, 'runAsNonRoot'],
    ['runAsUser: 0', { security: 'runAsUser: 0' }, 'runAsUser'],
  ];
  it.each(rootless)('forgives %s from v1.35 on', (_, parts, id) => {
    const pod = toPod({ ...parts, spec: 'hostUsers: false' });
    expect(restricted(pod, 34)).toEqual([id]);
    expect(restricted(pod, 35)).toEqual([]);
    expect(restricted(toPod({ ...parts, spec: 'hostUsers: true' }), 35)).toEqual([id]);
  });

  it('forgives procMount at baseline from v1.35 on, never at restricted', () => {
    const pod = toPod({ spec: 'hostUsers: false', security: 'procMount: Unmasked' });
    expect(baseline(pod, 34)).toEqual(['procMount']);
    expect(baseline(pod, 35)).toEqual([]);
    expect(restricted(pod, 34)).toEqual(['procMount']);
    expect(restricted(pod, 35)).toEqual(['procMount_restricted']);
  });
});

describe('os: windows', () => {
  const bare = { capabilities: 'drop: []', escalation: '', seccomp: '' };
  const exempt = ['allowPrivilegeEscalation', 'capabilities_restricted', 'seccompProfile_restricted'];

  it('is exempt from three checks, from v1.25 on', () => {
    const pod = toPod({ ...bare, spec: 'os: {name: windows}' });
    expect(restricted(pod, 24)).toEqual(exempt);
    expect(restricted(pod, 25)).toEqual([]);
  });

  it('is not exempt from the others', () => {
    const pod = toPod({ ...bare, runAsNonRoot: '', security: 'runAsUser: 0', spec: 'os: {name: windows}' });
    expect(restricted(pod)).toEqual(['runAsNonRoot', 'runAsUser']);
    const host = toPod({ spec: 'os: {name: windows}', podSecurity: 'windowsOptions: {hostProcess: true}' });
    expect(restricted(host)).toEqual(['windowsHostProcess']);
  });

  it.each(['os: {name: linux}', 'os: {name: Windows}', 'nodeSelector: {kubernetes.io/os: windows}'])(
    'and only that: not %s',
    (spec) => {
      expect(restricted(toPod({ ...bare, spec }))).toEqual(exempt);
    },
  );
});

describe('profiles without a type', () => {
  it('fail for AppArmor, at the pod and at the container', () => {
    expect(baseline(toPod({ podSecurity: 'appArmorProfile: {}' }))).toEqual(['appArmorProfile']);
    expect(baseline(toPod({ security: 'appArmorProfile: {type: ""}' }))).toEqual(['appArmorProfile']);
  });

  it('fail for seccomp, even where every container has its own', () => {
    const own = 'seccompProfile: {type: RuntimeDefault}';
    expect(restricted(toPod({ seccomp: 'seccompProfile: {}', security: own }))).toEqual(['seccompProfile_restricted']);
    expect(restricted(toPod({ security: 'seccompProfile: {}' }))).toEqual(['seccompProfile_restricted']);
    expect(baseline(toPod({ seccomp: 'seccompProfile: {}' }))).toEqual(['seccompProfile_baseline']);
  });

  it('count as none when they are null', () => {
    expect(restricted(toPod({ security: 'seccompProfile: null\nappArmorProfile: ~' }))).toEqual([]);
  });
});

describe('spelling of capabilities', () => {
  it.each(['drop: [all]', 'drop: [All]', 'drop: [CAP_ALL]', 'drop: []', 'drop: null'])(
    '%s drops nothing',
    (capabilities) => {
      expect(restricted(toPod({ capabilities }))).toEqual(['capabilities_restricted']);
    },
  );

  it.each(['net_bind_service', 'CAP_NET_BIND_SERVICE', 'CHOWN'])('add: [%s] is too much', (name) => {
    expect(restricted(toPod({ capabilities: `drop: [ALL]\nadd: [${name}]` }))).toEqual(['capabilities_restricted']);
  });

  it.each(['chown', 'CAP_CHOWN', 'NET_RAW', 'ALL'])('add: [%s] is beyond the baseline', (name) => {
    expect(baseline(toPod({ capabilities: `add: [${name}]` }))).toEqual(['capabilities_baseline']);
  });
});
