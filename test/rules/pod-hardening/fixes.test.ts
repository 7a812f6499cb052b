import { describe, expect, test } from 'vitest';
import { RULES } from '../../../server/src/rules/index';
import { check } from '../../harness/check';
import { see } from '../pod-security/find';

const rule = (id: string) => {
  const found = RULES.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
};

const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n${spec.trim().replace(/^(?=.)/gm, '  ')}\n`;

const WEB = 'containers:\n- name: web # serves\n  image: registry.example.com/web:1.4.2';
const TWO = `initContainers:\n- name: migrate\n  image: registry.example.com/migrate:1.0.0\n${WEB}`;
const READ_ONLY = 'securityContext:\n    readOnlyRootFilesystem: true';

const cases: Readonly<Record<string, readonly [what: string, spec: string, findings: number][]>> = {
  'writable-root-filesystem': [
    ['no security context, no volumes', TWO, 2],
    ['set to false', `${WEB}\n  securityContext:\n    readOnlyRootFilesystem: false # it writes`, 1],
    [
      'a writable /tmp is there',
      `volumes:\n- name: scratch\n  emptyDir: {}\n${WEB}\n  volumeMounts:\n  - name: scratch\n    mountPath: /tmp/`,
      1,
    ],
    [
      'the name tmp is taken',
      `volumes:\n- name: tmp\n  configMap:\n    name: tmp\n${WEB}\n  volumeMounts:\n  - {name: tmp, mountPath: /etc/web}`,
      1,
    ],
    ['an emptyDir tmp waits unused', `volumes:\n- name: tmp\n  emptyDir: {}\n${WEB}`, 1],
    ['for Windows', `nodeSelector: {kubernetes.io/os: windows}\n${WEB}`, 0],
    ['of a type that is refused', `${WEB}\n  securityContext: {readOnlyRootFilesystem: "true"}`, 0],
  ],
  'read-only-root-without-tmp': [
    ['nothing to write to', `${WEB}\n  ${READ_ONLY}`, 1],
    [
      'a volume that is mounted read-only',
      `volumes:\n- {name: a, emptyDir: {}}\n${WEB}\n  ${READ_ONLY}\n  volumeMounts:\n  - {name: a, mountPath: /tmp, readOnly: true}`,
      1,
    ],
    [
      'a ConfigMap',
      `volumes:\n- {name: a, configMap: {name: a}}\n${WEB}\n  ${READ_ONLY}\n  volumeMounts:\n  - {name: a, mountPath: /tmp}`,
      1,
    ],
    [
      'TMPDIR elsewhere',
      `volumes:\n- {name: a, emptyDir: {}}\n${WEB}\n  ${READ_ONLY}\n  env: [{name: TMPDIR, value: /scratch/}]\n  volumeMounts:\n  - {name: a, mountPath: /scratch}`,
      0,
    ],
    ['a claim of a StatefulSet', `${WEB}\n  ${READ_ONLY}\n  volumeMounts:\n  - {name: data, mountPath: /tmp}`, 0],
  ],
  'security-context-wrong-level': [
    [
      'what gives something away',
      `securityContext:\n  privileged: true # why\n  readOnlyRootFilesystem: false\n${TWO}`,
      2,
    ],
    ['a read-only root beside it', `${WEB}\n  readOnlyRootFilesystem: true`, 1],
    [
      'container settings at the pod',
      `securityContext:\n  capabilities:\n    drop:\n    - ALL\n  readOnlyRootFilesystem: true\n  runAsUser: 5\n${TWO}\n  securityContext:\n    readOnlyRootFilesystem: false`,
      2,
    ],
    [
      'pod settings at a container',
      `${WEB}\n  securityContext:\n    fsGroup: 5\n    supplementalGroups: [6]\n    runAsUser: 5`,
      2,
    ],
    [
      'beside the security context',
      `runAsNonRoot: true\nprivileged: false\n${WEB}\n  allowPrivilegeEscalation: false`,
      3,
    ],
    [
      'all of it in order',
      `securityContext: {fsGroup: 5, runAsUser: 5}\n${WEB}\n  securityContext: {privileged: false, runAsUser: 6}`,
      0,
    ],
  ],
  'security-field-wrong-type': [
    [
      'booleans',
      `hostNetwork: "false"\n${WEB}\n  securityContext:\n    privileged: "false" # no\n    readOnlyRootFilesystem: 'true'`,
      3,
    ],
    ['booleans that would give away', `hostPID: "true"\n${WEB}\n  securityContext:\n    privileged: "yes"`, 2],
    ['numbers', `securityContext:\n  runAsUser: "1000"\n  fsGroup: "5"\n  supplementalGroups: [1, "2"]\n${WEB}`, 3],
    [
      'what a Pod Security check speaks of',
      `securityContext: {runAsNonRoot: "true", seccompProfile: RuntimeDefault}\n${WEB}\n  securityContext: {allowPrivilegeEscalation: "false", capabilities: {drop: ALL}}`,
      0,
    ],
    [
      'what is overridden where it would count',
      `securityContext: {runAsNonRoot: "true"}\n${WEB}\n  securityContext: {runAsNonRoot: true}`,
      1,
    ],
    ['a capability', `${WEB}\n  securityContext: {capabilities: {drop: [ALL], add: NET_BIND_SERVICE}}`, 1],
    [
      'nulls and placeholders',
      `${WEB}\n  securityContext: {privileged: null, runAsUser: "\${USER}", readOnlyRootFilesystem: ~}`,
      0,
    ],
  ],
  'security-field-typo': [
    [
      'of a container',
      `${WEB}\n  securityContext:\n    allowPriviledgeEscalation: false # sic\n    readonlyRootFilesystem: true\n    runAsNonroot: true`,
      3,
    ],
    [
      'of the pod',
      `hostnetwork: false\nsecurityContext:\n  fsgroup: 5\n  seccompProfile:\n    typ: RuntimeDefault\n${WEB}`,
      3,
    ],
    ['beside the right one', `${WEB}\n  securityContext:\n    privileged: false\n    priviledged: false`, 1],
    [
      'of nothing near',
      `hostname: a\nhostAliases: []\nserviceAccountName: a\n${WEB}\n  securityContext: {nonsense: 1, fsGroup: 5, windowsOptions: {}}`,
      0,
    ],
  ],
  'contradictory-security-context': [
    ['privileged', `${WEB}\n  securityContext:\n    privileged: true\n    allowPrivilegeEscalation: false`, 1],
    [
      'CAP_SYS_ADMIN',
      `${WEB}\n  securityContext:\n    allowPrivilegeEscalation: false\n    capabilities:\n      add:\n      - CAP_SYS_ADMIN # mount`,
      1,
    ],
    [
      'profiles',
      `securityContext:\n  seccompProfile:\n    type: RuntimeDefault\n    localhostProfile: web.json\n${WEB}\n  securityContext:\n    appArmorProfile:\n      type: Localhost`,
      2,
    ],
    [
      'root, which a check of restricted speaks of',
      `securityContext: {runAsNonRoot: true}\n${WEB}\n  securityContext: {runAsUser: 0}`,
      0,
    ],
    [
      'root in a user namespace',
      `hostUsers: false\nsecurityContext: {runAsNonRoot: true}\n${WEB}\n  securityContext: {runAsUser: 0}`,
      1,
    ],
  ],
  'container-runtime-socket': [
    [
      'socket and directory',
      `volumes:\n- name: a\n  hostPath: {path: /run/containerd/containerd.sock}\n- name: b\n  hostPath: {path: /var/run/crio/}\n${WEB}\n  volumeMounts:\n  - {name: a, mountPath: /a}\n  - {name: b, mountPath: /b}`,
      2,
    ],
    ['another socket', `volumes: [{name: a, hostPath: {path: /run/web.sock}}]\n${WEB}`, 0],
  ],
  'sensitive-host-path': [
    [
      'root and etcd',
      `volumes:\n- name: a\n  hostPath: {path: /}\n- name: b\n  hostPath: {path: //var/lib/etcd/member/}\n${WEB}\n  volumeMounts:\n  - {name: a, mountPath: /host}`,
      2,
    ],
    [
      'a directory of its own, and what is unknown',
      `volumes: [{name: a, hostPath: {path: /srv/web}}, {name: b, hostPath: {path: "\${P}"}}]\n${WEB}`,
      0,
    ],
  ],
  'writable-host-path': [
    [
      'one of two mounts',
      `volumes:\n- name: a\n  hostPath: {path: /srv/web}\n${TWO}\n  volumeMounts:\n  - name: a # here\n    mountPath: /a\n  - {name: a, mountPath: /b, readOnly: true}`,
      1,
    ],
    [
      'set to false',
      `volumes:\n- name: a\n  hostPath: {path: /srv/web}\n${WEB}\n  volumeMounts:\n  - {name: a, mountPath: /a, readOnly: false}`,
      1,
    ],
    [
      'a socket',
      `volumes: [{name: a, hostPath: {path: /run/web.sock, type: Socket}}]\n${WEB}\n  volumeMounts: [{name: a, mountPath: /a}]`,
      0,
    ],
  ],
  'bidirectional-mount-propagation': [
    [
      'one of two',
      `${WEB}\n  volumeMounts:\n  - name: a\n    mountPath: /a\n    mountPropagation: Bidirectional # csi\n  - {name: b, mountPath: /b, mountPropagation: HostToContainer}`,
      1,
    ],
  ],
  'image-tag-mutable': [
    [
      'no tag, latest, a registry with a port',
      'containers:\n- {name: a, image: a}\n- {name: b, image: "registry.example.com:5000/b"}\n- {name: c, image: "c:latest"}',
      3,
    ],
    [
      'a version, a digest, what is unknown',
      `containers:\n- {name: a, image: "a:1"}\n- {name: b, image: "b:latest@sha256:${'0'.repeat(64)}"}\n- {name: c, image: "c:\${TAG}"}`,
      0,
    ],
  ],
  'memory-limit-missing': [
    ['the request is where it starts from', `${TWO}\n  resources:\n    requests:\n      memory: 1Gi`, 2],
    ['set for the pod', `resources: {limits: {memory: 1Gi}}\n${TWO}`, 0],
  ],
  'cpu-request-missing': [['a limit stands in for it', `${TWO}\n  resources:\n    limits:\n      cpu: 1`, 1]],
  'root-group': [
    [
      'all of them',
      `securityContext:\n  runAsGroup: 0\n  fsGroup: 0\n  supplementalGroups: [0, 5]\n${WEB}\n  securityContext: {runAsGroup: 0}`,
      4,
    ],
  ],
};

