import type { Operation, PlainValue } from '../../engine/operation';
import type { Container } from '../../model/kubernetes/pod';
import { getVolumes, type Volume } from '../../model/kubernetes/pod-volumes';
import type { Ref } from '../../syntax/ref';

/** Where programs write what they need only for a while. */
export const TMP = '/tmp';

const SIZE_LIMIT = '64Mi';

/** Volumes of these sources are mounted read-only, whatever the mount says. */
const READ_ONLY_SOURCES: ReadonlySet<string> = new Set(['configMap', 'secret', 'downwardAPI', 'projected', 'image']);

/** True when the container can write to `path` through a mount there; undefined where that is not known. */
export function canWriteTo(container: Container, path: string): boolean | undefined {
  const list = container.ref.get('volumeMounts');
  if (list.isUnknown) return undefined;
  const volumes = getVolumes(container.pod);
  let isKnown = true;
  for (const mount of list.items()) {
    const at = mount.get('mountPath');
    if (mount.isUnknown || at.isUnknown) isKnown = false;
    if (normalize(at.string) !== path || mount.get('readOnly').boolean === true) continue;
    const volume = volumes.find(({ name }) => name === mount.get('name').string);
    if (!volume?.sources.some(({ type }) => READ_ONLY_SOURCES.has(type))) return true;
  }
  return isKnown ? false : undefined;
}

/** The directory that `TMPDIR` names, where programs look before /tmp. */
export function getTmpDirectory(container: Container): string | undefined {
  const entry = container.ref
    .get('env')
    .items()
    .find((variable) => variable.get('name').string === 'TMPDIR');
  return normalize(entry?.get('value').string);
}

/** What gives a container a writable /tmp: an emptyDir with a limit, and its mount. None where it has one, or may have. */
export function toTmpOperations(container: Container): Operation[] {
  return toEmptyDirOperations(container, TMP);
}

/** The same for any directory. */
export function toEmptyDirOperations(container: Container, path: string): Operation[] {
  const mounts = container.ref.get('volumeMounts');
  const volumes = container.pod.spec.get('volumes');
  if (canWriteTo(container, path) !== false || volumes.isUnknown) return [];
  const { name, isNew } = chooseVolume(container, path);
  const mount: PlainValue = { name, mountPath: path };
  const volume: PlainValue = { name, emptyDir: { sizeLimit: SIZE_LIMIT } };
  // Two mounts at one path are refused, and what is mounted there read-only was put there for a reason.
  if (mounts.items().some((item) => normalize(item.get('mountPath').string) === path)) return [];
  const mounting: Operation = { op: 'append', at: mounts, value: mount };
  return isNew ? [mounting, { op: 'append', at: volumes, value: volume }] : [mounting];
}

/** Containers of one pod do not share what they write, and a name is the same however often it is chosen. */
function chooseVolume(container: Container, path: string): { name: string; isNew: boolean } {
  const { pod } = container;
  const volumes = getVolumes(pod);
  const own = path.slice(1).replace(/[^a-z0-9]+/g, '-');
  const base = pod.containers.length === 1 ? own : `${own}-${container.name ?? 'container'}`.slice(0, 60);
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    const volume = volumes.find((candidate) => candidate.name === name);
    if (!volume) return { name, isNew: true };
    if (isEmptyDir(volume) && !isMounted(pod.containers, name)) return { name, isNew: false };
  }
}

function isEmptyDir({ sources }: Volume): boolean {
  return sources.every(({ type }) => type === 'emptyDir');
}

function isMounted(containers: readonly Container[], name: string): boolean {
  return containers.some(({ ref }) =>
    ref
      .get('volumeMounts')
      .items()
      .some((mount: Ref) => mount.get('name').string === name),
  );
}

function normalize(path: string | undefined): string | undefined {
  return path !== undefined && path.length > 1 ? path.replace(/\/+$/, '') : path;
}
