import type { Fix, Operation } from '../../engine/operation';
import { isNamingOperator } from '../../model/iam/operator';
import type { TrustCondition, TrustPolicy, TrustStatement } from '../../model/iam/trust-policy';
import { isPlainMapping, type PlainMapping } from '../../syntax/plain-value';
import { getLength } from './_length';
import { getKnownValues, isOfModule } from './_statement';
import { toMeaning, toValueOf } from './_statement-value';

interface Mergeable {
  readonly statement: TrustStatement;
  readonly value: PlainMapping;
}

/** Statements that become one: the first, with the texts of all under one of its keys. */
interface Merge {
  readonly condition: TrustCondition;
  readonly texts: readonly string[];
  readonly others: readonly TrustStatement[];
}

/** A fix with how long the policy is after it, counted as `getLength` does. */
export interface ShorteningFix {
  readonly fix: Fix;
  readonly length: number;
}

/**
 * Makes one statement, with a list, of those that are alike but for the texts of one key: such a list is joined by OR, as
 * statements are. Undefined where there are none, or the policy would be no shorter. `length` is that of the policy now.
 */
export function toShorteningFix({ statements }: TrustPolicy, length: number): ShorteningFix | undefined {
  const merges = planMerges(statements);
  const operations: Operation[] = [];
  let after = length;
  for (const { condition, texts, others } of merges) {
    const before = getLength(condition.ref);
    const gone = others.map(({ ref }) => getLength(ref));
    if (before === undefined || gone.includes(undefined)) return undefined;
    after += JSON.stringify(texts).length - before - gone.reduce((sum: number, one) => sum + 1 + (one ?? 0), 0);
    operations.push({ op: 'set', at: condition.ref, value: texts });
    operations.push(...others.map(({ ref }) => ({ op: 'remove' as const, at: ref })));
  }
  if (after >= length) return undefined;
  const count = merges.reduce((sum, { others }) => sum + others.length + 1, 0);
  const title = `Merge ${count} statements into ${merges.length === 1 ? 'one' : merges.length}`;
  return { fix: { title, safety: 'safe', operations }, length: after };
}

function planMerges(statements: readonly TrustStatement[]): Merge[] {
  const merges: Merge[] = [];
  let open = statements.flatMap(toMergeable);
  for (let [first, ...rest] = open; first; [first, ...rest] = open) {
    const merge = findLargest(first, rest);
    open = merge ? rest.filter(({ statement }) => !merge.others.includes(statement)) : rest;
    if (merge) merges.push(merge);
  }
  return merges;
}

function toMergeable(statement: TrustStatement): Mergeable[] {
  if (statement.isConditional || isOfModule(statement) || !statement.ref.parent?.isSequence) return [];
  const value = toValueOf(statement.ref);
  return value !== undefined && isPlainMapping(value) ? [{ statement, value }] : [];
}

/** The most that can be merged into a statement, by whichever of its keys. */
function findLargest(first: Mergeable, rest: readonly Mergeable[]): Merge | undefined {
  const merges = first.statement.conditions.flatMap((condition) => toMerge(first, condition, rest) ?? []);
  return merges.sort((a, b) => b.others.length - a.others.length)[0];
}

function toMerge(first: Mergeable, condition: TrustCondition, rest: readonly Mergeable[]): Merge | undefined {
  const { operator, key, parsed } = condition;
  // Values that are negated are joined by NOR, and of a set all have to be in one list.
  if (!isNamingOperator(parsed) || parsed.quantifier === 'ForAllValues') return undefined;
  const own = getKnownValues(condition);
  if (own === undefined || condition.ref.isShared) return undefined;
  const meaning = toMeaning(withoutKey(first.value, operator, key));
  const texts = new Set(own);
  const others: TrustStatement[] = [];
  for (const { statement, value } of rest) {
    const same = statement.conditions.find((one) => one.operator === operator && one.key === key);
    const known = same && getKnownValues(same);
    if (!known || toMeaning(withoutKey(value, operator, key)) !== meaning) continue;
    for (const text of known) texts.add(text);
    others.push(statement);
  }
  return others.length === 0 ? undefined : { condition, texts: [...texts], others };
}

/** A statement as far as it has to be equal: a Sid is a name, and means nothing. */
function withoutKey({ Sid, ...value }: PlainMapping, operator: string, key: string): PlainMapping {
  const { Condition: conditions = null } = value;
  const keys = isPlainMapping(conditions) ? (conditions[operator] ?? null) : null;
  if (!isPlainMapping(conditions) || !isPlainMapping(keys)) return value;
  const { [key]: _, ...others } = keys;
  return { ...value, Condition: { ...conditions, [operator]: others } };
}
