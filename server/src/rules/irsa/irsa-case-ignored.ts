import { defineRule } from '../../engine/rule';
import { toExactPolicyExample } from './_examples';
import { listOperators, toOperatorFixes } from './_operators';
import { getKeySpan } from './_span';
import { getKnownValues, isKubernetesGrant } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-case-ignored',
  category: 'irsa',
  title: 'Subject compared without regard to case',
  severity: 'info',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-operators'],
  docs: {
    what: 'A condition on the subject or audience of a token uses `StringEqualsIgnoreCase`.',
    why: 'Namespaces and names of service accounts are always in lower case, and so is the audience of EKS. The operator gains nothing, and makes a reader look for an account in capitals that cannot exist.',
    remedy: 'Write `StringEquals`, with the values in lower case.',
    flags: EXACT.replace('StringEquals', 'StringEqualsIgnoreCase'),
    passes: EXACT,
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement)) return;
      for (const operator of listOperators(statement)) {
        const { at, name, parsed, conditions } = operator;
        if (parsed.test !== 'equals-ignore-case' || parsed.isNegated) continue;
        const plain = name.replace(/IgnoreCase/i, '');
        const isLower = conditions.every((condition) =>
          getKnownValues(condition)?.every((text) => text === text.toLowerCase()),
        );
        yield {
          at,
          span: getKeySpan(at),
          message: `"${name}" compares without regard to case, but subjects and audiences are always in lower case: ${plain} says the same and stays exact.`,
          fixes: isLower ? toOperatorFixes(statement, operator, plain) : [],
        };
      }
    },
  },
});
