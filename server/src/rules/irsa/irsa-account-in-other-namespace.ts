import { defineRule } from '../../engine/rule';
import { getRoleName } from '../../model/iam/role';
import { describeOwner } from '../pod-security/_words';
import { findAccounts, readPodAccount } from '../service-account/_account';
import { toAccountExample } from './_examples';
import { toMoveFixes } from './_move-account';
import { toPodExample } from './_pod-example';

const POD = toPodExample({});

export default defineRule({
  id: 'irsa-account-in-other-namespace',
  category: 'irsa',
  title: 'ServiceAccount with the role is in another namespace',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/irsa-pod-configuration', 'k8s/service-accounts'],
  docs: {
    what: 'A pod names a ServiceAccount that no file has in its namespace; one of that name, with an IAM role, is in another.',
    why: 'A pod can only run as an account of its own namespace. If there is none of that name, the pod is refused; if somebody makes one there without the annotation, the pod starts and has no role.',
    remedy:
      'Put the account into the namespace of the pod, and that namespace into the trust policy of the role; or move the pod. The fix moves account and subject where nothing of their own namespace uses the account.',
    flags: { ...POD, 'service-account.yaml': toAccountExample('storage', 's3-reader', 's3-reader') },
    passes: POD,
  },
  visit: {
    *pod(pod, context) {
      const account = readPodAccount(pod);
      if (!account || account.namespace === undefined || account.name === 'default') return;
      if (findAccounts(account, context).length > 0) return;
      const others = context.workspace
        .all('service-account')
        .filter(({ value }) => value.name === account.name && value.isNamespaceWritten && value.roleArn);
      const [other, ...more] = others;
      if (!other) return;
      const { value, place } = other;
      const { roleArn = '' } = value;
      yield {
        at: account.at,
        message: `${describeOwner(pod, undefined)} is in namespace "${account.namespace}", and "${account.name}", which has role "${getRoleName(roleArn) ?? roleArn}", in "${value.namespace}": pods run as accounts of their own namespace only.`,
        related: [
          {
            place: { ...place, path: [...place.path, 'metadata', 'namespace'] },
            message: `ServiceAccount "${value.name}" in namespace "${value.namespace}"`,
          },
        ],
        fixes: more.length === 0 ? toMoveFixes(other, account.namespace, context) : [],
      };
    },
  },
});
