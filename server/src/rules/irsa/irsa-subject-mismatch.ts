import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { parseSubject } from '../../model/iam/subject';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { judgeSubject } from './_subject-mismatch';

export default defineRule({
  id: 'irsa-subject-mismatch',
  category: 'irsa',
  title: 'Trust policy names no ServiceAccount that exists',
  severity: 'error',
  confidence: 'medium',
  fixable: 'always',
  standards: ['aws/irsa-associate-role', 'aws/iam-condition-operators'],
  docs: {
    what: 'The trust policy of an IAM role names a Kubernetes service account that no file of the workspace holds, while one that is nearly called so is there.',
    why: `AWS compares the subject letter by letter. With one wrong letter, or another namespace, the pod starts as usual and its first call to AWS fails with ${REFUSED}; nothing in the cluster says why. And if someone later makes an account of the mistaken name, that account gets the role.`,
    remedy:
      'Write the subject as `system:serviceaccount:<namespace>:<name>` of the ServiceAccount that the pods use. The policy has to be put in place again (`aws iam update-assume-role-policy`, or your pipeline) before it counts. Nothing is reported when the workspace holds no account of a similar name, or when a pod of the workspace runs as the account that is named.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      'trust-policy.json': toExactPolicyExample('system:serviceaccount:production:s3-raeder'),
    },
    passes: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      'trust-policy.json': toExactPolicyExample('system:serviceaccount:production:s3-reader'),
    },
  },
  visit: {
    *trustStatement(statement, context) {
      if (statement.effect !== 'Allow' || statement.issuer !== 'kubernetes') return;
      for (const condition of statement.conditions) {
        if (condition.claim !== 'sub' || !isNamingOperator(condition.parsed)) continue;
        for (const at of condition.values) {
          const subject = parseSubject(getLiteral(at) ?? '');
          const report = subject && judgeSubject(subject, at, condition, context);
          if (report) yield report;
        }
      }
    },
  },
});
