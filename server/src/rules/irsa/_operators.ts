import type { ConditionOperator } from '../../model/iam/operator';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';

/** An operator of a statement's Condition that judges the subject or audience of a token. */
export interface WrittenOperator {
  /** The mapping under the operator. */
  readonly at: Ref;
  readonly name: string;
  readonly parsed: ConditionOperator;
  /** All its keys, those of other claims included. */
  readonly conditions: readonly TrustCondition[];
  /** True when the operator could be called so instead: nothing is called so yet. */
  readonly canBe: (name: string) => boolean;
}

/** The operators of a statement that judge a token, in order, each once. */
export function listOperators(statement: TrustStatement): WrittenOperator[] {
  const written = statement.ref.get('Condition');
  const names = [...new Set(statement.conditions.map(({ operator }) => operator))];
  return names.flatMap((name) => {
    const conditions = statement.conditions.filter(({ operator }) => operator === name);
    const [first] = conditions;
    if (!first || !conditions.some(({ claim }) => claim === 'sub' || claim === 'aud')) return [];
    const canBe = (other: string) => !written.get(other).isWritten;
    return [{ at: written.get(name), name, parsed: first.parsed, conditions, canBe }];
  });
}
