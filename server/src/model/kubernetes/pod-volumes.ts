import type { Ref } from '../../syntax/ref';
import type { Container, PodTemplate } from './pod';

/** Every source that the API knows for a volume. A volume that names none of them is an emptyDir to the API server. */
export const VOLUME_SOURCES: readonly string[] = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'hostPath',
  'image',
  'iscsi',
  'nfs',
  'persistentVolumeClaim',
  'photonPersistentVolume',
  'portworxVolume',
  'projected',
  'quobyte',
  'rbd',
  'scaleIO',
  'secret',
  'storageos',
  'vsphereVolume',
];

/** One entry of a pod's `volumes`. */
export interface Volume {
  readonly ref: Ref;
  readonly name: string | undefined;
  /** The sources written, as the API names them; usually one. */
  readonly sources: readonly { readonly type: string; readonly ref: Ref }[];
}

/** A mount of a volume in a container. */
export interface Mount {
  readonly container: Container;
  readonly ref: Ref;
}

/** The volumes of a pod, in source order. A source written as null is none, and so is one that is only possible. */
export function getVolumes(pod: PodTemplate): Volume[] {
  return (
    pod.spec
      .get('volumes')
      .items()
      // A strategic merge patch takes the volume away.
      .filter((ref) => ref.isMapping && ref.get('$patch').string !== 'delete')
      .map((ref) => {
        const sources = VOLUME_SOURCES.map((type) => ({ type, ref: ref.get(type) }));
        return {
          ref,
          name: getName(ref),
          sources: sources.filter(({ ref: source }) => source.isWritten && !isNull(source)),
        };
      })
  );
}

/** The mounts of a volume in all containers of its pod. */
export function getMounts(pod: PodTemplate, volume: Volume): Mount[] {
  const { name } = volume;
  if (name === undefined) return [];
  return pod.containers.flatMap((container) =>
    container.ref
      .get('volumeMounts')
      .items()
      .filter((ref) => getName(ref) === name)
      .map((ref) => ({ container, ref })),
  );
}

/** `volume "data"`, or `a volume` for one without a name. */
export function describeVolume(volume: Volume): string {
  return volume.name === undefined ? 'a volume' : `volume "${volume.name}"`;
}

function isNull(ref: Ref): boolean {
  return ref.scalar?.value === null;
}

function getName(ref: Ref): string | undefined {
  const name = ref.get('name');
  return name.isPresent ? name.string : undefined;
}
