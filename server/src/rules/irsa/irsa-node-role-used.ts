import { defineRule } from '../../engine/rule';
import { describeOwner } from '../pod-security/_words';
import { findAccounts, readPodAccount } from '../service-account/_account';
import { toAccountExample } from './_examples';
import { toPodExample } from './_pod-example';
import { getAwsVariable, hasPodIdentity } from './_pod-role';

const ENV = 'env:\n  - name: AWS_REGION\n    value: eu-west-1\n';
const OTHER = toAccountExample('storage', 'log-shipper', 'log-shipper');

export default defineRule({
  id: 'irsa-node-role-used',
  category: 'irsa',
  title: 'Pod that calls AWS has no role of its own',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  standards: ['aws/service-accounts', 'aws/eks-identity-best-practices'],
  docs: {
    what: 'A container has variables of the AWS SDK, and its ServiceAccount has no IAM role, in a workspace where others have one.',
    why: 'Such a pod works with the rights of the node, as far as it reaches the metadata service. Every pod of that node has the same, and what one workload needs all get.',
    remedy:
      'Give the workload a ServiceAccount with a role of its own: "Set up IRSA for this workload", in the refactor menu of editors, writes account, annotation and trust policy. Not reported where the container brings credentials, reads variables from elsewhere, or mounts a Secret.',
    flags: {
      ...toPodExample({ container: ENV }),
      'service-account.yaml': `${toAccountExample('production', 's3-reader')}---\n${OTHER}`,
    },
    passes: toPodExample({ container: ENV }),
  },
  visit: {
    *pod(pod, context) {
      const account = readPodAccount(pod);
      if (!account || account.namespace === undefined || account.at.isAbsent || pod.isFragment) return;
      const name = getAwsVariable(pod);
      if (name === undefined) return;
      const volumes = pod.spec.get('volumes');
      if (volumes.isUnknown || volumes.items().some((one) => one.get('secret').isWritten || one.get('csi').isWritten))
        return;
      const accounts = findAccounts(account, context);
      if (accounts.length === 0 || accounts.some(({ value }) => !value.isRoleAbsent)) return;
      if (hasPodIdentity(pod, context)) return;
      if (!context.workspace.all('service-account').some(({ value }) => value.roleArn)) return;
      yield {
        at: account.at,
        message: `${describeOwner(pod, undefined)} calls AWS ("${name}"), and "${account.name}" has no role: it works with the rights of the node.`,
      };
    },
  },
});
