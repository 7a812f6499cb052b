import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { hasWildcard } from '../../model/iam/subject';
import type { TrustStatement } from '../../model/iam/trust-policy';
import { toTrustPolicyExample } from './_examples';
import { listOperators, type WrittenOperator } from './_operators';
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
        const operations = toOperations(statement, operator, plain);
        yield {
          at,
          span: getKeySpan(at),
          message: `No value under "${name}" has a wildcard: ${plain} says the same and stays exact.`,
          fixes: operations ? [{ title: `Change it to ${plain}`, safety: 'safe', operations }] : [],
        };
      }
    },
  },
});

/** Renames the operator, or moves its keys to the one that is there; undefined where a key stands there already. */
function toOperations(statement: TrustStatement, operator: WrittenOperator, plain: string): Operation[] | undefined {
  const { at, conditions, canBe } = operator;
  if (canBe(plain)) return [{ op: 'rename', at, key: plain }];
  const target = statement.ref.get('Condition', plain);
  if (!target.isMapping || conditions.some(({ key }) => target.get(key).isWritten)) return undefined;
  const moved = conditions.map((condition): Operation => {
    const texts = getKnownValues(condition) ?? [];
    const value = condition.ref.isSequence ? texts : (texts[0] ?? '');
    return { op: 'set', at: target.get(condition.key), value };
  });
  return [{ op: 'remove', at }, ...moved];
}
