import { describe, expect, it, test } from 'vitest';
import { harden } from '../../../server/src/engine/harden';
import rule from '../../../server/src/rules/pod-hardening/run-as-non-root-without-numeric-user';
import runAsRoot from '../../../server/src/rules/pod-security/run-as-root-allowed';
import { check } from '../../harness/check';
import { checkFile, openProject, toUri } from '../../harness/lint-text';

const NAMED = 'FROM debian:13\nRUN useradd --uid 1200 app\nUSER app\n';

const pod = (image: string, more: { pod?: string; own?: string; spec?: string } = {}): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  ${more.spec ?? 'restartPolicy: Always'}
  securityContext:
    ${more.pod ?? 'runAsNonRoot: true'}
  containers:
    - name: web
      image: ${image}
      securityContext:
        ${more.own ?? 'privileged: false'}
`;

function find(image: string, files: Record<string, string>, more: Parameters<typeof pod>[1] = {}) {
  const { findings } = checkFile(openProject({ 'deploy/web.yaml': pod(image, more), ...files }), 'deploy/web.yaml');
  return findings.filter((finding) => finding.rule === rule.id);
}

describe('the Dockerfile of an image', () => {
  const own = 'registry.example.com/shop/web:1.4.2';

  it.each([
    'web/Dockerfile',
    'src/web/Dockerfile',
    'src/web/Containerfile',
    'docker/Dockerfile.web',
    'docker/web.Dockerfile',
  ])('is %s', (file) => expect(find(own, { [file]: NAMED })).toHaveLength(1));

  it.each([
    ['in another folder', own, ['shop/Dockerfile']],
    ['one of two in the folder', own, ['web/Dockerfile', 'web/Dockerfile.prod']],
    ['one of two folders of that name', own, ['a/web/Dockerfile', 'b/web/Dockerfile']],
    ['for an image of others', 'ghcr.io/shop/web:1', ['web/Dockerfile']],
    ['for an image of Docker Hub', 'shop/web:1', ['web/Dockerfile']],
    ['for an official image', 'web:1', ['web/Dockerfile']],
    ['for an image that is not known', 'registry.example.com/${NAME}:1', ['web/Dockerfile']],
  ])('is not one %s', (_, image, names) => {
    expect(find(image, Object.fromEntries(names.map((name) => [name, NAMED])))).toEqual([]);
  });

  it('is the one that Skaffold names, whatever the image is called', () => {
    const skaffold = (docker: string): string =>
      `apiVersion: skaffold/v4beta11\nkind: Config\nbuild:\n  artifacts:\n    - image: web\n      context: ../src/shop\n${docker}`;
    const files = { 'src/shop/Dockerfile': NAMED, 'src/shop/prod.Dockerfile': 'FROM debian:13\nUSER 1200\n' };
    expect(find('web', { ...files, 'deploy/skaffold.yaml': skaffold('') })).toHaveLength(1);
    const prod = skaffold('      docker: {dockerfile: prod.Dockerfile}\n');
    expect(find('web', { ...files, 'deploy/skaffold.yaml': prod })).toEqual([]);
  });
});

describe('a container that is not to be root', () => {
  const files = { 'web/Dockerfile': NAMED };
  const image = 'registry.example.com/web:1';

  it.each([
    ['with a user of its own', { own: 'runAsUser: 1200' }],
    ['with a user of the pod', { pod: 'runAsUser: 1200\n    runAsNonRoot: true' }],
    ['where it may be root', { own: 'runAsNonRoot: false' }],
    ['where nothing is said', { pod: 'fsGroup: 1200' }],
    ['on Windows', { spec: 'os: {name: windows}' }],
    ['where the user is not known', { own: 'runAsUser: ${UID}' }],
  ])('is let be %s', (_, more) => {
    expect(find(image, files, more)).toEqual([]);
  });

  it('is told of the user and shown the place', () => {
    const [finding] = find(image, files);
    expect(finding?.message).toContain('starts as "app"');
    const project = openProject({ 'deploy/web.yaml': pod(image), ...files });
    const [place] = checkFile(project, 'deploy/web.yaml').findings.flatMap(({ rule: id, related }) =>
      id === rule.id ? related.map((one) => project.locate(one.place)) : [],
    );
    expect(place?.uri).toBe(toUri('web/Dockerfile'));
    const span = place?.ref.anchor;
    expect(NAMED.slice(span?.start, span?.end)).toMatch(/^USER/);
  });

  it('is told of root', () => {
    expect(find(image, { 'web/Dockerfile': 'FROM node:22\n' })[0]?.message).toContain('as its base image "node" does');
    expect(find(image, { 'web/Dockerfile': 'FROM node:22\nUSER 0\n' })[0]?.message).toContain('starts as root:');
  });

  it('gets the number of the Dockerfile', () => {
    check(rule, { 'deploy/web.yaml': pod(image), ...files }, 1);
    check(rule, { 'deploy/web.yaml': pod(image), 'web/Dockerfile': 'FROM debian:13\nUSER app\n' }, 1);
  });

  it('is judged anew when its Dockerfile changes', () => {
    const project = openProject({ 'deploy/web.yaml': pod(image), ...files });
    const count = () => checkFile(project, 'deploy/web.yaml').findings.filter((one) => one.rule === rule.id).length;
    expect(count()).toBe(1);
    project.setFile(toUri('web/Dockerfile'), NAMED.replace('USER app', 'USER 1200'), 'dockerfile');
    expect(project.takeStale()).toContain(toUri('deploy/web.yaml'));
    expect(count()).toBe(0);
    project.removeFile(toUri('web/Dockerfile'));
    expect(count()).toBe(0);
  });
});

describe('a Dockerfile', () => {
  it('is judged by no rule', () => {
    const report = checkFile(openProject(files()), 'web/Dockerfile');
    expect(report.findings).toEqual([]);
    expect(report.unchecked).toEqual([]);
  });

  const files = (): Record<string, string> => ({ 'web/Dockerfile': `${NAMED}ENV apiVersion=v1 kind=Pod\n` });
});

test('demanding a user who is not root brings along the number that the Dockerfile gives it', () => {
  const image = 'registry.example.com/shop/web:1.4.2';
  const text = pod(image, { pod: 'fsGroup: 20001' });
  const files = { 'deploy/web.yaml': text, 'web/Dockerfile': NAMED };
  check(runAsRoot, files, 1);
  const project = openProject(files);
  const hardened = harden(project, toUri('deploy/web.yaml'), 'restricted', { kind: 'file' })?.text ?? '';
  expect(hardened).toContain('runAsUser: 1200');
  const left = checkFile(openProject({ ...files, 'deploy/web.yaml': hardened }), 'deploy/web.yaml').findings;
  expect(left.map((finding) => finding.rule)).not.toContain(rule.id);
  const numeric = { ...files, 'web/Dockerfile': NAMED.replace('USER app', 'USER 1200') };
  expect(harden(openProject(numeric), toUri('deploy/web.yaml'), 'restricted', { kind: 'file' })?.text).not.toContain(
    'runAsUser',
  );
});
