import type { Fix, Operation } from '../../engine/operation';
import type { ConditionOperator } from '../../model/iam/operator';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { toValueOf } from './_statement-value';

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

/** Calls an operator `plain` instead, or moves its keys to the one that is called so; none where a key stands there already. */
export function toOperatorFixes(statement: TrustStatement, operator: WrittenOperator, plain: string): Fix[] {
  const operations = toOperations(statement, operator, plain);
  return operations ? [{ title: `Change it to ${plain}`, safety: 'safe', operations }] : [];
}

function toOperations(
  statement: TrustStatement,
  { at, conditions, canBe }: WrittenOperator,
  plain: string,
): Operation[] | undefined {
  if (canBe(plain)) return [{ op: 'rename', at, key: plain }];
  const target = statement.ref.get('Condition', plain);
  if (!target.isMapping || conditions.some(({ key }) => target.get(key).isWritten)) return undefined;
  const moved = conditions.flatMap((condition): Operation[] => {
    const value = toValueOf(condition.ref);
    return value === undefined ? [] : [{ op: 'set', at: target.get(condition.key), value }];
  });
  return moved.length === conditions.length ? [{ op: 'remove', at }, ...moved] : undefined;
}
