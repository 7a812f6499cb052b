import { describe, expect, it } from 'vitest';
import { checkFile, openProject } from '../../harness/lint-text';

const ALL_ON = { rules: { 'image-digest-missing': 'warning' } } as const;

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: web, imagePullPolicy: Never}
`;

function imageRules(other: Record<string, string>): string[] {
  const { findings } = checkFile(openProject({ 'base/web.yaml': POD, ...other }, ALL_ON), 'base/web.yaml');
  return findings.filter(({ category }) => category === 'image').map(({ rule }) => rule);
}

describe('an image that is replaced before it reaches a cluster', () => {
  it('is judged as it is written where nothing replaces it', () => {
    const all = ['image-digest-missing', 'image-tag-mutable', 'image-pull-policy'];
    expect(imageRules({})).toEqual(all);
    const skaffold = 'apiVersion: skaffold/v4beta11\nkind: Config\nbuild: {artifacts: [{image: other}]}\n';
    expect(imageRules({ 'skaffold.yaml': skaffold })).toEqual(all);
    expect(imageRules({ 'kustomization.yaml': 'images: [{name: web, newTag: latest}]\n' })).toEqual(all);
    expect(imageRules({ 'kustomization.yaml': 'images: [{name: web, newName: registry.example.com/web}]\n' })).toEqual(
      all,
    );
  });

  it('has the tag that Skaffold gives it', () => {
    const skaffold =
      'apiVersion: skaffold/v4beta11\nkind: Config\nbuild: {artifacts: [{image: web, context: src/web}]}\n';
    expect(imageRules({ 'skaffold.yaml': skaffold })).toEqual(['image-digest-missing']);
  });

  it('has the tag or the digest that kustomize gives it', () => {
    const header = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
    for (const start of ['', header]) {
      const tag = `${start}images:\n  - name: web\n    newTag: 1.4.2\n`;
      expect(imageRules({ 'prod/kustomization.yaml': tag })).toEqual(['image-digest-missing']);
      const digest = `${start}images:\n  - name: web\n    digest: sha256:${'0'.repeat(64)}\n`;
      expect(imageRules({ 'prod/kustomization.yaml': digest })).toEqual([]);
    }
  });
});
