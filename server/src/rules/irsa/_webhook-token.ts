import type { Report } from '../../engine/rule';
import { describeContainer, type PodTemplate } from '../../model/kubernetes/pod';
import { getMounts, getVolumes, type Volume } from '../../model/kubernetes/pod-volumes';
import { AWS_TOKEN_PATH, getProjectedTokens } from '../service-account/_token-volumes';
import { toWebhookFix, WEBHOOK_VARIABLES, WEBHOOK_VOLUME } from '../service-account/_webhook-volume';
import { getAudienceFault } from './_manual-token';
import { readEnv } from './_pod-role';

/**
 * What is wrong with a volume of the webhook's own name in a pod with a role: the webhook adds none beside it, sets the variables to
 * where its own would be, and mounts the volume there only in containers that do not mount it by themselves.
 */
export function judgeWebhookVolume(pod: PodTemplate): Report[] {
  const volume = getVolumes(pod).find(({ name }) => name === WEBHOOK_VOLUME);
  if (volume?.sources.length !== 1) return [];
  // Who sets the variables too reads the token by them, and is judged by that.
  const isBySelf = pod.containers.some((container) => {
    const env = readEnv(container);
    return container.ref.get('env').isUnknown || WEBHOOK_VARIABLES.some((name) => env.has(name));
  });
  if (isBySelf) return [];
  const what = getFault(pod, volume);
  if (what === undefined) return judgeMounts(pod, volume);
  const message = `The webhook of EKS adds no volume "${WEBHOOK_VOLUME}" where a pod has one: ${what}, so pods get no credentials of their role.`;
  return [{ at: volume.ref.get('name'), message, fixes: [toWebhookFix(pod, volume)] }];
}

function getFault(pod: PodTemplate, volume: Volume): string | undefined {
  const [source] = volume.sources;
  if (source?.type !== 'projected') return `this one, of type "${source?.type}", holds no token`;
  const items = source.ref.get('sources');
  if (items.isUnknown || items.items().some((one) => one.isUnknown)) return undefined;
  const tokens = getProjectedTokens(pod).filter((one) => one.volume.ref.path.join('/') === volume.ref.path.join('/'));
  const paths = tokens.map(({ token }) => token.get('path'));
  if (paths.some((path) => path.isUnknown)) return undefined;
  const own = tokens.find(({ token }) => token.get('path').string === 'token');
  if (!own) return 'this one holds no token by the name "token", which is what it tells the SDK to read';
  return getAudienceFault(own.token) && 'the token of this one is for somebody else than AWS';
}

/** Mounts at another place than the file that the webhook names. */
function judgeMounts(pod: PodTemplate, volume: Volume): Report[] {
  const mounts = getMounts(pod, volume);
  return mounts.flatMap(({ container, ref }): Report[] => {
    const at = ref.get('mountPath');
    const folder = at.isPresent ? at.string?.replace(/\/+$/, '') : undefined;
    const isAlso = mounts.some(
      (other) =>
        other.container === container && other.ref.get('mountPath').string?.replace(/\/+$/, '') === AWS_TOKEN_PATH,
    );
    if (folder === undefined || isAlso) return [];
    return [
      {
        at,
        message: `The ${describeContainer(container)} mounts "${WEBHOOK_VOLUME}" at "${folder}", and the webhook of EKS tells the SDK to read "${AWS_TOKEN_PATH}/token", where nothing is.`,
        fixes: [
          {
            title: `Mount it at ${AWS_TOKEN_PATH}`,
            safety: 'unsafe',
            operations: [{ op: 'set', at, value: AWS_TOKEN_PATH }],
          },
        ],
      },
    ];
  });
}
