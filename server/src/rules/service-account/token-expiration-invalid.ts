import { defineRule } from '../../engine/rule';
import { describeVolume } from '../../model/kubernetes/pod-volumes';
import { toTokenPod } from './_example';
import { getProjectedTokens, MAX_TOKEN_SECONDS } from './_token-volumes';

// pkg/apis/core/validation: at least ten minutes.
const MIN_SECONDS = 600;

/** A day: what is longer than this in a pod's life is renewed anyway. */
const DAY = 86_400;

export default defineRule({
  id: 'token-expiration-invalid',
  category: 'service-account',
  title: 'Token expiration that is refused',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/service-account-tokens'],
  docs: {
    what: `A projected \`serviceAccountToken\` asks for fewer than ${MIN_SECONDS} seconds, or for more than the API server takes.`,
    why: 'The API server refuses the pod. A Deployment with such a template is accepted, and then none of its pods can be made.',
    remedy: `Write \`expirationSeconds\` of ${MIN_SECONDS} (ten minutes) or more; without it, a token holds for an hour. The kubelet renews it in time, so short is no trouble to programs that read the file again.`,
    flags: toTokenPod('path: token\naudience: vault\nexpirationSeconds: 300\n'),
    passes: toTokenPod('path: token\naudience: vault\nexpirationSeconds: 3600\n'),
  },
  visit: {
    *pod(pod) {
      for (const { token, volume } of getProjectedTokens(pod)) {
        const at = token.get('expirationSeconds');
        const seconds = at.isPresent ? at.number : undefined;
        if (seconds === undefined || (seconds >= MIN_SECONDS && seconds <= MAX_TOKEN_SECONDS)) continue;
        const isShort = seconds < MIN_SECONDS;
        const value = isShort ? MIN_SECONDS : DAY;
        yield {
          at,
          message: isShort
            ? `The token in ${describeVolume(volume)} is to expire after ${at.written} seconds, but the API server refuses less than ${MIN_SECONDS}.`
            : `The token in ${describeVolume(volume)} is to expire after ${at.written} seconds, which is more than the API server takes.`,
          fixes: [
            { title: `Set ${value}`, safety: isShort ? 'safe' : 'unsafe', operations: [{ op: 'set', at, value }] },
          ],
        };
      }
    },
  },
});
