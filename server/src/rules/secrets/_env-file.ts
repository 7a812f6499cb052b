import type { Fix, Operation } from '../../engine/operation';
import type { Container } from '../../model/kubernetes/pod';
import { getMounts, getVolumes } from '../../model/kubernetes/pod-volumes';
import type { Ref } from '../../syntax/ref';

/** Where Secrets are mounted that were variables before. */
const ROOT = '/var/run/secrets';

/** Mounts the Secret and leaves a variable with the path in place of the value: `DB_PASSWORD_FILE`, as many programs know it. */
export function toFileFixes(entry: Ref, container: Container): Fix[] {
  const { pod, ref } = container;
  const from = entry.get('valueFrom', 'secretKeyRef');
  const [name, secret, key] = [entry.get('name'), from.get('name'), from.get('key')].map(({ string }) => string);
  if (!name || !secret || !key || container.isFragment) return [];
  const volume = secret.replaceAll('.', '-').slice(0, 63);
  const known = getVolumes(pod).find((other) => other.name === volume);
  const isSame =
    known?.ref.get('secret', 'secretName').string === secret && !known.ref.get('secret', 'items').isWritten;
  if (known && !isSame) return [];
  const mount = known && getMounts(pod, known).find((other) => other.container.ref === ref);
  if (mount?.ref.get('subPath').isWritten) return [];
  const folder = (mount ? mount.ref.get('mountPath').string : undefined) ?? `${ROOT}/${volume}`;
  const operations: Operation[] = [
    { op: 'set', at: entry.get('name'), value: `${name}_FILE` },
    { op: 'set', at: entry.get('value'), value: `${folder.replace(/\/+$/, '')}/${key}` },
    { op: 'remove', at: entry.get('valueFrom') },
  ];
  if (!mount) {
    const value = { name: volume, mountPath: folder, readOnly: true };
    operations.push({ op: 'append', at: ref.get('volumeMounts'), value });
  }
  if (!known) {
    operations.push({
      op: 'append',
      at: pod.spec.get('volumes'),
      value: { name: volume, secret: { secretName: secret } },
    });
  }
  return [{ title: `Mount Secret "${secret}", and name the file in ${name}_FILE`, safety: 'unsafe', operations }];
}
