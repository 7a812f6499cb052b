import { describe, expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import { RULES } from '../../../server/src/rules/index';
import { applyEdits } from '../../../server/src/text/edit';
import { check } from '../../harness/check';
import { checkFile, openProject } from '../../harness/lint-text';
import { see } from './find';

const rule = (id: string) => {
  const found = RULES.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
};

/** A Deployment with these lines in the spec of its pod. */
function deployment(spec: string): string {
  return `# Kept.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # the front
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
${spec.trim().replace(/^(?=.)/gm, '      ')}
`;
}

const TWO = `
initContainers:
  # makes the tables
  - name: migrate
    image: registry.example.com/migrate:1.0.0
containers:
  - name: web # serves
    image: registry.example.com/web:1.4.2
`;

const cases: Readonly<Record<string, readonly [what: string, spec: string, findings: number][]>> = {
  'privileged-container': [
    ['every container', TWO.replaceAll(/( {4})image.*/g, '$&\n$1securityContext:\n$1  privileged: true # why'), 2],
    [
      'beside other settings',
      'containers:\n- name: a\n  image: a:1\n  securityContext: {privileged: yes, runAsUser: 5}',
      1,
    ],
  ],
  'privilege-escalation-allowed': [
    ['no security context', TWO, 2],
    ['an empty one', 'containers:\n- name: a\n  image: a:1\n  securityContext:', 1],
    ['in flow style', 'containers: [{name: a, image: "a:1", securityContext: {}}]', 1],
    [
      'beside what the API server refuses together with it',
      'containers:\n- name: a\n  image: a:1\n  securityContext:\n    privileged: true\n    capabilities:\n      add: [CAP_SYS_ADMIN]',
      1,
    ],
  ],
  'host-namespaces-shared': [
    [
      'all of them',
      `hostNetwork: true # scans\nhostPID: true\nhostIPC: on\ndnsPolicy: ClusterFirstWithHostNet\n${TWO}`,
      3,
    ],
  ],
  'capabilities-not-dropped': [
    ['nothing dropped', TWO, 2],
    [
      'in small letters',
      'containers:\n- name: a\n  image: a:1\n  securityContext:\n    capabilities:\n      drop: [all] # not ALL',
      1,
    ],
    [
      'one of them',
      'containers:\n- name: a\n  image: a:1\n  securityContext:\n    capabilities:\n      drop:\n      # the worst\n      - NET_RAW',
      1,
    ],
    ['a string', 'containers:\n- name: a\n  image: a:1\n  securityContext:\n    capabilities:\n      drop: ALL', 1],
    ['a port below 1024', 'containers:\n- name: a\n  image: a:1\n  ports:\n  - containerPort: 80', 1],
    [
      'two added',
      'containers:\n- name: a\n  image: a:1\n  securityContext:\n    capabilities:\n      drop: [ALL]\n      add:\n      - CHOWN # files\n      - cap_net_bind_service',
      2,
    ],
  ],
  'run-as-root-allowed': [
    ['nobody sets it', TWO, 1],
    ['one of two', TWO.replace(/serves\n.*/, '$&\n    securityContext:\n      runAsNonRoot: true'), 1],
    [
      'the pod and a container say no',
      `securityContext:\n  runAsNonRoot: false # once\n${TWO}    securityContext:\n      runAsNonRoot: no`,
      2,
    ],
    ['a string', `securityContext:\n  runAsNonRoot: "true"\n${TWO}`, 1],
    ['a user is named', `securityContext:\n  runAsUser: 1000\n${TWO}`, 1],
  ],
  'run-as-root-user': [
    ['pod and container', `securityContext:\n  runAsUser: 0\n${TWO}    securityContext:\n      runAsUser: 0x0`, 2],
  ],
  'seccomp-profile-missing': [
    ['nobody sets it', TWO, 1],
    [
      'one of two',
      TWO.replace(/serves\n.*/, '$&\n    securityContext:\n      seccompProfile:\n        type: RuntimeDefault'),
      1,
    ],
    ['unconfined', `securityContext:\n  seccompProfile:\n    type: Unconfined # perf\n${TWO}`, 1],
    ['empty', `securityContext:\n  seccompProfile: {}\n${TWO}`, 1],
    ['a string', `securityContext:\n  seccompProfile: RuntimeDefault\n${TWO}`, 1],
  ],
  'restricted-volume-type': [
    [
      'with mounts',
      `volumes:\n- name: logs # all\n  hostPath:\n    path: /var/log/web # here\n- name: share\n  nfs: {server: nas, path: /}\n- name: sock\n  hostPath: {path: /x.sock, type: Socket}\n${TWO}    volumeMounts:\n    - name: logs\n      mountPath: /logs\n    - {name: share, mountPath: /share}`,
      3,
    ],
  ],
  'host-port': [
    [
      'two ports',
      `${TWO}    ports:\n    - containerPort: 80\n      hostPort: 80 # old\n    - {containerPort: 81, hostPort: 0121}`,
      2,
    ],
    ['by hostNetwork', `hostNetwork: true\n${TWO}    ports:\n    - containerPort: 80\n    - containerPort: 81`, 1],
    [
      'by hostNetwork and by itself',
      `hostNetwork: true\n${TWO}    ports:\n    - containerPort: 80\n      hostPort: 80`,
      1,
    ],
  ],
  'host-in-probe-or-lifecycle': [
    [
      'three handlers',
      `${TWO}    livenessProbe:\n      httpGet:\n        host: 127.0.0.1 # local\n        port: 80\n    startupProbe:\n      tcpSocket: {port: 80, host: db}\n    lifecycle:\n      preStop:\n        httpGet:\n          port: 80\n          host: db`,
      3,
    ],
  ],
  'apparmor-unconfined': [
    [
      'fields',
      `securityContext:\n  appArmorProfile:\n    type: Unconfined # debug\n${TWO}    securityContext:\n      appArmorProfile: {}`,
      2,
    ],
  ],
  'proc-mount-not-default': [['alone in its context', `${TWO}    securityContext:\n      procMount: Unmasked`, 1]],
  'selinux-options-forbidden': [
    [
      'every option',
      `securityContext:\n  seLinuxOptions:\n    user: system_u\n    role: system_r\n    type: spc_t\n    level: s0\n${TWO}`,
      3,
    ],
  ],
  'unsafe-sysctl': [
    [
      'two of three',
      `securityContext:\n  sysctls:\n  - name: kernel.msgmax # a\n    value: "1"\n  - {name: net.ipv4.tcp_syncookies, value: "1"}\n  - {name: net/ipv4/tcp_rmem, value: "1"}\n${TWO}`,
      2,
    ],
  ],
  'windows-host-process': [
    [
      'pod and container',
      `os:\n  name: windows\nhostNetwork: true\nsecurityContext:\n  windowsOptions:\n    hostProcess: true\n${TWO}    securityContext:\n      windowsOptions: {hostProcess: yes, runAsUserName: a}`,
      2,
    ],
  ],
};

describe.each(Object.keys(cases))('%s', (id) => {
  test.each(cases[id] ?? [])('%s', (_, spec, findings) => check(rule(id), deployment(spec), findings));
});

describe('in a namespace that enforces baseline', () => {
  const inBaseline = (version: string, pod: string) =>
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: baseline\n    pod-security.kubernetes.io/enforce-version: ${version}\n---\n${pod}`;
  const pod = (metadata: string, rest: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: shop\n${metadata}spec:\n  containers:\n  - name: a\n    image: a:1\n${rest}`;

  test('hostPath volumes', () => {
    const text = pod('', '  volumes:\n  - name: a\n    hostPath:\n      path: /srv\n  - name: b\n    emptyDir: {}\n');
    check(rule('host-path-volume'), inBaseline('v1.37', text), 1);
  });

  test('capabilities', () => {
    const text = pod('', '    securityContext:\n      capabilities:\n        add: [CHOWN, NET_ADMIN, chown]\n');
    check(rule('capability-not-baseline'), inBaseline('v1.37', text), 2);
  });

  test('seccomp, by field and by annotation', () => {
    const field = pod(
      '',
      '    securityContext:\n      seccompProfile:\n        type: Unconfined\n        localhostProfile: a.json # stays of no use\n',
    );
    check(rule('seccomp-unconfined'), inBaseline('v1.37', field), 1);
    const keys = ['seccomp.security.alpha.kubernetes.io/pod', 'container.seccomp.security.alpha.kubernetes.io/a'];
    const annotated = pod(`  annotations:\n${keys.map((key) => `    ${key}: unconfined\n`).join('')}`, '');
    check(rule('seccomp-unconfined'), inBaseline('v1.18', annotated), 2);
  });

  test('AppArmor annotations', () => {
    const key = 'container.apparmor.security.beta.kubernetes.io/a';
    check(
      rule('apparmor-unconfined'),
      inBaseline('v1.37', pod(`  annotations:\n    ${key}: unconfined # old\n`, '')),
      1,
    );
  });

  test('procMount', () => {
    const text = pod('', '    securityContext:\n      procMount: Unmasked\n');
    check(rule('proc-mount-unmasked'), inBaseline('v1.37', text), 1);
  });
});

test('every check of the standard has a rule of its own', () => {
  const checks = RULES.flatMap((candidate) => candidate.check ?? []);
  expect(new Set(checks).size).toBe(19);
  expect(checks.length).toBe(19);
});

const SHARED = `containers:
- name: a
  image: a:1
  securityContext: &hard
    privileged: true
    runAsNonRoot: true
- name: b
  image: b:1
  securityContext:
    <<: *hard # as above
- name: c
  image: c:1
  securityContext: {<<: [*hard], runAsUser: 5}
- name: d
  image: d:1
  securityContext: *hard`;

test('what a merge key brings is overridden where it is used, and nothing of it is lost', () => {
  const text = deployment(SHARED);
  const titles = see(text, ['privileged-container']).map(({ fixes }) => fixes);
  expect(titles).toHaveLength(4);
  const project = openProject({ 'a.yaml': text });
  const found = checkFile(project, 'a.yaml').findings.filter((one) => one.rule === 'privileged-container');
  const written = found.map((one) => one.fixes.map((fix) => toFileEdits(project, one, fix)?.[0]?.edits));
  // The anchor itself and what is nothing but an alias stay as they are.
  expect(written.map((fixes) => fixes.map((edits) => edits !== undefined))).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [false, false],
  ]);
  expect(applyEdits(text, written[1]?.[0] ?? [])).toBe(
    text.replace(/( *)<<: \*hard # as above/, '$&\n$1privileged: false'),
  );
  expect(applyEdits(text, written[2]?.[0] ?? [])).toBe(
    text.replace('runAsUser: 5}', 'runAsUser: 5, privileged: false}'),
  );
});

test('a file or socket of the node is replaced by no directory', () => {
  const types = ['File', 'Socket', 'CharDevice', 'Directory'];
  const volumes = types.map((type) => `- name: ${type.toLowerCase()}\n  hostPath: {path: /x/${type}, type: ${type}}`);
  const found = see(deployment(`volumes:\n${volumes.join('\n')}\n${TWO}`), ['restricted-volume-type']);
  expect(found.map(({ fixes }) => fixes.length)).toEqual([1, 1, 1, 3]);
});

test('titles name containers one by one, or all of them', () => {
  const many = Array.from({ length: 4 }, (_, index) => `- name: c${index}\n  image: c:1\n`).join('');
  const titles = (spec: string) => see(deployment(spec), ['seccomp-profile-missing'])[0]?.fixes;
  expect(titles(`containers:\n${many}`)).toContain('Set seccompProfile: RuntimeDefault for all 4 containers');
  expect(titles('containers:\n- name: web\n  image: c:1')).toContain(
    'Set seccompProfile: RuntimeDefault for container "web"',
  );
});
