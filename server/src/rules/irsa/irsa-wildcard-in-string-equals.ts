import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { hasWildcard } from '../../model/iam/subject';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { findMatchingSubjects, moveToOperator, replaceText, toValue } from './_condition-fix';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getTextSpan } from './_span';
import { getKnownValues, isKubernetesGrant } from './_statement';

export default defineRule({
  id: 'irsa-wildcard-in-string-equals',
  category: 'irsa',
  title: 'Wildcard under StringEquals never matches',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-operators', 'aws/irsa-associate-role'],
  docs: {
    what: 'A subject with `*` or `?` stands under `StringEquals`, which takes these as ordinary letters.',
    why: `No service account can have such a name, so the condition never holds, and pods are refused with ${REFUSED}.`,
    remedy:
      'Name the accounts that are meant. If their names are not known beforehand (some controllers make them up), put the subject under `StringLike`, with the namespace and as much of the name as possible written out.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      'trust-policy.json': toExactPolicyExample('system:serviceaccount:production:s3-*'),
    },
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const condition of statement.conditions) {
        const { claim, parsed } = condition;
        if (claim !== 'sub' || parsed.test === 'like' || !isNamingOperator(parsed)) continue;
        for (const at of condition.values) {
          const text = getLiteral(at);
          if (text === undefined || !hasWildcard(text)) continue;
          yield {
            at,
            span: getTextSpan(at),
            message: `${condition.operator} takes the wildcard in "${text}" as a letter, so no service account ever matches it.`,
            fixes: toFixes(text, statement, condition, context),
          };
        }
      }
    },
  },
});

function toFixes(text: string, statement: TrustStatement, condition: TrustCondition, context: RuleContext): Fix[] {
  const fixes: Fix[] = [];
  const subjects = findMatchingSubjects(text, statement, context);
  const texts = subjects.length === 0 ? undefined : replaceText(condition, text, subjects);
  if (texts) {
    const title = `Admit ${subjects.map((subject) => `"${subject}"`).join(', ')}`;
    const value = toValue(condition, texts);
    fixes.push({ title, safety: 'unsafe', operations: [{ op: 'set', at: condition.ref, value }] });
  }
  // That the text is a pattern can only be taken at its word; how wide it is, the rule for patterns says.
  const operator = condition.operator.replace(/StringEquals(IgnoreCase)?/i, 'StringLike');
  const known = getKnownValues(condition);
  const operations = known && moveToOperator(statement, condition, operator, known);
  if (operations) {
    const title = `Put the subject under ${operator}`;
    fixes.push({ title, safety: 'unsafe', operations, reveals: ['irsa-subject-wildcard'] });
  }
  return fixes;
}
