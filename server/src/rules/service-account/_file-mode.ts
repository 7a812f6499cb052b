import type { PodTemplate } from '../../model/kubernetes/pod';
import { getEffective } from '../../model/kubernetes/pod-inheritance';
import type { Ref } from '../../syntax/ref';

/** The highest mode of a file that the API server takes: 0777. */
const MAX_MODE = 0o777;

// Below 0777 these are modes, too, but ones that nobody wants: 400 is 0620, writable for the group.
const MISTAKEN: ReadonlySet<number> = new Set([400, 440, 444, 500]);

/**
 * The mode that was meant by a decimal number which reads like an octal one, such as `644`; undefined for any other. 420 is
 * 0644 and 256 is 0400: they are what clusters and JSON say.
 */
export function getMeantMode(at: Ref): number | undefined {
  const { written } = at;
  if (!at.isPresent || written === undefined || !/^[1-7][0-7]{2}$/.test(written)) return undefined;
  const decimal = Number(written);
  return decimal > MAX_MODE || MISTAKEN.has(decimal) ? Number.parseInt(written, 8) : undefined;
}

/** A mode as people write it: `0644`. */
export function toOctal(mode: number): string {
  return `0${mode.toString(8)}`;
}

/** True for a mode with which every user of a container may read the file. */
export function isWorldReadable(mode: number): boolean {
  return (mode & 0o004) !== 0 && mode <= MAX_MODE;
}

/**
 * True when the kubelet makes projected tokens readable to the pod's user or group alone, whatever the mode says: with an
 * fsGroup, or when all containers run as the same user (pkg/volume/projected). True also where that is not known.
 */
export function isModeOverruled(pod: PodTemplate): boolean {
  const group = pod.securityContext.get('fsGroup');
  if (!group.isAbsent) return true;
  const users = pod.containers.map((container) => getEffective(container, 'runAsUser'));
  if (users.some((user) => user.isUnknown)) return true;
  return users.every((user) => user.number !== undefined && user.number === users[0]?.number);
}
