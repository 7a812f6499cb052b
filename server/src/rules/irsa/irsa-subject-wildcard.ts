import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { toAccountExample, toExactPolicyExample, toTrustPolicyExample } from './_examples';
import { getWidth, toExactFixes } from './_pattern';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

export default defineRule({
  id: 'irsa-subject-wildcard',
  category: 'irsa',
  title: 'Trust policy admits service accounts by a pattern',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/eks-identity-best-practices', 'aws/iam-condition-operators'],
  docs: {
    what: 'A subject of a trust policy is a pattern (`StringLike` with `*` or `?`) where one account could be named.',
    why: 'A pattern over namespaces admits accounts of namespaces that do not exist yet: whoever may make a namespace, or an account in one that matches, gets the role. `system:serviceaccount:*` admits every pod of the cluster. A pattern over names admits whoever may make accounts in that one namespace.',
    remedy:
      'Name the accounts, with `StringEquals` and a list if there are several. A pattern for the end of a name, in one namespace that only few can write to, is reported as information: some controllers make up the names of their accounts.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      'trust-policy.json': toTrustPolicyExample(`{
  "StringLike": { "PROVIDER:sub": "system:serviceaccount:*:s3-reader" },
  "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }
}`),
    },
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const condition of statement.conditions) {
        const { claim, parsed } = condition;
        if (claim !== 'sub' || parsed.test !== 'like' || !isNamingOperator(parsed)) continue;
        for (const at of condition.values) {
          const text = getLiteral(at);
          const width = text === undefined ? undefined : getWidth(text);
          if (text === undefined || !width) continue;
          const message = `The pattern "${text}" admits ${width.words}.`;
          yield {
            at,
            span: getTextSpan(at),
            message,
            severity: width.severity,
            fixes: toExactFixes(text, statement, condition, context),
          };
        }
      }
    },
  },
});
