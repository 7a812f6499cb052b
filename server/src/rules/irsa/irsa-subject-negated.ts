import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { toAccountExample, toExactPolicyExample, toTrustPolicyExample } from './_examples';
import { getKeySpan } from './_span';
import { isKubernetesGrant } from './_statement';
import { toSubjectFixes } from './_subject-fix';

export default defineRule({
  id: 'irsa-subject-negated',
  category: 'irsa',
  title: 'Trust policy says only who is kept out',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-operators', 'aws/eks-identity-best-practices'],
  docs: {
    what: 'The only conditions on the subject are negated (`StringNotEquals`, `StringNotLike`) or ask whether there is one (`Null`).',
    why: 'Whoever is not on the list is let in: every other service account of the cluster, and every one that is made later.',
    remedy:
      'Name the accounts that need the role, with `StringEquals` on `<provider>:sub`. The negated condition can stay beside it, or go. Where the workspace tells which account has the role, the fix writes it.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      's3-reader-trust-policy.json': toTrustPolicyExample(`{
  "StringNotLike": { "PROVIDER:sub": "system:serviceaccount:kube-system:*" },
  "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }
}`),
    },
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement) || !statement.areConditionsKnown) return;
      const subjects = statement.conditions.filter(({ claim }) => claim === 'sub');
      const [first] = subjects;
      if (!first || subjects.some(({ parsed }) => isNamingOperator(parsed) || parsed.test === 'other')) return;
      const texts = first.values.map((value) => getLiteral(value) ?? '');
      const what =
        first.parsed.test === 'null'
          ? `"${first.operator}" asks only whether the token has a subject`
          : `"${first.operator}" keeps only "${texts.join('", "')}" out`;
      yield {
        at: first.ref,
        span: getKeySpan(first.ref),
        message: `${what}: every other service account of the cluster can take on this role.`,
        fixes: toSubjectFixes(statement, context),
      };
    },
  },
});
