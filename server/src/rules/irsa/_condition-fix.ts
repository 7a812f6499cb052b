import type { Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { parseOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import { hasWildcard, toSubject } from '../../model/iam/subject';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { isLike } from '../../model/iam/wildcard';
import { findAccountsOfRole } from './_statement';

/** More accounts than this are no list that anybody would want in a policy. */
const MAX_ACCOUNTS = 5;

/**
 * The subjects of the workspace that a pattern stands for: of the accounts that have this role where that is known, else of
 * every account that the pattern matches. None where there are too many to list.
 */
export function findMatchingSubjects(pattern: string, statement: TrustStatement, context: RuleContext): string[] {
  const matches = (subject: string) => isLike(pattern, subject);
  const own = findAccountsOfRole(statement.policy, context).map(toSubject).filter(matches);
  const all = context.workspace
    .all('service-account')
    .flatMap(({ value }) => (value.isNamespaceWritten ? [toSubject(value)] : []));
  const found = [...new Set(own.length > 0 ? own : all.filter(matches))];
  return found.length > MAX_ACCOUNTS ? [] : found;
}

/** The texts of a condition with one of them replaced by others, each once; undefined where one cannot be read. */
export function replaceText(condition: TrustCondition, text: string, by: readonly string[]): string[] | undefined {
  const texts = condition.values.map((value) => getLiteral(value));
  if (texts.includes(undefined)) return undefined;
  return [...new Set(texts.flatMap((one) => (one === text ? by : [one ?? ''])))];
}

/** Writes texts as the value of a condition, as a string where there is only one and none was a list. */
export function toValue(condition: TrustCondition, texts: readonly string[]): string | readonly string[] {
  const [only, ...others] = texts;
  return only !== undefined && others.length === 0 && !condition.ref.isSequence ? only : texts;
}

/**
 * Puts a condition under another operator with new values: by renaming the operator where nothing else stands under it that
 * would change its meaning, else by moving the key. Undefined where the key is taken there already.
 */
export function moveToOperator(
  statement: TrustStatement,
  condition: TrustCondition,
  operator: string,
  texts: readonly string[],
): Operation[] | undefined {
  const keys = statement.ref.get('Condition', condition.operator);
  const target = statement.ref.get('Condition', operator);
  const value = toValue(condition, texts);
  if (!target.isWritten && canRename(statement, condition, operator)) {
    return [
      { op: 'rename', at: keys, key: operator },
      { op: 'set', at: condition.ref, value },
    ];
  }
  if (target.isWritten && (!target.isMapping || target.get(condition.key).isWritten)) return undefined;
  return [
    { op: 'remove', at: condition.ref, upTo: 1 },
    { op: 'set', at: target.get(condition.key), value },
  ];
}

/** True when the other keys under the operator mean the same under the new one, and become no laxer to write. */
function canRename(statement: TrustStatement, condition: TrustCondition, operator: string): boolean {
  return statement.conditions.every((other) => {
    if (other === condition || other.operator !== condition.operator) return true;
    if (parseOperator(operator).test === 'like') return false;
    return other.values.every((value) => {
      const text = getLiteral(value);
      return text !== undefined && !hasWildcard(text);
    });
  });
}

/** Renames keys under their operators; undefined where a new key stands there already, or two would become one. */
export function renameKeys(
  statement: TrustStatement,
  changes: readonly { readonly condition: TrustCondition; readonly key: string }[],
): Operation[] | undefined {
  const taken = new Set(statement.conditions.map(({ operator, key }) => `${operator}\n${key}`));
  for (const { condition, key } of changes) {
    const place = `${condition.operator}\n${key}`;
    if (taken.has(place)) return undefined;
    taken.add(place);
  }
  return changes.map(({ condition, key }) => ({ op: 'rename', at: condition.ref, key }));
}
