import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { readAutomount } from '../../model/workspace/account-facts';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';
import { toAccountOperations } from '../rbac/_own-account';
import { findAccounts, findBindings, isPlainTemplate, readPodAccount } from './_account';

export default defineRule({
  id: 'default-service-account-used',
  category: 'service-account',
  title: 'Default ServiceAccount with a token',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  isDefault: false,
  standards: ['cis/5.1.5', 'nsa/service-account-tokens', 'k8s/service-accounts'],
  docs: {
    what: 'A pod gets a token of the ServiceAccount `default` of its namespace.',
    why: 'All pods of a namespace that name no account share this one. A right that one of them needs is then a right of all, and the audit log cannot tell which of them used it.',
    remedy:
      'Give a program that calls the API server a ServiceAccount of its own and name it in `serviceAccountName`; for any other, set `automountServiceAccountToken: false`. A pod without a token is not reported. The rule is off until it is switched on: `token-automounted` speaks of most of these pods.',
    flags: toPlainPod({}),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod, context) {
      const own = readAutomount(pod.spec);
      const account = isPlainTemplate(pod) ? readPodAccount(pod) : undefined;
      if (account?.name !== 'default' || own === false || own === 'unknown') return;
      const held = findAccounts(account, context);
      if (own === 'unset' && held.some(({ value }) => value.automount === false || value.automount === 'unknown'))
        return;
      yield {
        at: account.at,
        message: `${describeOwner(pod, undefined)} gets a token of the ServiceAccount "default", which it shares with every pod of its namespace that names none.`,
        fixes: [
          ...toOwnAccount(pod, context),
          {
            title: 'Set automountServiceAccountToken: false',
            safety: 'unsafe',
            operations: [{ op: 'set', at: pod.spec.get('automountServiceAccountToken'), value: false }],
          },
        ],
      };
    },
  },
});

/** Offered where `default` has no rights here that the pod would lose; _own-account moves those with the pod. */
function toOwnAccount({ resource, spec }: PodTemplate, context: RuleContext): Fix[] {
  const { name, namespace, root } = resource;
  if (name === undefined || findBindings({ name: 'default', namespace, at: root }, context).length > 0) return [];
  return [
    {
      title: `Give it a ServiceAccount "${name}" of its own`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at: spec.get('serviceAccountName'), value: name },
        ...toAccountOperations(name, namespace, root, context),
      ],
      // The account is put where the workload is.
      reveals: ['default-namespace'],
    },
  ];
}
