import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { parseSubject } from '../../model/iam/subject';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';
import { findUnannotated, toAnnotationFixes } from './_unannotated';

const POLICY = `{
  "Role": {
    "RoleName": "s3-reader",
    "Arn": "arn:aws:iam::111122223333:role/s3-reader",
    "AssumeRolePolicyDocument": ${toExactPolicyExample('system:serviceaccount:production:s3-reader').trimEnd().replaceAll('\n', '\n    ')}
  }
}
`;

export default defineRule({
  id: 'irsa-account-not-annotated',
  category: 'irsa',
  title: 'Role for a ServiceAccount that does not ask for it',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'A trust policy names a ServiceAccount of the workspace that has no annotation `eks.amazonaws.com/role-arn`.',
    why: 'Trust alone gives nothing: the webhook of EKS hands a token and the name of the role only to pods whose account is annotated. Calls to AWS then fail for want of credentials, or are made with the rights of the node.',
    remedy:
      'Annotate the account with the ARN of the role. Nothing is reported where another file annotates it, where eksctl or EKS Pod Identity gives it a role, or where the annotations are a template.',
    flags: { 'role.json': POLICY, 'service-account.yaml': toAccountExample('production', 's3-reader') },
    passes: { 'role.json': POLICY, 'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader') },
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const { claim, parsed, values } of statement.conditions) {
        if (claim !== 'sub' || !isNamingOperator(parsed)) continue;
        for (const at of values) {
          const subject = parseSubject(getLiteral(at) ?? '');
          const account = subject && findUnannotated(subject, context);
          if (!account) continue;
          const { value, place } = account;
          yield {
            at,
            span: getTextSpan(at),
            message: `ServiceAccount "${value.name}" in namespace "${value.namespace}" has no annotation "eks.amazonaws.com/role-arn", so its pods never ask for this role.`,
            related: [
              { place: { ...place, path: [...place.path, 'metadata', 'name'] }, message: 'The ServiceAccount' },
            ],
            fixes: toAnnotationFixes(account, statement, context),
          };
        }
      }
    },
  },
});
