import type { PodTemplate } from '../kubernetes/pod';
import { getVolumes } from '../kubernetes/pod-volumes';
import type { Fact } from './fact';

/** The Secrets that a pod mounts whole, each as a volume of its own. */
export function readSecretVolumeFacts(pod: PodTemplate): Fact[] {
  const { spec, resource } = pod;
  const current = spec.get('serviceAccountName');
  const account = current.isWritten ? current : spec.get('serviceAccount');
  if (account.isUnknown || resource.metadata.get('namespace').isUnknown) return [];
  return getVolumes(pod).flatMap(({ ref }): Fact[] => {
    const secret = ref.get('secret');
    const name = secret.get('secretName');
    if (!name.isPresent || !name.string || !secret.get('items').isAbsent) return [];
    const value = { namespace: resource.namespace, account: account.string || 'default' };
    return [{ topic: 'secret-volume', key: name.string, value, path: ref.path }];
  });
}
