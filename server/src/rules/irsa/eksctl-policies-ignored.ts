import { defineRule } from '../../engine/rule';
import { getKeySpan } from './_span';

/** What eksctl puts into a role that it makes itself, and only then. */
const OF_OWN_ROLE = [
  'attachPolicyARNs',
  'attachPolicy',
  'wellKnownPolicies',
  'permissionsBoundary',
  'roleName',
] as const;

const toExample = (rest: string) => `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata:
  name: main
  region: eu-west-1
iam:
  withOIDC: true
  serviceAccounts:
    - metadata:
        name: s3-reader
        namespace: production
${rest}`;

export default defineRule({
  id: 'eksctl-policies-ignored',
  category: 'irsa',
  title: 'Policies beside attachRoleARN are lost',
  severity: 'warning',
  confidence: 'high',
  fixable: 'never',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'A service account of an eksctl ClusterConfig has `attachRoleARN` together with policies, a boundary or a name for a role.',
    why: 'With `attachRoleARN` eksctl makes no role: it only annotates the account with the one that is there. Policies that are listed beside it are attached to nothing, and pods lack the rights that the file promises.',
    remedy:
      'Remove `attachRoleARN` to have eksctl make a role with these policies, or attach them to the role where that is made.',
    flags: toExample(
      '      attachRoleARN: arn:aws:iam::111122223333:role/s3-reader\n      attachPolicyARNs:\n        - arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\n',
    ),
    passes: toExample('      attachPolicyARNs:\n        - arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\n'),
  },
  visit: {
    *resource({ group, kind, root }) {
      if (group !== 'eksctl.io' || kind !== 'ClusterConfig') return;
      for (const account of root.get('iam', 'serviceAccounts').items()) {
        if (!account.get('attachRoleARN').isWritten) continue;
        const [name, ...others] = OF_OWN_ROLE.filter((key) => account.get(key).isWritten);
        if (name === undefined) continue;
        const at = account.get(name);
        const all = [name, ...others].map((key) => `"${key}"`).join(', ');
        yield {
          at,
          span: getKeySpan(at),
          message: `eksctl makes no role for an account with "attachRoleARN", so ${all} ${others.length === 0 ? 'goes' : 'go'} into none.`,
        };
      }
    },
  },
});
