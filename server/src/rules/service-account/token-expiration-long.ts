import { defineRule } from '../../engine/rule';
import { describeVolume } from '../../model/kubernetes/pod-volumes';
import { toTokenPod } from './_example';
import { getProjectedTokens, MAX_TOKEN_SECONDS } from './_token-volumes';

const DAY = 86_400;
const HOUR = 3600;

export default defineRule({
  id: 'token-expiration-long',
  category: 'service-account',
  title: 'Token that lives for days',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/service-account-tokens', 'nsa/service-account-tokens'],
  docs: {
    what: 'A projected `serviceAccountToken` asks for more than a day.',
    why: 'A token that is stolen works until it expires, or until its pod is gone. The kubelet renews it in good time whatever it lives for, so that a long life helps nobody but the thief.',
    remedy: `Write \`expirationSeconds: ${HOUR}\`, or leave it out: an hour is what it is then. A program that reads the token once at its start, and never again, has to read the file anew; official clients do. Clusters may cut longer lives short by themselves: EKS at a day.`,
    flags: toTokenPod('path: token\naudience: vault\nexpirationSeconds: 604800\n'),
    passes: toTokenPod('path: token\naudience: vault\nexpirationSeconds: 3600\n'),
  },
  visit: {
    *pod(pod) {
      for (const { token, volume } of getProjectedTokens(pod)) {
        const at = token.get('expirationSeconds');
        const seconds = at.isPresent ? at.number : undefined;
        if (seconds === undefined || seconds <= DAY || seconds > MAX_TOKEN_SECONDS) continue;
        yield {
          at,
          message: `The token in ${describeVolume(volume)} lives for ${toDays(seconds)}: whoever steals it can use it for as long.`,
          fixes: [{ title: `Set ${HOUR}, an hour`, safety: 'unsafe', operations: [{ op: 'set', at, value: HOUR }] }],
        };
      }
    },
  },
});

function toDays(seconds: number): string {
  const days = Math.floor(seconds / DAY);
  return days === 1 ? 'more than a day' : `${days} days`;
}
