import { defineRule } from '../../engine/rule';
import { describeContainer, type PodTemplate } from '../../model/kubernetes/pod';
import { getVolumes } from '../../model/kubernetes/pod-volumes';
import { readAutomount } from '../../model/workspace/account-facts';
import { describeOwner } from '../pod-security/_words';
import { findAccounts, findBindings, isPlainTemplate, readPodAccount } from './_account';
import { findApiClient } from './_client';
import { toAccount, toPod } from './_example';
import { DEFAULT_TOKEN_PATH, getMountPaths, getProjectedTokens } from './_token-volumes';

const toExample = (automount: string) => `${toAccount('sweeper', 'automountServiceAccountToken: false\n')}---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: sweeper
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: sweeper
subjects:
  - kind: ServiceAccount
    name: sweeper
    namespace: shop
---
${toPod(`serviceAccountName: sweeper\n${automount}`).replace('/web:', '/sweep-operator:')}`;

export default defineRule({
  id: 'token-disabled-but-needed',
  category: 'service-account',
  title: 'API token withheld from a program that needs it',
  severity: 'info',
  confidence: 'low',
  fixable: 'always',
  standards: ['k8s/service-account-tokens'],
  docs: {
    what: 'A pod gets no token for the API server, but a binding gives its ServiceAccount rights and its image is a controller or another client of the API.',
    why: 'The program starts, finds no token and stops with `unable to load in-cluster configuration`, or works without what it is there for. Its rights lie idle.',
    remedy:
      'Set `automountServiceAccountToken: true` in the pod; the ServiceAccount can go on withholding its token from all others. If the program needs no token after all, remove the binding. Pods that mount a token or a kubeconfig of their own are not reported.',
    flags: toExample(''),
    passes: toExample('automountServiceAccountToken: true'),
  },
  visit: {
    *pod(pod, context) {
      const at = pod.spec.get('automountServiceAccountToken');
      const own = readAutomount(pod.spec);
      const account = isPlainTemplate(pod) && !pod.isFragment ? readPodAccount(pod) : undefined;
      if (!account || own === true || own === 'unknown') return;
      const held = findAccounts(account, context);
      if (own === 'unset' && (held.length === 0 || held.some(({ value }) => value.automount !== false))) return;
      const [binding] = findBindings(account, context);
      const client = findApiClient(pod);
      if (!binding || !client || hasOtherWay(pod)) return;
      const { kind, binding: name } = binding.value;
      yield {
        at,
        message: `${describeOwner(pod, undefined)} gets no API token, although ${describeContainer(client)} looks like a client of the API and ServiceAccount "${account.name}" has rights.`,
        related: [{ place: binding.place, message: `${kind} "${name ?? ''}" gives it rights.` }],
        fixes: [
          {
            title: 'Set automountServiceAccountToken: true in the pod',
            safety: 'unsafe',
            operations: [{ op: 'set', at, value: true }],
          },
        ],
      };
    },
  },
});

/** A token, or the configuration of a client, that the pod mounts by itself. */
function hasOtherWay(pod: PodTemplate): boolean {
  if (getProjectedTokens(pod).length > 0) return true;
  return getVolumes(pod).some((volume) => {
    const paths = getMountPaths(pod, volume);
    return (
      paths.includes(DEFAULT_TOKEN_PATH) || [...paths, volume.name ?? ''].some((text) => /kube-?config/i.test(text))
    );
  });
}