describe.each(Object.keys(cases))('%s', (id) => {
  test.each(cases[id] ?? [])('%s', (_, spec, findings) => check(rule(id), pod(spec), findings));
});

test('a securityContext outside the spec of the pod is moved there', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  securityContext:
    runAsNonRoot: true
  template:
    metadata:
      labels: {app: web}
      securityContext: {runAsUser: 5}
    spec:
      containers:
      - name: web
        image: registry.example.com/web:1.4.2
`;
  check(rule('security-context-wrong-level'), text, 2);
});

test('containers of one pod get a /tmp of their own', () => {
  const found = see(pod(TWO), ['writable-root-filesystem']);
  expect(found.map(({ fixes }) => fixes)).toEqual([
    ['Set readOnlyRootFilesystem: true and mount an emptyDir at /tmp'],
    ['Set readOnlyRootFilesystem: true and mount an emptyDir at /tmp'],
  ]);
});

test('a security context that is a text holds nothing', () => {
  const spec = `securityContext:\n  runAsUser:65534\n  fsGroup:65534\n${WEB}\n  securityContext: []`;
  const found = see(pod(spec), ['security-field-wrong-type']);
  expect(found.map(({ message }) => /^(\S+) is (a list|\S+)/.exec(message)?.slice(1))).toEqual([
    ['securityContext', 'runAsUser:65534'],
    ['securityContext', 'a list'],
  ]);
});
