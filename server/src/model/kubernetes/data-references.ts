import type { Ref } from '../../syntax/ref';
import type { PodTemplate } from './pod';
import { getVolumes } from './pod-volumes';

/** How a pod takes what a Secret or ConfigMap holds: one value as a variable, all of them as variables, or as files. */
export type DataUse = 'variable' | 'environment' | 'files';

/** A Secret or ConfigMap as a pod names it. */
export interface DataReference {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly at: Ref;
  /** Scalars that name keys of it; none where all keys are meant. */
  readonly keys: readonly Ref[];
  readonly use: DataUse;
  /** What names it: `secretKeyRef`, `configMap`, … */
  readonly source: Ref;
  /** False where the pod starts without it, or where that is not known. */
  readonly isNeeded: boolean;
}

/** The Secrets and ConfigMaps that a pod names, in source order; not those it pulls images with. */
export function readDataReferences(pod: PodTemplate): DataReference[] {
  return [...readVolumes(pod), ...pod.containers.flatMap(({ ref }) => readEnvironment(ref))];
}

function readVolumes(pod: PodTemplate): DataReference[] {
  return getVolumes(pod).flatMap(({ ref }) => [
    ...toReference('Secret', 'files', ref.get('secret'), 'secretName'),
    ...toReference('ConfigMap', 'files', ref.get('configMap')),
    ...ref
      .get('projected', 'sources')
      .items()
      .flatMap((source) => [
        ...toReference('Secret', 'files', source.get('secret')),
        ...toReference('ConfigMap', 'files', source.get('configMap')),
      ]),
  ]);
}

function readEnvironment(container: Ref): DataReference[] {
  const variables = container.get('env').items();
  const sources = container.get('envFrom').items();
  return [
    ...variables.flatMap((item) => [
      ...toReference('Secret', 'variable', item.get('valueFrom', 'secretKeyRef')),
      ...toReference('ConfigMap', 'variable', item.get('valueFrom', 'configMapKeyRef')),
    ]),
    ...sources.flatMap((item) => [
      ...toReference('Secret', 'environment', item.get('secretRef')),
      ...toReference('ConfigMap', 'environment', item.get('configMapRef')),
    ]),
  ];
}

function toReference(
  kind: DataReference['kind'],
  use: DataUse,
  source: Ref,
  field: 'name' | 'secretName' = 'name',
): DataReference[] {
  const at = source.get(field);
  const optional = source.get('optional');
  const name = at.isPresent ? at.string : undefined;
  if (!name) return [];
  const items = source.get('items').items();
  const keys = [source.get('key'), ...items.map((item) => item.get('key'))].filter(
    (key) => key.isPresent && key.string,
  );
  const isNeeded = !optional.isUnknown && optional.boolean !== true;
  return [{ kind, name, at, keys, use, source, isNeeded }];
}
