import { describe, expect, test } from 'vitest';
import { HARDENED_POD } from './manifests';
import { lintJson, makeFolder, runCli } from './run-cli';

const RULE = 'run-as-non-root-without-numeric-user';
const POD = HARDENED_POD.replace(/ *runAsUser: \d+\n/, '').replace(
  /image: .*/,
  'image: registry.example.com/shop/web:1.4.2',
);
const DOCKERFILE = 'FROM node:22\nUSER app\n';

describe('a Dockerfile in a folder that is checked', () => {
  test('is read for what it says of its image, and is named where it is', () => {
    const cwd = makeFolder({ 'deploy/web.yaml': POD, 'src/web/Dockerfile': DOCKERFILE });
    const { report } = lintJson([], { cwd });
    const [finding] = report.findings.filter(({ rule }) => rule === RULE);
    expect(finding?.file).toBe('deploy/web.yaml');
    expect(runCli(['lint', '.'], { cwd }).stdout).toContain('src/web/Dockerfile');
    expect(report.errors).toEqual([]);
  });

  test('is not read where git ignores it, nor is a file that only resembles one', () => {
    const cwd = makeFolder({
      'deploy/web.yaml': POD,
      'src/web/Dockerfile': DOCKERFILE,
      'docs/web/Dockerfile.md': DOCKERFILE,
      '.gitignore': 'src/\n',
    });
    expect(lintJson([], { cwd }).report.findings.filter(({ rule }) => rule === RULE)).toEqual([]);
  });
});
