import type { Fix, Operation } from '../../engine/operation';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { getMounts, type Volume } from '../../model/kubernetes/pod-volumes';
import type { Ref } from '../../syntax/ref';

/** What stands at the path of a hostPath volume of these types is no directory, so that no directory can replace it. */
const NO_DIRECTORY: ReadonlySet<string | undefined> = new Set([
  'File',
  'FileOrCreate',
  'Socket',
  'CharDevice',
  'BlockDevice',
]);

/** Replaces the source of a volume by an empty directory that lives as long as the pod. */
export function toEmptyDirFix(volume: Volume, source: Ref): Fix | undefined {
  if (isNoDirectory(source)) return undefined;
  const fix = toReplacement('Use an emptyDir instead', volume, source, 'emptyDir', {});
  return fix && { ...fix, reveals: ['empty-dir-size-limit-missing'] };
}

/** Replaces the source of a volume by a claim that is named after the volume. */
export function toClaimFix(volume: Volume, source: Ref): Fix | undefined {
  if (volume.name === undefined || isNoDirectory(source)) return undefined;
  const title = `Use the PersistentVolumeClaim "${volume.name}" instead`;
  return toReplacement(title, volume, source, 'persistentVolumeClaim', { claimName: volume.name });
}

/** Removes a volume and every mount of it. */
export function toVolumeRemoval(pod: PodTemplate, volume: Volume): Fix {
  const mounts = getMounts(pod, volume).map(({ ref }): Operation => ({ op: 'remove', at: ref, upTo: 1 }));
  const title = mounts.length > 0 ? 'Remove the volume and its mounts' : 'Remove the volume';
  return { title, safety: 'unsafe', operations: [{ op: 'remove', at: volume.ref, upTo: 1 }, ...mounts] };
}

function isNoDirectory(source: Ref): boolean {
  return source.step === 'hostPath' && NO_DIRECTORY.has(source.get('type').string);
}

function toReplacement(title: string, volume: Volume, source: Ref, type: string, value: Record<string, string>): Fix {
  return {
    title,
    safety: 'unsafe',
    operations: [
      { op: 'remove', at: source },
      { op: 'set', at: volume.ref.get(type), value },
    ],
  };
}
