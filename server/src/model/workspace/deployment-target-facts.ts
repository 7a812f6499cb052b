import type { Ref } from '../../syntax/ref';
import type { Fact } from './fact';
import { readKustomizationFacts } from './kustomization-facts';
import { type DeploymentTargetFact, UNKNOWN_NAMESPACE } from './topics';

/**
 * What a document says of the namespace that other files are deployed to, and of what their names become: a kustomization (whose apiVersion and kind may be
 * left out), a Kustomization of Flux, an Application or ApplicationSet of Argo CD.
 */
export function readDeploymentTargetFacts(root: Ref): Fact[] {
  const group = root.get('apiVersion').string?.split('/')[0];
  const kind = root.get('kind').string;
  if (group === 'kustomize.config.k8s.io' || (group === undefined && isKustomization(root, kind))) {
    return [...toFacts(root.get('namespace'), true), ...toNameFacts(root), ...readKustomizationFacts(root)];
  }
  // The files that Flux applies lie where the field `path` says, which is counted from the repository's root.
  if (group === 'kustomize.toolkit.fluxcd.io') return toFacts(root.get('spec', 'targetNamespace'), false);
  if (group !== 'argoproj.io') return [];
  if (kind === 'Application') return toFacts(root.get('spec', 'destination', 'namespace'), false);
  if (kind !== 'ApplicationSet') return [];
  return toFacts(root.get('spec', 'template', 'spec', 'destination', 'namespace'), false);
}

function isKustomization(root: Ref, kind: string | undefined): boolean {
  if (kind !== undefined) return kind === 'Kustomization';
  return ['resources', 'bases', 'components', 'patches'].some((key) => root.get(key).isSequence);
}

function toNameFacts(root: Ref): Fact[] {
  const [prefix = '', suffix = ''] = [root.get('namePrefix').string, root.get('nameSuffix').string];
  if (prefix === '' && suffix === '') return [];
  return [{ topic: 'kustomized-names', key: 'all', value: { prefix, suffix }, path: [] }];
}

function toFacts(at: Ref, replacesNamespaces: boolean): Fact[] {
  const namespace = at.isUnknown ? UNKNOWN_NAMESPACE : at.string;
  if (namespace === undefined) return [];
  const value: DeploymentTargetFact = { namespace, replacesNamespaces };
  return [{ topic: 'deployment-target', key: 'all', value, path: [] }];
}
