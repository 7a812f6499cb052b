import { defineRule } from '../../engine/rule';
import { describeOwner } from '../pod-security/_words';
import { readPodAccount } from '../service-account/_account';
import { toPodExample } from './_pod-example';
import { getAwsVariable, hasPodIdentity } from './_pod-role';

const ENV = 'env:\n  - name: AWS_REGION\n    value: eu-west-1\n';

export default defineRule({
  id: 'irsa-pod-without-account',
  category: 'irsa',
  title: 'Pod that calls AWS runs as another account',
  severity: 'warning',
  confidence: 'low',
  fixable: 'always',
  standards: ['aws/irsa-pod-configuration'],
  docs: {
    what: 'A container has variables of the AWS SDK, its pod names no ServiceAccount, and its namespace has one with an IAM role that no workload uses.',
    why: 'The pod runs as `default` and gets no token for AWS. Its calls fail for want of credentials, or are made with the rights of the node.',
    remedy:
      'Name the account in `serviceAccountName`. Not reported where the container brings credentials of its own, or reads variables from elsewhere.',
    flags: toPodExample({ account: '', container: ENV }),
    passes: toPodExample({ container: ENV }),
  },
  visit: {
    *pod(pod, context) {
      const account = readPodAccount(pod);
      if (account?.name !== 'default' || account.namespace === undefined || pod.isFragment) return;
      const name = getAwsVariable(pod);
      if (name === undefined) return;
      if (hasPodIdentity(pod, context)) return;
      const accounts = context.workspace.find('service-account', account.namespace);
      const workloads = context.workspace.find('workload', account.namespace);
      const free = accounts.filter(({ value }) => {
        return value.roleArn && !workloads.some((other) => other.value.serviceAccount === value.name);
      });
      if (accounts.some(({ value }) => value.name === 'default') || free.length === 0 || free.length > 3) return;
      yield {
        at: account.at,
        message: `${describeOwner(pod, undefined)} calls AWS ("${name}") but runs as "default", which has no role; ${free.map(({ value }) => `"${value.name}"`).join(', ')} of its namespace has one that no workload uses.`,
        related: free.map(({ value, place }) => ({
          place: { ...place, path: [...place.path, 'metadata', 'name'] },
          message: `ServiceAccount "${value.name}"`,
        })),
        fixes: free.map(({ value }) => ({
          title: `Run as "${value.name}"`,
          safety: 'unsafe',
          operations: [{ op: 'set', at: pod.spec.get('serviceAccountName'), value: value.name }],
        })),
      };
    },
  },
});
