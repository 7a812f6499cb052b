import type { Fix, Operation } from '../../engine/operation';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { getMounts, type Volume } from '../../model/kubernetes/pod-volumes';

/** The name of the volume in which the webhook of EKS puts its token; it adds none where a pod has one of this name. */
export const WEBHOOK_VOLUME = 'aws-iam-token';

/** What the webhook sets, and leaves alone where it is set. */
export const WEBHOOK_VARIABLES: readonly string[] = ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'];

/** Removes a volume that stands in for the webhook's, with its mounts and the variables that go with it. */
export function toWebhookFix(pod: PodTemplate, volume: Volume): Fix {
  const mounts = getMounts(pod, volume);
  const containers = new Set(mounts.map(({ container }) => container));
  const variables = [...containers].flatMap(({ ref }) =>
    ref
      .get('env')
      .items()
      .filter((entry) => WEBHOOK_VARIABLES.includes(entry.get('name').string ?? '')),
  );
  const gone = [...mounts.map(({ ref }) => ref), ...variables, volume.ref];
  const operations = gone.map((at): Operation => ({ op: 'remove', at, upTo: 1 }));
  return {
    title: 'Leave it to the webhook: remove the volume, its mounts and variables',
    safety: 'unsafe',
    operations,
  };
}
