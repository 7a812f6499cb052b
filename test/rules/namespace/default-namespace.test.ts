import { describe, expect, it } from 'vitest';
import rule from '../../../server/src/rules/namespace/default-namespace';
import { check } from '../../harness/check';
import { checkFile, openProject } from '../../harness/lint-text';

const object = (kind: string, name: string, namespace?: string, apiVersion = 'v1'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace ? `  namespace: ${namespace}\n` : ''}`;
const SHOP = object('Namespace', 'shop');

function find(text: string, others: Record<string, string> = {}): string[] {
  const { findings } = checkFile(openProject({ 'app.yaml': text, ...others }), 'app.yaml');
  return findings.filter((one) => one.rule === rule.id).map(({ message }) => message);
}

describe('an object in "default"', () => {
  it.each([
    ['Service', 'v1'],
    ['ConfigMap', 'v1'],
    ['Deployment', 'apps/v1'],
    ['CronJob', 'batch/v1'],
    ['Ingress', 'networking.k8s.io/v1'],
  ])('is told: %s', (kind, apiVersion) => {
    expect(find(object(kind, 'web', 'default', apiVersion))).toHaveLength(1);
  });

  it.each([
    ['what each cluster has there', object('Service', 'kubernetes', 'default')],
    ['its own account', object('ServiceAccount', 'default', 'default')],
    ['what hardens it', object('NetworkPolicy', 'deny', 'default', 'networking.k8s.io/v1')],
    ['rights in it', object('RoleBinding', 'readers', 'default', 'rbac.authorization.k8s.io/v1')],
    ['what is somewhere else', object('Service', 'web', 'shop')],
    ['what is not known', object('Service', 'web', '${NAMESPACE}')],
    ['a custom resource', object('Service', 'web', 'default', 'serving.knative.dev/v1')],
  ])('is let be: %s', (_, text) => {
    expect(find(text)).toEqual([]);
  });

  it('is let be where kustomize puts another in its place', () => {
    const text = object('Service', 'web', 'default');
    const files = (kustomization: string) => ({
      [kustomization]: 'namespace: shop\nresources: [a.yaml]\n',
      'shop/base/web.yaml': text,
    });
    const count = (kustomization: string) =>
      checkFile(openProject(files(kustomization)), 'shop/base/web.yaml').findings.filter((one) => one.rule === rule.id)
        .length;
    expect(count('shop/base/kustomization.yaml')).toBe(0);
    expect(count('shop/overlays/production/kustomization.yaml')).toBe(0);
    expect(count('other/overlays/production/kustomization.yaml')).toBe(1);
  });

  it('may go to the Namespaces that are known', () => {
    const files = {
      'app.yaml': object('Service', 'web', 'default'),
      'namespaces.yaml': `${SHOP}---\n${object('Namespace', 'kube-extra')}`,
    };
    check(rule, files, 1);
    const [finding] = checkFile(openProject(files), 'app.yaml').findings.filter((one) => one.rule === rule.id);
    expect(finding?.fixes.map(({ title }) => title)).toEqual(['Set namespace: shop']);
  });
});

describe('an object that names no namespace', () => {
  const service = object('Service', 'web');

  it('is told where its file makes one', () => {
    expect(find(`${SHOP}---\n${service}`)).toHaveLength(1);
    check(rule, `${SHOP}---\n${service}`, 1);
  });

  it.each<[string, Record<string, string>]>([
    ['in another file', { 'namespace.yaml': SHOP }],
    ['nowhere', {}],
  ])('is let be where it is made %s', (_, others) => {
    expect(find(service, others)).toEqual([]);
  });

  it('is let be where something else chooses the namespace', () => {
    const flux = `${object('Kustomization', 'apps', 'flux-system', 'kustomize.toolkit.fluxcd.io/v1')}spec:\n  targetNamespace: shop\n`;
    expect(
      find(`${SHOP}---\n${service}`, { 'kustomization.yaml': 'namespace: shop\nresources: [app.yaml]\n' }),
    ).toEqual([]);
    expect(find(`${SHOP}---\n${service}`, { 'flux.yaml': flux })).toEqual([]);
  });

  it('is let be beside a system Namespace', () => {
    expect(find(`${object('Namespace', 'kube-system')}---\n${service}`)).toEqual([]);
  });
});
