import type { Fix, PlainValue } from '../../engine/operation';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { MappingNode, Node, Pair } from '../../syntax/node';
import type { Step } from '../../syntax/ref';
import { toMerged } from './_merge';

/** A pair of a mapping that does not count, because another one of the same key comes after it. */
export interface Lost {
  readonly pair: Pair;
  /** Where the pair of the same key stands that counts. */
  readonly route: readonly Step[];
}

/** The pairs of a mapping after which another one of the same key comes. */
export function findLost(node: MappingNode, path: readonly Step[], isJudged: (key: string) => boolean): Lost[] {
  return node.pairs.flatMap((pair, index) => {
    const { key } = pair;
    if (key === undefined || key === '<<' || !isJudged(key)) return [];
    const isRepeated = node.pairs.slice(index + 1).some((other) => other.key === key);
    return isRepeated ? [{ pair, route: [...path, key] }] : [];
  });
}

/** The same of everything below a node. */
export function findLostBelow(node: Node | undefined, path: readonly Step[]): Lost[] {
  if (node?.type !== 'mapping') return [];
  const below = node.pairs.flatMap(({ key, value }) => (key === undefined ? [] : findLostBelow(value, [...path, key])));
  return [...findLost(node, path, () => true), ...below];
}

/** Writes the Condition anew with all that was said; only in JSON, where no comment can be lost, and where nothing contradicts. */
export function toMergeFixes({ ref }: TrustStatement, statement: MappingNode): Fix[] {
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
