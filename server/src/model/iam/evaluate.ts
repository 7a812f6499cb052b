import type { TrustPolicyFact, TrustStatementFact } from '../workspace/topics';
import { parseOperator } from './operator';
import { hasPlaceholder } from './placeholder';
import { isSameProvider } from './provider';
import { toSubject } from './subject';
import { isLike } from './wildcard';

/** Whether someone is let in; `unknown` where a placeholder, or a condition on what is not known here, decides. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** A service account's token as STS sees it. */
export interface Token {
  /** Host and path of the issuer. Left out: whichever provider the statement trusts. */
  readonly provider?: string;
  readonly namespace: string;
  readonly name: string;
  /** Left out: not known. */
  readonly audience?: string | undefined;
}

/**
 * Whether a trust policy lets a token's bearer take on the role by AssumeRoleWithWebIdentity, after IAM's rules: some
 * statement allows and none denies; within one, operators and keys are joined by AND, values by OR (NOR when negated).
 */
export function evaluatePolicy(policy: Pick<TrustPolicyFact, 'statements'>, token: Token): Verdict {
  if (token.provider !== undefined) return evaluateFor(policy, token);
  const allowing = policy.statements.filter(({ effect }) => effect !== 'Deny');
  const providers = new Set(allowing.flatMap((statement) => statement.providers));
  if (allowing.some(({ isPrincipalKnown }) => !isPrincipalKnown)) providers.add(undefined);
  return anyOf(
    [...providers].map((provider) => evaluateFor(policy, provider === undefined ? token : { ...token, provider })),
  );
}

function evaluateFor(policy: Pick<TrustPolicyFact, 'statements'>, token: Token): Verdict {
  const of = (effect: 'Allow' | 'Deny' | undefined) =>
    anyOf(policy.statements.filter((one) => one.effect === effect).map((one) => evaluateStatement(one, token)));
  const unclear = of(undefined) === 'no' ? 'no' : 'unknown';
  return allOf([anyOf([of('Allow'), unclear]), not(anyOf([of('Deny'), unclear]))]);
}

/** Whether one statement, be its effect Allow or Deny, applies to a token. */
export function evaluateStatement(statement: TrustStatementFact, token: Token): Verdict {
  const action = evaluateAction(statement);
  if (action === 'no') return 'no';
  const issuers = token.provider === undefined ? statement.providers : [token.provider];
  const trusted = issuers.map((issuer) =>
    allOf([
      token.provider === undefined ? 'yes' : isTrusted(statement, issuer),
      ...statement.conditions.map((condition) => evaluateCondition(condition, issuer, token)),
      statement.areConditionsKnown ? 'yes' : 'unknown',
    ]),
  );
  // A principal that cannot be read may be the one; where none is listed, neither can the keys be told to be absent.
  const isOpen = !statement.isPrincipalKnown && trusted.length === 0;
  return allOf([action, anyOf([...trusted, isOpen ? 'unknown' : 'no'])]);
}

function isTrusted(statement: TrustStatementFact, issuer: string | undefined): Verdict {
  if (statement.isAnyone) return 'yes';
  const named = anyOf(statement.providers.map((provider) => toVerdict(isSameProvider(provider, issuer))));
  return named === 'no' && !statement.isPrincipalKnown ? 'unknown' : named;
}

function evaluateAction({ actions, isActionKnown }: TrustStatementFact): Verdict {
  const isNamed = actions.some((action) => isLike(action.toLowerCase(), 'sts:assumerolewithwebidentity'));
  return isNamed ? 'yes' : isActionKnown ? 'no' : 'unknown';
}

/** Whether one key of one operator holds for a token of an issuer. */
export function evaluateCondition(
  condition: TrustStatementFact['conditions'][number],
  issuer: string | undefined,
  token: Token,
): Verdict {
  const { quantifier, test, isNegated, isIfExists } = parseOperator(condition.operator);
  if (condition.claim !== 'sub' && condition.claim !== 'aud') return 'unknown';
  const isPresent = toVerdict(isSameProvider(condition.provider, issuer));
  if (test === 'null') {
    const wantsAbsence = anyOf(condition.values.map((value) => isText(value, (text) => text.toLowerCase() === 'true')));
    if (isPresent === 'unknown' || wantsAbsence === 'unknown') return 'unknown';
    return wantsAbsence === isPresent ? 'no' : 'yes';
  }
  const whenAbsent =
    quantifier === 'ForAllValues' || isIfExists || (isNegated && quantifier === undefined) ? 'yes' : 'no';
  if (isPresent === 'no') return whenAbsent;
  const actual = condition.claim === 'sub' ? toSubject(token) : token.audience;
  const whenPresent =
    actual === undefined || test === 'other' ? 'unknown' : compare(condition.values, actual, test, isNegated);
  return isPresent === 'yes' || whenPresent === whenAbsent ? whenPresent : 'unknown';
}

function compare(
  values: readonly (string | undefined)[],
  actual: string,
  test: 'equals' | 'equals-ignore-case' | 'like',
  isNegated: boolean,
): Verdict {
  const isMatch = (text: string) => {
    if (test === 'like') return isLike(text, actual);
    return test === 'equals' ? text === actual : text.toLowerCase() === actual.toLowerCase();
  };
  const verdict = anyOf(values.map((value) => isText(value, isMatch)));
  return isNegated ? not(verdict) : verdict;
}

function isText(value: string | undefined, isMatch: (text: string) => boolean): Verdict {
  if (value === undefined || hasPlaceholder(value)) return 'unknown';
  return isMatch(value) ? 'yes' : 'no';
}

function toVerdict(answer: boolean | undefined): Verdict {
  return answer === undefined ? 'unknown' : answer ? 'yes' : 'no';
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('yes') ? 'yes' : verdicts.includes('unknown') ? 'unknown' : 'no';
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes';
}

function not(verdict: Verdict): Verdict {
  return verdict === 'unknown' ? 'unknown' : verdict === 'yes' ? 'no' : 'yes';
}
