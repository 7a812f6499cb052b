import type { Fix } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { parseSubject, toSubject } from '../../model/iam/subject';
import type { TrustStatement } from '../../model/iam/trust-policy';
import { findAccountsOfRole, getKnownValues, isKubernetesGrant, toNewKey, toNewValue } from './_statement';

/**
 * Asks for a subject where none is asked for: of the accounts that have the role where the workspace knows them, else of
 * those that the other statements of the policy name, which are of other clusters.
 */
export function toSubjectFixes(statement: TrustStatement, context: RuleContext): Fix[] {
  const key = toNewKey(statement, 'sub');
  if (key === undefined) return [];
  const at = statement.ref.get('Condition', 'StringEquals', key);
  const own = findAccountsOfRole(statement.policy, context).map(toSubject);
  const subjects = own.length > 0 ? own : getSubjectsOfOthers(statement);
  if (subjects.length === 0 || at.isWritten) return [];
  const quoted = subjects.map((subject) => `"${subject}"`).join(', ');
  const title = own.length > 0 ? `Admit only ${quoted}` : `Admit only ${quoted}, as the other statement does`;
  return [{ title, safety: 'unsafe', operations: [{ op: 'set', at, value: toNewValue(statement, subjects) }] }];
}

/** The accounts that the other statements name, where all of them name the same and each by its full name. */
function getSubjectsOfOthers(statement: TrustStatement): readonly string[] {
  const others = statement.policy.statements.filter((other) => other !== statement && isKubernetesGrant(other));
  const lists = others.flatMap(({ conditions }) => {
    const named = conditions.filter(({ claim, parsed }) => claim === 'sub' && isNamingOperator(parsed));
    return named.length === 0 ? [] : [named.flatMap((condition) => getKnownValues(condition) ?? [''])];
  });
  const [first = [], ...rest] = lists;
  const isSure = first.every(parseSubject) && rest.every((list) => list.join() === first.join());
  return isSure ? first : [];
}
