import { defineRule } from '../../engine/rule';
import { describeOwner } from '../pod-security/_words';
import { findAccounts, findBindings, readPodAccount } from './_account';
import { toAccount, toPod } from './_example';

const QUIET = toAccount('web', 'automountServiceAccountToken: false\n');

export default defineRule({
  id: 'pod-overrides-account-automount',
  category: 'service-account',
  title: 'Pod mounts the token its account withholds',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['cis/5.1.6', 'nsa/service-account-tokens', 'k8s/service-account-tokens'],
  docs: {
    what: 'A ServiceAccount says `automountServiceAccountToken: false`, and a pod that runs as it says `true`.',
    why: 'The pod wins. Whoever reads the ServiceAccount believes that its tokens stay out of pods, and this pod has one all the same.',
    remedy:
      'Decide which of the two is meant. Withholding the token at the account and asking for it in the one pod that needs it is good practice; then a binding says what for, and a pod whose account is bound in the workspace is not reported.',
    flags: `${QUIET}---\n${toPod('serviceAccountName: web\nautomountServiceAccountToken: true')}`,
    passes: `${QUIET}---\n${toPod('serviceAccountName: web')}`,
  },
  visit: {
    *pod(pod, context) {
      const at = pod.spec.get('automountServiceAccountToken');
      const account = at.boolean === true ? readPodAccount(pod) : undefined;
      const held = account ? findAccounts(account, context) : [];
      const quiet = held.find(({ value }) => value.automount === false);
      if (!account || !quiet || held.length > 1 || findBindings(account, context).length > 0) return;
      yield {
        at,
        message: `${describeOwner(pod, undefined)} mounts a token although ServiceAccount "${account.name}" says automountServiceAccountToken: false; the pod wins.`,
        related: [{ place: quiet.place, message: `ServiceAccount "${account.name}" withholds its token.` }],
        fixes: [
          {
            title: 'Set automountServiceAccountToken: false',
            safety: 'unsafe',
            operations: [{ op: 'set', at, value: false }],
          },
        ],
      };
    },
  },
});
