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
  id: 'irsa-for-all-values',
  category: 'irsa',
  title: 'ForAllValues passes where the key is not there',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-single-valued-keys', 'aws/access-analyzer-checks'],
  docs: {
    what: 'A condition on the subject or audience of a token has the prefix `ForAllValues:`.',
    why: 'ForAllValues is made for keys with many values, and is true when a key has none at all. With a slip in the key (another cluster, `https://` left in) the condition therefore lets everybody in instead of nobody, and no test with the right account would show it.',
    remedy: 'Leave the prefix out: a token has exactly one subject.',
    flags: toExample('ForAllValues:StringEquals'),
    passes: toExample('StringEquals'),
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement)) return;
      for (const operator of listOperators(statement)) {
        const { at, name, parsed } = operator;
        if (parsed.quantifier !== 'ForAllValues') continue;
        const plain = name.slice('ForAllValues:'.length);
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
