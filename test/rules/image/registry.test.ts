import { expect, test } from 'vitest';
import rule from '../../../server/src/rules/image/image-registry-not-allowed';
import { check } from '../../harness/check';
import { checkFile, openProject } from '../../harness/lint-text';

const pod = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: ${image}\n`;

test('is silent until registries are configured', () => {
  const found = checkFile(openProject({ 'a.yaml': pod('docker.io/somebody/web:1.4.2') }), 'a.yaml').findings;
  expect(found.map((finding) => finding.rule)).not.toContain(rule.id);
});

test.each([
  ['registry.example.com/web:1.4.2', 'registry.example.com', 0],
  ['registry.example.com/web:1.4.2', 'registry.example.com/', 0],
  ['registry.example.com/team-b/web:1.4.2', 'registry.example.com/team', 1],
  ['registry.example.com.evil.test/web:1.4.2', 'registry.example.com', 1],
  ['nginx:1.27.0', 'docker.io', 0],
  ['nginx:1.27.0', 'docker.io/library', 0],
  ['team/web:1.4.2', 'docker.io/library', 1],
  ['localhost:5000/web:1.4.2', 'localhost:5000', 0],
  ['localhost:5000/web:1.4.2', 'docker.io', 1],
  ['"${REGISTRY}/web:1.4.2"', 'docker.io', 0],
])('%s, where %s is allowed: %d', (image, allowed, expected) => {
  check(rule, pod(image), expected, { allowedRegistries: [allowed] });
});

test('is silent where kustomize replaces the image', () => {
  const kustomization =
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages:\n  - name: web\n    newName: registry.example.com/web\n    newTag: 1.4.2\n';
  const files = { 'a.yaml': pod('web'), 'kustomization.yaml': kustomization };
  const found = checkFile(openProject(files, { allowedRegistries: ['registry.example.com'] }), 'a.yaml').findings;
  expect(found.map((finding) => finding.rule)).not.toContain(rule.id);
});
