import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getAccount } from '../../model/iam/arn';
import { getLiteral } from '../../model/iam/placeholder';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { getTextSpan } from './_span';
import { findKnownAccountsOfRole, isKubernetesGrant } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');
const READER = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'irsa-account-mismatch',
  category: 'irsa',
  title: 'Provider of another AWS account than the role',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  standards: ['aws/irsa-cross-account', 'aws/iam-principal'],
  docs: {
    what: 'The trust policy of a role names an identity provider of another AWS account than that of the role.',
    why: 'A role trusts the provider that is registered in its own account. Where the cluster is in another account, its issuer is registered as a provider in the account of the role too, and that one is named.',
    remedy:
      'Check both account ids. For access across accounts, make a provider for the issuer of the cluster in the account of the role, or let the pod take on a role of its own account first and a second one from there.',
    flags: {
      'service-account.yaml': READER,
      's3-reader-trust-policy.json': EXACT.replace('111122223333', '444455556666'),
    },
    passes: { 'service-account.yaml': READER, 's3-reader-trust-policy.json': EXACT },
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      const { policy } = statement;
      const holders = policy.roleArn === undefined ? findKnownAccountsOfRole(policy, context) : [];
      const own = policy.roleArn === undefined ? holders.map(({ value }) => value.roleArn) : [policy.roleArn];
      const accounts = new Set(own.map(getAccount));
      if (accounts.size === 0 || accounts.has(undefined)) return;
      for (const at of statement.federated) {
        const account = getAccount(getLiteral(at));
        if (account === undefined || accounts.has(account)) continue;
        yield {
          at,
          span: getTextSpan(at),
          message: `The provider is of account ${account}, and the role of ${[...accounts].join(', ')}: a role trusts the provider that is registered in its own account.`,
          related: holders.slice(0, 3).map(({ place, value }) => ({
            place: { ...place, path: [...place.path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] },
            message: `The role of ServiceAccount "${value.name}"`,
          })),
        };
      }
    },
  },
});
