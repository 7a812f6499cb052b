import { describe, expect, test } from 'vitest';
import { readImage } from '../../../server/src/rules/image/_image';
import { RULES } from '../../../server/src/rules/index';
import { getNearestName } from '../../../server/src/rules/pod-hardening/_near';
import { check } from '../../harness/check';
import { checkFile, openProject } from '../../harness/lint-text';
import { see } from '../pod-security/find';

const rule = (id: string) => {
  const found = RULES.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
};

const pod = (spec: string, annotations: readonly string[] = []): string => {
  const lines = annotations.map((line) => `    ${line}\n`).join('');
  const metadata = lines ? `  annotations:\n${lines}` : '';
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n${metadata}spec:\n${spec.trim().replace(/^(?=.)/gm, '  ')}\n`;
};

const WEB = 'containers:\n- name: web # serves\n  image: registry.example.com/web:1.4.2';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io';
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';

const cases: Readonly<Record<string, readonly [what: string, text: string, findings: number][]>> = {
  'apparmor-annotation-deprecated': [
    ['moved to its container', pod(WEB, [`${APPARMOR}/web: localhost/web # ours`, 'team: shop']), 1],
    [
      'said by the field already',
      pod(`${WEB}\n  securityContext: {appArmorProfile: {type: RuntimeDefault}}`, [`${APPARMOR}/web: runtime/default`]),
      1,
    ],
    ['of no container', pod(WEB, [`${APPARMOR}/gone: runtime/default`]), 1],
    ['unconfined, which the standard speaks of', pod(WEB, [`${APPARMOR}/web: unconfined`]), 0],
  ],
  'seccomp-annotation-deprecated': [
    [
      'of the pod and of a container',
      pod(WEB, [`${SECCOMP}: runtime/default`, 'container.seccomp.security.alpha.kubernetes.io/web: localhost/a.json']),
      2,
    ],
    ['unconfined', pod(WEB, [`${SECCOMP}: unconfined`]), 1],
  ],
  'control-plane-toleration': [
    [
      'by name and for all, but not for another effect',
      pod(
        `tolerations:\n- key: node-role.kubernetes.io/master\n  effect: NoSchedule # old\n- operator: Exists\n- {operator: Exists, effect: NoExecute}\n- {key: gpu, operator: Exists}\n${WEB}`,
      ),
      2,
    ],
  ],
  'node-name-set': [['read from a cluster', `${pod(`nodeName: a\n${WEB}`)}status:\n  phase: Running\n`, 0]],
  'sudo-in-command': [
    [
      'a word, a script, and no call',
      pod(
        `${WEB}\n  command:\n  - /usr/bin/sudo # why\n  - web\n  args: ["-c", "cd / && sudo -E web; echo pseudo sudoers"]`,
      ),
      2,
    ],
    ['with an option of its own', pod(`${WEB}\n  command: [sudo, -E, web]`), 1],
    ['only in a word', pod(`${WEB}\n  command: [echo, "no sudo", pseudo]`), 0],
  ],
  'low-uid': [
    [
      'pod and container, not root',
      pod(`securityContext: {runAsUser: 999}\n${WEB}\n  securityContext: {runAsUser: 0}`),
      1,
    ],
  ],
  'low-gid': [['a container', pod(`${WEB}\n  securityContext:\n    runAsGroup: 33 # www-data`), 1]],
  'user-namespace-missing': [
    ['refused beside the network of the node', pod(`hostNetwork: true\n${WEB}`), 0],
    ['set to true', pod(`hostUsers: true\n${WEB}`), 1],
  ],
  'empty-dir-size-limit-missing': [
    [
      'one of two',
      pod(`volumes:\n- name: a\n  emptyDir:\n    medium: Memory\n- {name: b, emptyDir: {sizeLimit: 1Mi}}\n${WEB}`),
      1,
    ],
  ],
  'net-raw-capability': [['left to the check of restricted', pod(WEB), 0]],
  'privileged-port': [
    [
      'not that of SSH, which has a rule of its own',
      pod(`${WEB}\n  ports: [{containerPort: 22}, {containerPort: 443}, {containerPort: 8080}]`),
      1,
    ],
  ],
  'image-pull-policy': [
    ['the default of latest is to pull', pod('containers:\n- {name: a, image: a}\n- {name: b, image: "b:latest"}'), 0],
    [
      'that of another moving tag is not',
      pod('containers:\n- name: a\n  image: a:main\n- {name: b, image: "b:latest", imagePullPolicy: Never}'),
      2,
    ],
  ],
  'process-namespace-shared': [['yes', pod(`shareProcessNamespace: yes # debug\n${WEB}`), 1]],
  'host-aliases': [['an empty list', pod(`hostAliases: []\n${WEB}`), 0]],
};

