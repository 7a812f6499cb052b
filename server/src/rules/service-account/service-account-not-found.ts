import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { getAbsence, toSeverity } from '../../model/workspace/absence';
import type { Ref } from '../../syntax/ref';
import { describeOwner } from '../pod-security/_words';
import { findAccounts, readPodAccount } from './_account';
import { toAccount, toPod } from './_example';
import { findMeant } from './_near';

const READER = toAccount('web-reader', 'automountServiceAccountToken: false\n');

export default defineRule({
  id: 'service-account-not-found',
  category: 'service-account',
  title: 'ServiceAccount is not there',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/service-account-tokens'],
  docs: {
    what: 'A pod names a ServiceAccount that no file of the workspace holds, although the workspace holds others of that namespace, or one of nearly that name.',
    why: 'The API server refuses a pod whose ServiceAccount does not exist. A Deployment is accepted and stays without pods; the reason stands only in the events of its ReplicaSet.',
    remedy:
      'Correct the name, or add the ServiceAccount. Where nothing is called nearly so, this is a note: a chart, an operator or eksctl may make the account. Nothing is said of a namespace of which the workspace holds no account, nor of pods whose file names no namespace, unless an account of nearly that name stands in the same folder. `workspace.complete` and `workspace.external` say what the workspace holds and what lives elsewhere.',
    flags: `${READER}---\n${toPod('serviceAccountName: web-raeder')}`,
    passes: `${READER}---\n${toPod('serviceAccountName: web-reader')}`,
  },
  visit: {
    *pod(pod, context) {
      const account = readPodAccount(pod);
      if (!account || findAccounts(account, context).length > 0) return;
      const { name, at, namespace } = account;
      const absence = getAbsence({ kind: 'ServiceAccount', namespace, name }, context);
      if (absence === 'elsewhere') return;
      const who = `${describeOwner(pod, undefined)} runs as "${name}"`;
      const meant = findMeant(account, context);
      if (meant) {
        const right = meant.value.name;
        yield {
          at,
          message: `${who}, a ServiceAccount that no file here holds; without it the pod is refused. Did you mean "${right}"?`,
          related: [{ place: meant.place, message: `ServiceAccount "${right}" is here.` }],
          fixes: [
            { title: `Change it to "${right}"`, safety: 'unsafe', operations: [{ op: 'set', at, value: right }] },
          ],
        };
        return;
      }
      if (absence === 'open') return;
      const although = absence === 'likely' ? `, although others of namespace "${namespace}" are here` : '';
      yield {
        at,
        ...toSeverity(absence),
        message: `${who}, a ServiceAccount that no file here holds${although}; without it the pod is refused.`,
        fixes: [toAddFix(name, namespace, pod.resource.root)],
      };
    },
  },
});

/** The account is made without automatic tokens: nothing binds it yet. */
function toAddFix(name: string, namespace: string | undefined, after: Ref): Fix {
  const value = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: namespace === undefined ? { name } : { name, namespace },
    automountServiceAccountToken: false,
  };
  return {
    title: `Add a ServiceAccount "${name}"`,
    safety: 'unsafe',
    operations: [{ op: 'insertDocument', after, value }],
  };
}
