import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { isNamespaceName, parseSubject } from '../../model/iam/subject';
import { judgeControlPlane } from './_control-plane';
import { toDedicatedAccountFixes } from './_dedicated-account';
import { findDefaultAccount } from './_default-account';
import { toExactPolicyExample } from './_examples';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

export default defineRule({
  id: 'irsa-default-subject',
  category: 'irsa',
  title: 'Trust policy admits a default or built-in service account',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.5', 'aws/eks-identity-best-practices'],
  docs: {
    what: 'A trust policy names the ServiceAccount `default` of a namespace, or one of those that every cluster has in `kube-system` and that need no role: of the controllers (`namespace-controller`, `generic-garbage-collector` and so on), `coredns`, `kube-proxy`.',
    why: 'Every pod of that namespace that names no account runs as `default`, those that others put there later included. All of them can take on the role. The built-in accounts of `kube-system` call nothing of AWS: such a subject is a slip, and the role is there for whoever may create pods in that namespace. Accounts of add-ons that do use roles (`aws-node`, `ebs-csi-controller-sa`, `cluster-autoscaler`) are not meant, nor is an account that has a role in the workspace.',
    remedy:
      'Make a ServiceAccount for the workload that needs the role, name it in `serviceAccountName` of its pods, and put it into the policy in place of `default` or of the built-in account. The fix does all of it where one workload alone runs as `default` and the role is known.',
    flags: toExactPolicyExample('system:serviceaccount:production:default'),
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const condition of statement.conditions) {
        if (condition.claim !== 'sub' || !isNamingOperator(condition.parsed)) continue;
        for (const at of condition.values) {
          const subject = parseSubject(getLiteral(at) ?? '');
          const builtIn = subject && judgeControlPlane(subject, at, condition, statement, context);
          if (builtIn) yield { at, span: getTextSpan(at), ...builtIn };
          if (subject?.name !== 'default' || !isNamespaceName(subject.namespace)) continue;
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
