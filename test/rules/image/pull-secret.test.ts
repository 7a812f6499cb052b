import { describe, expect, it } from 'vitest';
import rule from '../../../server/src/rules/image/image-pull-secret-not-found';
import { checkFile, openProject } from '../../harness/lint-text';

const pod = (secret: string, namespace = 'shop'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: ${namespace}}\nspec:\n  imagePullSecrets: [{name: ${secret}}]\n  containers: [{name: web, image: registry.example.com/web:1}]\n`;
const secret = (name: string, namespace = 'shop', kind = 'Secret', apiVersion = 'v1'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;

function count(text: string, ...others: string[]): number {
  const files = Object.fromEntries(others.map((other, index) => [`other-${index}.yaml`, other]));
  const { findings } = checkFile(openProject({ 'web.yaml': text, ...files }), 'web.yaml');
  return findings.filter((one) => one.rule === rule.id).length;
}

describe('a pull secret that is not there', () => {
  it('is told where one of nearly that name is', () => {
    expect(count(pod('regcred'), secret('reg-cred'))).toBe(1);
    expect(count(pod('registry-credentails'), secret('registry-credentials'))).toBe(1);
    expect(count(pod('regcred'), secret('reg-cred', 'shop', 'SealedSecret', 'bitnami.com/v1alpha1'))).toBe(1);
  });

  it('is let be where it may be somewhere else', () => {
    expect(count(pod('regcred'))).toBe(0);
    expect(count(pod('regcred'), secret('database'))).toBe(0);
    expect(count(pod('regcred'), secret('reg-cred', 'other'))).toBe(0);
    expect(count(pod('${SECRET}'), secret('reg-cred'))).toBe(0);
    expect(count(pod('regcred'), secret('reg-cred'), secret('reg.cred'))).toBe(0);
  });

  it('is there when anything makes it', () => {
    expect(count(pod('regcred'), secret('regcred'), secret('reg-cred'))).toBe(0);
    expect(count(pod('regcred'), secret('reg-cred'), 'namespace: shop\nsecretGenerator: [{name: regcred}]\n')).toBe(0);
  });
});
