import { describe, expect, it } from 'vitest';
import rule from '../../../server/src/rules/pod-hardening/writable-root-filesystem';
import { check } from '../../harness/check';
import { checkFile, openProject } from '../../harness/lint-text';

const pod = (image: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: ${image}\n${more}`;

function titleOf(text: string): string | undefined {
  const { findings } = checkFile(openProject({ 'web.yaml': text }), 'web.yaml');
  return findings.find((finding) => finding.rule === rule.id)?.fixes[0]?.title;
}

describe('a read-only root filesystem comes with what the image writes to', () => {
  it.each([
    ['nginx:1.29', '/tmp, /var/cache/nginx and /var/run'],
    ['docker.io/library/nginx:1.29', '/tmp, /var/cache/nginx and /var/run'],
    ['public.ecr.aws/docker/library/postgres:18', '/tmp and /var/run/postgresql'],
    ['httpd:2.4', '/tmp and /usr/local/apache2/logs'],
    ['registry.example.com/nginx:1.29', '/tmp'],
    ['bitnami/nginx:1.29', '/tmp'],
    ['constructor', '/tmp'],
  ])('%s', (image, paths) => {
    const what = paths.includes(' and ') ? 'emptyDirs' : 'an emptyDir';
    expect(titleOf(pod(image))).toBe(`Set readOnlyRootFilesystem: true and mount ${what} at ${paths}`);
    check(rule, pod(image), 1);
  });

  it('but not where something is mounted already', () => {
    const mounts = `      volumeMounts:
        - name: cache
          mountPath: /var/cache/nginx
        - name: run
          mountPath: /var/run/
  volumes:
    - name: cache
      emptyDir: {}
    - name: run
      emptyDir: {}
`;
    expect(titleOf(pod('nginx:1.29', mounts))).toBe('Set readOnlyRootFilesystem: true and mount an emptyDir at /tmp');
    check(rule, pod('nginx:1.29', mounts), 1);
  });

  it('nor in a patch, of whose pod the rest is not here', () => {
    const patch = pod('', '      securityContext:\n        readOnlyRootFilesystem: false\n').replace(
      '      image: \n',
      '',
    );
    expect(titleOf(patch)).toBe('Set readOnlyRootFilesystem: true');
  });
});
