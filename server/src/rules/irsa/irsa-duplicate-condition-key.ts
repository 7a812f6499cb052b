import { defineRule } from '../../engine/rule';
import { toTrustPolicyExample } from './_examples';
import { findLost, findLostBelow, toMergeFixes } from './_lost';
import { isKubernetesGrant } from './_statement';

export default defineRule({
  id: 'irsa-duplicate-condition-key',
  category: 'irsa',
  title: 'Condition written twice, so one of them is lost',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-condition-operators', 'aws/irsa-associate-role'],
  docs: {
    what: 'A key is written twice in the Condition of a trust policy, or the Condition itself is.',
    why: 'Of two equal keys in one object, what reads JSON or YAML keeps only the last, without a word. Two `StringEquals`, one for the subject and one for the audience, so become one, and if the subject is lost every service account of the cluster has the role.',
    remedy: 'Write each operator once, with all its keys inside it. Several values of one key go into a list.',
    flags: toTrustPolicyExample(`{
  "StringEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" },
  "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }
}`),
    passes: toTrustPolicyExample(`{
  "StringEquals": {
    "PROVIDER:sub": "system:serviceaccount:production:s3-reader",
    "PROVIDER:aud": "sts.amazonaws.com"
  }
}`),
  },
  visit: {
    *trustStatement(statement, { document }) {
      if (!isKubernetesGrant(statement) || statement.ref.isShared) return;
      const { node } = statement.ref;
      if (node?.type !== 'mapping') return;
      const path = statement.ref.path;
      const lost = findLost(node, path, (key) => key === 'Condition');
      for (const { value } of node.pairs.filter(({ key }) => key === 'Condition')) {
        lost.push(...findLostBelow(value, [...path, 'Condition']));
      }
      for (const { pair, route } of lost) {
        yield {
          at: statement.ref.get('Condition'),
          span: pair.keySpan,
          message: `"${pair.key}" is written again below, and only the last one counts: this one is lost.`,
          related: [{ place: { document, path: route }, message: `This "${pair.key}" counts` }],
          fixes: toMergeFixes(statement, node),
        };
      }
    },
  },
});
