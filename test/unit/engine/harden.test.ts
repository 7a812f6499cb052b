import { describe, expect, test } from 'vitest';
import { getHardenOffers, type HardenOffer, harden } from '../../../server/src/engine/harden';
import type { Project } from '../../../server/src/engine/project';
import { MAX_FINDINGS_PER_DOCUMENT } from '../../../server/src/engine/run';
import { PSS_NEWEST_MINOR, type PssLevel } from '../../../server/src/standards/pss';
import { applyEdits } from '../../../server/src/text/edit';
import { openProject, toUri } from '../../harness/lint-text';

const VERSION = `v1.${PSS_NEWEST_MINOR}`;

/** A pod of two containers, both at fault, that also shares the network of its node. */
const TWO = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop # the shop
  namespace: shop
spec:
  selector:
    matchLabels: { app: shop }
  template:
    metadata:
      labels: { app: shop }
    spec:
      hostNetwork: true # why ever
      containers:
        - name: web # faces people
          image: registry.example.com/web:1.0
          securityContext:
            privileged: true # needed once
        - name: log
          image: registry.example.com/log:1.0 # quiet
          securityContext:
            capabilities:
              add: [SYS_ADMIN]
`;

const PLAIN = `apiVersion: v1
kind: Pod
metadata:
  name: plain
spec:
  containers:
    - name: app
      image: registry.example.com/app:1.0
