import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { getExpressions, judgeExpression } from './_expressions';
import { describePolicy } from './_policies';

const toExample = (expression: string) =>
  toPolicyExample('policyTypes: [Ingress]', `{ matchExpressions: [{ ${expression} }] }`);

export default defineRule({
  id: 'selector-expression-invalid',
  category: 'network',
  title: 'Selector that the API server refuses',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A selector of a NetworkPolicy has an expression whose operator is none, lacks the values that it needs, or has values that it cannot have.',
    why: 'The API server refuses the policy, so that none is in force.',
    remedy:
      '`In` and `NotIn` need at least one value; `Exists` and `DoesNotExist` have none. There is no other operator.',
    flags: toExample('key: app, operator: In'),
    passes: toExample('key: app, operator: In, values: [db]'),
  },
  visit: {
    *resource(resource) {
      for (const expression of getExpressions(resource)) {
        const [operator, values] = [expression.get('operator'), expression.get('values')];
        if (operator.isUnknown || values.isUnknown || !expression.isMapping) continue;
        const word = operator.string ?? '';
        const found = judgeExpression(word, values.items().length > 0);
        if (!found) continue;
        const { wrong, right } = found;
        const fixes: Fix[] = [
          {
            title: `Change the operator to ${right}`,
            safety: 'unsafe',
            operations: [{ op: 'set', at: operator, value: right }],
          },
        ];
        const isValued = ['Exists', 'DoesNotExist'].includes(word);
        if (isValued)
          fixes.unshift({ title: 'Remove the values', safety: 'unsafe', operations: [{ op: 'remove', at: values }] });
        yield {
          at: isValued ? values : operator,
          message: `${describePolicy(resource)} selects by an expression ${wrong}. The API server refuses it.`,
          fixes,
        };
      }
    },
  },
});
