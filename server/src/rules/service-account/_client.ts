import type { Container, PodTemplate } from '../../model/kubernetes/pod';

/** Words of image names whose programs do nothing but talk to the API server. */
const CLIENT =
  /(?:^|[-_.])(?:controllers?|operator|autoscaler|descheduler|provisioner|snapshotter|resizer|attacher|external-dns|cert-manager|cainjector|argocd|kubectl|kube-state-metrics|metrics-server|reloader|velero)(?:$|[-_.])/;

/** A container whose program talks to the API server, as far as its image says. */
export function findApiClient({ containers }: PodTemplate): Container | undefined {
  return containers.find(({ ref }) => CLIENT.test(toImageName(ref.get('image').string ?? '')));
}

// What these inject logs in with the token of the pod's account.
const INJECTED: readonly string[] = ['vault.hashicorp.com/agent-inject', 'consul.hashicorp.com/connect-inject'];

/** True for a pod into which a container is injected that needs the pod's token. */
export function hasInjectedClient({ metadata }: PodTemplate): boolean {
  return INJECTED.some((key) => {
    const at = metadata.get('annotations', key);
    return at.isUnknown || at.string === 'true';
  });
}

/** The last part of an image's name, without tag and digest. */
function toImageName(image: string): string {
  const digest = image.indexOf('@');
  const tag = image.indexOf(':', image.lastIndexOf('/') + 1);
  const ends = [digest, tag].filter((at) => at !== -1);
  const name = image.slice(0, Math.min(image.length, ...ends));
  return name.slice(name.lastIndexOf('/') + 1);
}
