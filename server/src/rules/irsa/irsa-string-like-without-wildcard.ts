import { defineRule } from '../../engine/rule';
import { hasWildcard } from '../../model/iam/subject';
import { toTrustPolicyExample } from './_examples';
import { listOperators, toOperatorFixes } from './_operators';
import { getKeySpan } from './_span';
import { getKnownValues, isKubernetesGrant } from './_statement';

const toExample = (operator: string) =>
  toTrustPolicyExample(`{
  "${operator}": {
    "PROVIDER:aud": "sts.amazonaws.com",
    "PROVIDER:sub": "system:serviceaccount:production:s3-reader"
  }
}`);

export default defineRule({
  id: 'irsa-string-like-without-wildcard',
  category: 'irsa',
  title: 'StringLike where nothing is a pattern',
  severity: 'info',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-operators'],
  docs: {
    what: 'A trust policy uses `StringLike`, although none of the values has a wildcard.',
    why: 'It means the same as `StringEquals` today, but whoever reads it has to look for patterns, and the next person who adds a `*` is not stopped.',
    remedy: 'Write `StringEquals`.',
    flags: toExample('StringLike'),
    passes: toExample('StringEquals'),
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement)) return;
      for (const operator of listOperators(statement)) {
        const { at, name, parsed, conditions } = operator;
        if (parsed.test !== 'like' || parsed.isNegated) continue;
        if (!conditions.every((condition) => getKnownValues(condition)?.every((text) => !hasWildcard(text)))) continue;
        const plain = name.replace(/StringLike/i, 'StringEquals');
        yield {
          at,
          span: getKeySpan(at),
          message: `No value under "${name}" has a wildcard: ${plain} says the same and stays exact.`,
          fixes: toOperatorFixes(statement, operator, plain),
        };
      }
    },
  },
});
