import type { Ref } from '../../syntax/ref';
import type { PodTemplate } from '../kubernetes/pod';
import type { ReferredKind } from './reference-topics';

/** A scalar that holds a name, and what it is the name of. */
export interface NamedRef {
  readonly kind: ReferredKind;
  readonly ref: Ref;
}

/** The names in a pod of what it needs in its namespace: account, Secrets, ConfigMaps and claims, in the order of the API's types. */
export function readPodReferences({ spec, containers }: PodTemplate): NamedRef[] {
  const found: NamedRef[] = [
    { kind: 'ServiceAccount', ref: spec.get('serviceAccountName') },
    { kind: 'ServiceAccount', ref: spec.get('serviceAccount') },
    ...toSecrets(spec.get('imagePullSecrets').items()),
  ];
  for (const volume of spec.get('volumes').items()) found.push(...readVolume(volume));
  for (const { ref } of containers) found.push(...readEnvironment(ref));
  return found;
}

/** The Secrets that items of a list name under `name`. */
export function toSecrets(items: readonly Ref[]): NamedRef[] {
  return items.map((item) => ({ kind: 'Secret', ref: item.get('name') }));
}

function readVolume(volume: Ref): NamedRef[] {
  return volume.entries().flatMap(([type, source]): NamedRef[] => {
    if (!source.isMapping) return [];
    if (type === 'secret') return [{ kind: 'Secret', ref: source.get('secretName') }];
    if (type === 'configMap') return [{ kind: 'ConfigMap', ref: source.get('name') }];
    if (type === 'persistentVolumeClaim') return [{ kind: 'PersistentVolumeClaim', ref: source.get('claimName') }];
    if (type === 'projected') {
      return source
        .get('sources')
        .items()
        .flatMap((item): NamedRef[] => [
          { kind: 'Secret', ref: item.get('secret', 'name') },
          { kind: 'ConfigMap', ref: item.get('configMap', 'name') },
        ]);
    }
    // What other drivers log in with.
    return toSecrets([source.get('secretRef'), source.get('nodePublishSecretRef')]);
  });
}

function readEnvironment(container: Ref): NamedRef[] {
  const found: NamedRef[] = [];
  for (const item of container.get('env').items()) {
    const from = item.get('valueFrom');
    if (!from.isMapping) continue;
    found.push({ kind: 'Secret', ref: from.get('secretKeyRef', 'name') });
    found.push({ kind: 'ConfigMap', ref: from.get('configMapKeyRef', 'name') });
  }
  for (const item of container.get('envFrom').items()) {
    found.push({ kind: 'Secret', ref: item.get('secretRef', 'name') });
    found.push({ kind: 'ConfigMap', ref: item.get('configMapRef', 'name') });
  }
  return found;
}
