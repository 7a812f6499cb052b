import { defineRule } from '../../engine/rule';
import { describeVolume } from '../../model/kubernetes/pod-volumes';
import { findAccounts, readPodAccount } from './_account';
import { toAccount, toTokenPod } from './_example';
import { getProjectedTokens } from './_token-volumes';
import { toWebhookFix, WEBHOOK_VARIABLES } from './_webhook-volume';

const STS = 'sts.amazonaws.com';

const ROLE = toAccount(
  'web',
  'automountServiceAccountToken: false\n',
  '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/web\n',
);
const toExample = (audience: string) =>
  `${ROLE}---\n${toTokenPod(`path: token\naudience: ${audience}\n`).replace('spec:\n', 'spec:\n  serviceAccountName: web\n')}`;

export default defineRule({
  id: 'aws-token-mounted-by-hand',
  category: 'service-account',
  title: 'Token for AWS that the webhook mounts anyway',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['aws/irsa-pod-configuration', 'k8s/service-account-tokens'],
  docs: {
    what: `A pod mounts a token for \`${STS}\` by itself, although its ServiceAccount has a role by annotation.`,
    why: 'By the annotation, the webhook of EKS mounts such a token, renews it, and sets the variables that SDKs read. What is written by hand is one more token, and variables that are set already keep the webhook from setting its own: a role that is changed at the account then changes nothing here.',
    remedy: `Remove the volume, its mounts and the variables ${WEBHOOK_VARIABLES.map((name) => `\`${name}\``).join(' and ')}, as the fix does. On a cluster without the webhook (none but EKS has it by itself) switch the rule off.`,
    flags: toExample(STS),
    passes: toExample('vault'),
  },
  visit: {
    *pod(pod, context) {
      const account = readPodAccount(pod);
      const role = account && findAccounts(account, context).find(({ value }) => value.roleArn !== undefined);
      if (!account || !role) return;
      for (const { volume, projected, token } of getProjectedTokens(pod)) {
        const at = token.get('audience');
        if (!at.isPresent || at.string !== STS || projected.get('sources').items().length > 1) continue;
        yield {
          at,
          message: `The ${describeVolume(volume)} holds a token for AWS, which the webhook mounts anyway: ServiceAccount "${account.name}" has a role.`,
          related: [{ place: role.place, message: 'The role is given here.' }],
          fixes: [toWebhookFix(pod, volume)],
        };
      }
    },
  },
});
