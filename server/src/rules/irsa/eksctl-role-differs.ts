import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { hasPlaceholder } from '../../model/iam/placeholder';
import { isSameRole } from '../../model/iam/role';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

const toConfig = (role: string) => `apiVersion: eksctl.io/v1alpha5
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
      attachRoleARN: arn:aws:iam::111122223333:role/${role}
`;

const READER = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'eksctl-role-differs',
  category: 'irsa',
  title: 'Two roles for one account, by eksctl and a manifest',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'An eksctl ClusterConfig annotates a service account with one role (`attachRoleARN`), and the manifest of the account with another.',
    why: 'Whichever is applied last wins. The role of the pods then changes with the order of two pipelines.',
    remedy: 'Let one of them own the account: take it out of the ClusterConfig, or write the same role in both.',
    flags: { 'cluster.yaml': toConfig('s3-writer'), 'service-account.yaml': READER },
    passes: { 'cluster.yaml': toConfig('s3-reader'), 'service-account.yaml': READER },
  },
  visit: {
    *resource({ group, kind, root }, { workspace, document }) {
      if (group !== 'eksctl.io' || kind !== 'ClusterConfig') return;
      for (const account of root.get('iam', 'serviceAccounts').items()) {
        const at = account.get('attachRoleARN');
        const [name, namespace] = [account.get('metadata', 'name'), account.get('metadata', 'namespace')];
        if (!at.isPresent || at.string === undefined || hasPlaceholder(at.string) || namespace.isUnknown) continue;
        const other = workspace.find('service-account', namespace.string ?? 'default').find(({ value, place }) => {
          const { roleArn } = value;
          if (place.document === document || value.name !== name.string || roleArn === undefined) return false;
          return !hasPlaceholder(roleArn) && !isSameRole(roleArn, at.string ?? '');
        });
        const role = other?.value.roleArn;
        if (!other || role === undefined) continue;
        yield {
          at,
          span: getTextSpan(at),
          message: `The manifest of ServiceAccount "${other.value.name}" has the role "${role}": whichever of the two is applied last wins.`,
          related: [
            {
              place: { ...other.place, path: [...other.place.path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] },
              message: 'The role in the manifest',
            },
          ],
          fixes: [{ title: `Attach "${role}"`, safety: 'unsafe', operations: [{ op: 'set', at, value: role }] }],
        };
      }
    },
  },
});
