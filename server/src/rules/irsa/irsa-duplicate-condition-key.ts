import type { Fix, PlainValue } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { MappingNode, Node, Pair } from '../../syntax/node';
import type { Step } from '../../syntax/ref';
import { toTrustPolicyExample } from './_examples';
import { toMerged } from './_merge';
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
          fixes: toFixes(statement, node),
        };
      }
    },
  },
});

interface Lost {
  readonly pair: Pair;
  /** Where the pair of the same key stands that counts. */
  readonly route: readonly Step[];
}

/** The pairs of a mapping after which another one of the same key comes. */
function findLost(node: MappingNode, path: readonly Step[], isJudged: (key: string) => boolean): Lost[] {
  return node.pairs.flatMap((pair, index) => {
    const { key } = pair;
    if (key === undefined || key === '<<' || !isJudged(key)) return [];
    const isRepeated = node.pairs.slice(index + 1).some((other) => other.key === key);
    return isRepeated ? [{ pair, route: [...path, key] }] : [];
  });
}

function findLostBelow(node: Node | undefined, path: readonly Step[]): Lost[] {
  if (node?.type !== 'mapping') return [];
  const below = node.pairs.flatMap(({ key, value }) => (key === undefined ? [] : findLostBelow(value, [...path, key])));
  return [...findLost(node, path, () => true), ...below];
}

/** Writes the Condition anew with all that was said; only in JSON, where no comment can be lost, and where nothing contradicts. */
function toFixes({ ref }: TrustStatement, statement: MappingNode): Fix[] {
  const conditions = statement.pairs.filter(({ key }) => key === 'Condition');
  const at = ref.get('Condition');
  if (at.tree.language !== 'json' || conditions.length !== 1 || /\/[/*]/.test(toText(at.tree.text, at.node))) return [];
  const value: PlainValue | undefined = toMerged(conditions.map((pair) => pair.value));
  if (value === undefined) return [];
  return [{ title: 'Merge the conditions into one', safety: 'safe', operations: [{ op: 'set', at, value }] }];
}

function toText(text: string, node: Node | undefined): string {
  return node ? text.slice(node.span.start, node.span.end).replace(/"(?:[^"\\]|\\.)*"/g, '""') : '';
}
