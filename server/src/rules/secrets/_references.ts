import type { PodTemplate } from '../../model/kubernetes/pod';
import { getVolumes } from '../../model/kubernetes/pod-volumes';
import type { DataFact, DataKind } from '../../model/workspace/data-topics';
import type { Known } from '../../model/workspace/fact';
import { toObjectKey } from '../../model/workspace/reference-topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';

/** A Secret or ConfigMap without which a pod does not start, as the pod names it. */
export interface DataReference {
  readonly kind: DataKind;
  readonly name: string;
  readonly at: Ref;
  /** Scalars that name keys of it. */
  readonly keys: readonly Ref[];
}

/** The Secrets and ConfigMaps that a pod needs, in source order; not those that are optional, nor those it pulls images with. */
export function readDataReferences(pod: PodTemplate): DataReference[] {
  return [...readVolumes(pod), ...pod.containers.flatMap(({ ref }) => readEnvironment(ref))];
}

function readVolumes(pod: PodTemplate): DataReference[] {
  return getVolumes(pod).flatMap(({ ref }) => [
    ...toReference('Secret', ref.get('secret'), 'secretName'),
    ...toReference('ConfigMap', ref.get('configMap')),
    ...ref
      .get('projected', 'sources')
      .items()
      .flatMap((source) => [
        ...toReference('Secret', source.get('secret')),
        ...toReference('ConfigMap', source.get('configMap')),
      ]),
  ]);
}

function readEnvironment(container: Ref): DataReference[] {
  const variables = container.get('env').items();
  const sources = container.get('envFrom').items();
  return [
    ...variables.flatMap((item) => [
      ...toReference('Secret', item.get('valueFrom', 'secretKeyRef')),
      ...toReference('ConfigMap', item.get('valueFrom', 'configMapKeyRef')),
    ]),
    ...sources.flatMap((item) => [
      ...toReference('Secret', item.get('secretRef')),
      ...toReference('ConfigMap', item.get('configMapRef')),
    ]),
  ];
}

function toReference(kind: DataKind, source: Ref, field = 'name'): DataReference[] {
  const at = source.get(field);
  const optional = source.get('optional');
  const name = at.isPresent ? at.string : undefined;
  if (!name || optional.isUnknown || optional.boolean === true) return [];
  const items = source.get('items').items();
  const keys = [source.get('key'), ...items.map((item) => item.get('key'))];
  return [{ kind, name, at, keys: keys.filter((key) => key.isPresent && key.string) }];
}

/** What the workspace holds or makes under a name that may be in a pod's namespace. */
export function findData(
  { kind, name }: DataReference,
  namespace: string | undefined,
  workspace: Workspace,
): readonly Known<DataFact>[] {
  return workspace.find('data', toObjectKey({ kind, name })).filter(({ value }) => {
    return namespace === undefined || value.namespace === undefined || value.namespace === namespace;
  });
}