describe.each(Object.keys(cases))('%s', (id) => {
  test.each(cases[id] ?? [])('%s', (_, text, findings) => check(rule(id), text, findings));
});

test('in baseline, a container that keeps NET_RAW is told so', () => {
  const namespace =
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: baseline\n---\n';
  const drops = (list: string) =>
    pod(`${WEB}\n  securityContext:\n    capabilities:\n      drop: ${list}`).replace(
      'name: web\n',
      'name: web\n  namespace: shop\n',
    );
  check(rule('net-raw-capability'), namespace + drops('[MKNOD] # one'), 1);
  check(rule('net-raw-capability'), namespace + drops('[NET_RAW]'), 0);
});

test('a LimitRange of the namespace gives what a container leaves out', () => {
  const range = (field: string) =>
    `apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: a\nspec:\n  limits:\n  - {type: Container, ${field}: {memory: 1Gi}}\n`;
  const missing = (limitRange: string) => {
    const project = openProject({ 'pod.yaml': pod(WEB), 'range.yaml': limitRange });
    return checkFile(project, 'pod.yaml')
      .findings.map((finding) => finding.rule)
      .filter((id) => id.endsWith('-missing') && /memory|cpu/.test(id));
  };
  expect(missing(range('default'))).toEqual(['cpu-request-missing']);
  expect(missing(range('max'))).toEqual(['cpu-request-missing']);
  expect(missing(range('defaultRequest')).sort()).toEqual(['cpu-request-missing', 'memory-limit-missing']);
  expect(missing(range('default').replace('Container', 'Pod')).sort()).toEqual([
    'cpu-request-missing',
    'memory-limit-missing',
  ]);
  const elsewhere = range('default').replace('name: a', 'name: a\n  namespace: other');
  expect(missing(elsewhere).sort()).toEqual(['cpu-request-missing', 'memory-limit-missing']);
});

test('rules that are off by default stay silent until they are switched on', () => {
  const off = RULES.filter(({ isDefault }) => isDefault === false).map(({ id }) => id);
  expect(off).toEqual(
    expect.arrayContaining(['cpu-limit-missing', 'image-digest-missing', 'low-gid', 'low-uid', 'naked-pod']),
  );
  const text = pod(`securityContext: {runAsUser: 999}\nvolumes: [{name: a, emptyDir: {}}]\n${WEB}`);
  expect(see(text, off)).toEqual([]);
  expect(see(text, off, { rules: { 'low-uid': 'error' } }).map(({ severity }) => severity)).toEqual(['error']);
});

test('a deprecated annotation is not spoken of before there was a field', () => {
  const text = pod(WEB, [`${SECCOMP}: runtime/default`, `${APPARMOR}/web: runtime/default`]);
  const rules = ['seccomp-annotation-deprecated', 'apparmor-annotation-deprecated'];
  const severities = (kubernetesMinor: number) => see(text, rules, { kubernetesMinor }).map(({ severity }) => severity);
  expect(severities(18)).toEqual([]);
  expect(severities(26)).toEqual(['info']);
  expect(severities(37)).toEqual(['warning', 'info']);
});

test('names that are near', () => {
  const names = ['privileged', 'readOnlyRootFilesystem', 'runAsUser', 'runAsGroup', 'procMount'];
  expect(getNearestName('readonlyrootfilesystem', names)).toBe('readOnlyRootFilesystem');
  expect(getNearestName('priviledged', names)).toBe('privileged');
  expect(getNearestName('privileged', names)).toBeUndefined();
  expect(getNearestName('runAs', names)).toBeUndefined();
  expect(getNearestName('command', names)).toBeUndefined();
  expect(getNearestName('hostIPD', ['hostIPC', 'hostPID'])).toBeUndefined();
});

test('references of images', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(readImage('registry.example.com:5000/a/b')).toEqual({
    name: 'registry.example.com:5000/a/b',
    tag: undefined,
    digest: undefined,
  });
  expect(readImage(`r.io:1/a:1.2@${digest}`)).toEqual({ name: 'r.io:1/a', tag: '1.2', digest });
  expect(readImage(`a@${digest}`)).toEqual({ name: 'a', tag: undefined, digest });
  expect(readImage('')).toBeUndefined();
  expect(readImage('not an image')).toBeUndefined();
});
