import { describe, expect, test } from 'vitest';
import { readFacts } from '../../../server/src/model/workspace/read-facts';
import { readSource } from '../../../server/src/syntax/source-file';

/** Where a document says that others are deployed to. */
function targetsOf(text: string) {
  const facts = readSource(text, 'yaml').documents.flatMap(({ tree }) => readFacts(tree).facts);
  return facts.flatMap((fact) => (fact.topic === 'deployment-target' ? [fact.value] : []));
}

describe('deployment targets', () => {
  test.each([
    ['a kustomization', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\n', true],
    ['a kustomization without a kind', 'namespace: shop\nresources:\n  - web.yaml\n', true],
    [
      'Flux',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: { targetNamespace: shop }\n',
      false,
    ],
    [
      'Argo CD',
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { destination: { namespace: shop } }\n',
      false,
    ],
    [
      'a set of Argo CD',
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: { template: { spec: { destination: { namespace: shop } } } }\n',
      false,
    ],
  ])('%s', (_, text, replacesNamespaces) => {
    expect(targetsOf(text)).toEqual([{ namespace: 'shop', replacesNamespaces }]);
  });

  test('a namespace that is filled in later may be any', () => {
    const text =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { destination: { namespace: "{{name}}" } }\n';
    expect(targetsOf(text)).toEqual([{ namespace: '?', replacesNamespaces: false }]);
  });

  test.each([
    ['no namespace', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [web.yaml]\n'],
    ['some other file', 'namespace: shop\nname: web\n'],
    ['an object', 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\n'],
  ])('%s is none', (_, text) => {
    expect(targetsOf(text)).toEqual([]);
  });
});
