import { defineRule } from '../../engine/rule';
import { toTrustPolicyExample } from './_examples';
import { listOperators, toOperatorFixes } from './_operators';
import { getKeySpan } from './_span';
import { isKubernetesGrant } from './_statement';

const toExample = (operator: string) =>
  toTrustPolicyExample(`{
  "${operator}": {
    "PROVIDER:aud": "sts.amazonaws.com",
    "PROVIDER:sub": "system:serviceaccount:production:s3-reader"
  }
}`);

export default defineRule({
  id: 'irsa-if-exists',
  category: 'irsa',
  title: 'IfExists passes where the key is not there',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-operators', 'aws/irsa-associate-role'],
  docs: {
    what: 'A condition on the subject or audience of a token ends in `IfExists`.',
    why: 'Such a condition is true when the key is not in the request. The token of a service account always has both, so the ending gains nothing; but with a slip in the key (another cluster, `https://` left in) the condition lets everybody in instead of nobody.',
    remedy: 'Leave the ending out.',
    flags: toExample('StringEqualsIfExists'),
    passes: toExample('StringEquals'),
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement)) return;
      for (const operator of listOperators(statement)) {
        const { at, name, parsed } = operator;
        if (!parsed.isIfExists) continue;
        const plain = name.replace(/IfExists$/i, '');
        yield {
          at,
          span: getKeySpan(at),
          message: `"${name}" is true when the token has no such key, so a slip in the key lets everybody in.`,
          fixes: toOperatorFixes(statement, operator, plain),
        };
      }
    },
  },
});
