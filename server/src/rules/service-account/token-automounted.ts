import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { readAutomount } from '../../model/workspace/account-facts';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';
import { findAccounts, findBindings, isPlainTemplate, readPodAccount } from './_account';
import { findApiClient, hasInjectedClient } from './_client';

export default defineRule({
  id: 'token-automounted',
  category: 'service-account',
  title: 'API token mounted without need',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['cis/5.1.6', 'nsa/service-account-tokens', 'k8s/service-account-tokens'],
  docs: {
    what: 'A pod gets a token for the API server, although no binding in the workspace gives its ServiceAccount any rights.',
    why: 'Unless told otherwise, Kubernetes mounts a token of the pod’s ServiceAccount into every container. Most programs never talk to the API server, but whoever breaks into one finds the token at a well-known path, can ask the API server with it, and gets every right that the account is ever given.',
    remedy: `Set \`automountServiceAccountToken: false\` in the pod's spec, or in the ServiceAccount for all its pods; the pod's word wins. A program that does call the API server stops working without the token: then give its account a Role of its own and a binding, and the finding goes away.

IAM roles for service accounts do not need this token: the EKS webhook mounts one of its own, whatever is set here.

Not reported: an account that a binding of the workspace names, and an account other than \`default\` that no file of the workspace holds, because what it has is not known; images of controllers and other clients of the API, and pods into which Vault or Consul inject one.`,
    flags: toPlainPod({}),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod, context) {
      const own = readAutomount(pod.spec);
      const account = isPlainTemplate(pod) ? readPodAccount(pod) : undefined;
      if (!account || own === false || own === 'unknown') return;
      const held = findAccounts(account, context);
      if (own === 'unset' && held.some(({ value }) => value.automount === false || value.automount === 'unknown'))
        return;
      if (held.length === 0 && account.name !== 'default') return;
      if (findBindings(account, context).length > 0 || findApiClient(pod) || hasInjectedClient(pod)) return;
      const fixes: Fix[] = [
        {
          title: 'Set automountServiceAccountToken: false in the pod',
          safety: 'unsafe',
          operations: [{ op: 'set', at: pod.spec.get('automountServiceAccountToken'), value: false }],
        },
      ];
      const [first] = held;
      if (first && held.length === 1 && own === 'unset' && first.value.automount !== true) {
        const at = { ...first.place, path: [...first.place.path, 'automountServiceAccountToken'] };
        const title = `Set automountServiceAccountToken: false in ServiceAccount "${account.name}"`;
        fixes.push({ title, safety: 'unsafe', operations: [{ op: 'set', at, value: false }] });
      }
      yield {
        at: pod.spec.get('automountServiceAccountToken'),
        message: `${describeOwner(pod, undefined)} gets an API token of ServiceAccount "${account.name}", to which no binding here gives rights.`,
        fixes,
      };
    },
  },
});
