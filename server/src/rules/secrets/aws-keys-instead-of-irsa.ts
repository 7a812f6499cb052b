import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod } from '../pod-security/_example';
import { findAccounts, readPodAccount } from '../service-account/_account';
import { findAwsKeys, findRoleHolder, toRoleFixes } from './_aws-keys';

const READER = `---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: reports
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/reports
`;
const toVariable = (name: string, key: string) =>
  `  - name: ${name}\n    valueFrom:\n      secretKeyRef:\n        name: uploads\n        key: ${key}\n`;
const toExample = (name: string) => toHardenedPod({ container: `env:\n${toVariable(name, 'key')}` }) + READER;

export default defineRule({
  id: 'aws-keys-instead-of-irsa',
  category: 'secrets',
  title: 'AWS keys where a role would do',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A container gets an AWS access key from a Secret, while other workloads here get their rights by IAM roles for service accounts.',
    why: 'An access key never expires and works from everywhere: it has to be kept, turned over and taken back by hand. A role’s credentials last an hour and are bound to the pod’s ServiceAccount, and the cluster has what it takes already.',
    remedy:
      'Make an IAM role that trusts the pod’s ServiceAccount, write its ARN into the annotation `eks.amazonaws.com/role-arn`, and take the variables out: the SDK would prefer them. The fix does so with a placeholder for the number of your AWS account. Delete the key in IAM afterwards. Containers that speak of an endpoint, MinIO or another store with the interface of S3 are not reported, nor is anything where no ServiceAccount of the workspace has a role.',
    flags: toExample('AWS_SECRET_ACCESS_KEY'),
    passes: toExample('UPLOAD_TOKEN'),
  },
  visit: {
    *pod(pod, context) {
      const found = findAwsKeys(pod, context);
      const holder = found.length > 0 ? findRoleHolder(context) : undefined;
      const account = holder && readPodAccount(pod);
      if (!holder || !account) return;
      // A role of its own that the keys override is another fault.
      if (findAccounts(account, context).some(({ value }) => value.roleArn !== undefined)) return;
      for (const keys of found) {
        yield {
          at: keys.at,
          message: `The ${describeContainer(keys.container)} gets AWS keys that never expire from Secret "${keys.secret}", where a role for its ServiceAccount would do.`,
          related: [{ place: holder.place, message: `ServiceAccount "${holder.value.name}" gets its role by IRSA.` }],
          fixes: toRoleFixes(keys, account, pod, context),
        };
      }
    },
  },
});
