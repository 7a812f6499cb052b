import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { parseSubject } from '../../model/iam/subject';
import { toDedicatedAccountFixes } from './_dedicated-account';
import { findDefaultAccount } from './_default-account';
import { toExactPolicyExample } from './_examples';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

export default defineRule({
  id: 'irsa-default-subject',
  category: 'irsa',
  title: 'Trust policy admits a default service account',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.5', 'aws/eks-identity-best-practices'],
  docs: {
    what: 'A trust policy names the ServiceAccount `default` of a namespace.',
    why: 'Every pod of that namespace that names no account runs as `default`, those that others put there later included. All of them can take on the role.',
    remedy:
      'Make a ServiceAccount for the workload that needs the role, name it in `serviceAccountName` of its pods, and put it into the policy in place of `default`. The fix does all of it where one workload alone runs as `default` and the role is known.',
    flags: toExactPolicyExample('system:serviceaccount:production:default'),
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const { claim, parsed, values } of statement.conditions) {
        if (claim !== 'sub' || !isNamingOperator(parsed)) continue;
        for (const at of values) {
          const subject = parseSubject(getLiteral(at) ?? '');
          if (subject?.name !== 'default') continue;
          const account = findDefaultAccount(subject.namespace, statement, context);
          yield {
            at,
            span: getTextSpan(at),
            message: `Every pod of namespace "${subject.namespace}" that names no other ServiceAccount can take on this role.`,
            related: account?.related ?? [],
            fixes: account ? toDedicatedAccountFixes(account, context) : [],
          };
        }
      }
    },
  },
});