`;

function offersAt(text: string, needle: string, project = openProject({ 'a.yaml': text })): HardenOffer[] {
  const offset = text.indexOf(needle);
  expect(offset).toBeGreaterThanOrEqual(0);
  return getHardenOffers(project, toUri('a.yaml'), offset);
}

function pick(offers: readonly HardenOffer[], title: string): HardenOffer {
  const found = offers.find((offer) => offer.title === title);
  if (!found) throw new Error(`not offered: ${title}, but ${offers.map((offer) => offer.title).join(', ')}`);
  return found;
}

/** Hardens what an offer at `needle` names, and proves that the edits are one change of the file. */
function apply(text: string, needle: string, title: string, project = openProject({ 'a.yaml': text })): string {
  const { level, scope } = pick(offersAt(text, needle, project), title);
  const fixed = harden(project, toUri('a.yaml'), level, scope);
  if (!fixed) throw new Error('nothing changes');
  expect(project.getText(toUri('a.yaml'))).toBe(text);
  expect(applyEdits(text, fixed.edits)).toBe(fixed.text);
  return fixed.text;
}

/** The Pod Security checks that a text fails at a level. */
function failedAt(text: string, level: PssLevel): string[] {
  const project: Project = openProject({ 'a.yaml': text }, { podSecurityLevel: level, isLevelForced: true });
  const findings = project.check(toUri('a.yaml'))?.findings ?? [];
  return findings.flatMap(({ standards }) => standards.filter((id) => id.startsWith('pss/')));
}

/** What stands from one text up to another. */
function between(text: string, from: string, to: string): string {
  return text.slice(text.indexOf(from), text.indexOf(to) === -1 ? undefined : text.indexOf(to));
}

function getComments(text: string): readonly string[] {
  return text.match(/(?<=\s)#.*$/gm) ?? [];
}

describe('what is offered', () => {
  test('the container at the cursor, its pod, and no file that has no other pod', () => {
    expect(offersAt(TWO, 'privileged').map(({ title }) => title)).toEqual([
      `Harden container "web" to baseline (${VERSION})`,
      `Harden container "web" to restricted (${VERSION})`,
      `Harden Deployment "shop" to baseline (${VERSION})`,
      `Harden Deployment "shop" to restricted (${VERSION})`,
    ]);
    expect(offersAt(TWO, 'matchLabels').map(({ scope }) => scope.kind)).toEqual(['pod', 'pod']);
  });

  test('a level that asks for nothing more is not', () => {
    const levels = offersAt(PLAIN, 'image:').map(({ level }) => level);
    expect(new Set(levels)).toEqual(new Set(['restricted']));
    const done = apply(PLAIN, 'kind:', `Harden Pod "plain" to restricted (${VERSION})`);
    expect(offersAt(done, 'image:')).toEqual([]);
  });

  test('all pods of the file, where another one needs it', () => {
    const text = `${PLAIN}---\n${TWO}`;
    const titles = offersAt(text, 'image:').map(({ title }) => title);
    expect(titles).toContain(`Harden all pods of this file to baseline (${VERSION})`);
    expect(titles).toContain(`Harden all pods of this file to restricted (${VERSION})`);
    expect(offersAt(`${text}---\nkind: Service\napiVersion: v1\n`, 'kind: Service')).toEqual([]);
  });

  test('nothing where the text is shared by an anchor and cannot be edited in place', () => {
    const text = PLAIN.replace('      image', '      securityContext: &s {privileged: true}\n      image').replace(
      /$/,
      '    - name: other\n      image: registry.example.com/other:1.0\n      securityContext: *s\n',
    );
    expect(
      offersAt(text, 'name: app').filter(({ level, scope }) => level === 'baseline' && scope.kind !== 'file'),
    ).toEqual([]);
  });

  test('the version is that of the settings', () => {
    const project = openProject({ 'a.yaml': PLAIN }, { kubernetesMinor: 24 });
    expect(offersAt(PLAIN, 'image:', project).map(({ title }) => title)).toContain(
      'Harden Pod "plain" to restricted (v1.24)',
    );
  });
});

describe('what comes of it', () => {
  test('of two containers only the chosen one changes', () => {
    const text = apply(TWO, 'privileged', `Harden container "web" to restricted (${VERSION})`);
    const log = (one: string) => one.slice(one.indexOf('- name: log'));
    expect(log(text)).toBe(log(TWO));
    expect(between(text, 'apiVersion', 'securityContext')).toBe(between(TWO, 'apiVersion', 'securityContext'));
    const web = between(text, '- name: web', '- name: log');
    for (const part of [
      'privileged: false',
      'runAsNonRoot: true',
      'allowPrivilegeEscalation: false',
      'RuntimeDefault',
    ]) {
      expect(web).toContain(part);
    }
    expect(getComments(text)).toEqual(getComments(TWO));
    expect(offersAt(text, 'faces people').filter(({ scope }) => scope.kind === 'container')).toEqual([]);
  });

  test.each(['baseline', 'restricted'] as const)('a pod at %s has no fault of that level left', (level) => {
    const text = apply(TWO, 'kind:', `Harden Deployment "shop" to ${level} (${VERSION})`);
    expect(failedAt(TWO, level)).not.toEqual([]);
    expect(failedAt(text, level)).toEqual([]);
    expect(text.includes('runAsNonRoot')).toBe(level === 'restricted');
    for (const comment of getComments(TWO).filter((one) => one !== '# why ever')) expect(text).toContain(comment);
  });

  test('a file: every pod of it', () => {
    const text = apply(`${PLAIN}---\n${TWO}`, 'image:', `Harden all pods of this file to restricted (${VERSION})`);
    expect(failedAt(text, 'restricted')).toEqual([]);
  });

  test('so many containers that not all that is found in them is listed', () => {
    const head = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: big\n  namespace: shop\nspec:\n  containers:\n';
    const names = Array.from({ length: MAX_FINDINGS_PER_DOCUMENT / 2 }, (_, index) => `c${index}`);
    const text = head + names.map((name) => `    - name: ${name}\n      image: example.com/${name}\n`).join('');
    const project = openProject({ 'a.yaml': text });
    expect(project.check(toUri('a.yaml'))?.unchecked).toHaveLength(1);
    const hardened = harden(project, toUri('a.yaml'), 'restricted', { kind: 'file' })?.text ?? '';
    expect(hardened.match(/allowPrivilegeEscalation: false/g)).toHaveLength(names.length);
    expect(hardened.match(/drop:\n/g)).toHaveLength(names.length);
  });

  test('CRLF stays CRLF', () => {
    const crlf = TWO.replaceAll('\n', '\r\n');
    const text = apply(crlf, 'kind:', `Harden Deployment "shop" to restricted (${VERSION})`);
    expect(text.match(/(?<!\r)\n/)).toBeNull();
    const plain = apply(TWO, 'kind:', `Harden Deployment "shop" to restricted (${VERSION})`);
    expect(text.replaceAll('\r\n', '\n')).toBe(plain);
  });

  test('neither the labels of the Namespace nor rules that are off stand in the way', () => {
    const namespace =
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: privileged\n';
    const rules = { 'run-as-root-allowed': 'off', 'privileged-container': 'off' } as const;
    const project = openProject({ 'a.yaml': TWO, 'ns.yaml': namespace }, { rules });
    const text = apply(TWO, 'kind:', `Harden Deployment "shop" to restricted (${VERSION})`, project);
    expect(failedAt(text, 'restricted')).toEqual([]);
  });

  test('a pod inside a List, and an init container, are found by their place', () => {
    const item = TWO.replace('      containers:', '      initContainers:')
      .replace(/^(?=.)/gm, '    ')
      .replace('    ', '  - ');
    const list = `apiVersion: v1\nkind: List\nitems:\n${item}`.replace('- name: log', '- name: log # init');
    const withMain = `${list}          containers:\n            - name: main\n              image: registry.example.com/main:1.0\n`;
    const text = apply(withMain, '# init', `Harden init container "log" to restricted (${VERSION})`);
    expect(text.slice(text.indexOf('- name: main'))).toBe(withMain.slice(withMain.indexOf('- name: main')));
    expect(text.slice(0, text.indexOf('- name: log'))).toBe(withMain.slice(0, withMain.indexOf('- name: log')));
    expect(text).not.toContain('SYS_ADMIN');
  });
});
