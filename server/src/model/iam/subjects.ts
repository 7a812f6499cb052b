import type { Step } from '../../syntax/ref';
import type { ServiceAccountFact, TrustPolicyFact } from '../workspace/topics';
import { evaluatePolicy, type Token, type Verdict } from './evaluate';
import { isNamingOperator, parseOperator } from './operator';
import { hasPlaceholder } from './placeholder';
import { classifyProvider, isEksProvider } from './provider';
import { parseSubject, type Subject, splitSubject, toSubject } from './subject';

/** What of a ServiceAccount decides whether a role admits its pods. */
export type RoleAccount = Pick<
  ServiceAccountFact,
  'name' | 'namespace' | 'isNamespaceWritten' | 'roleArn' | 'audience'
>;

/** One value by which a policy's Allow statement names subjects, with its place. */
export interface NamedSubject {
  readonly text: string;
  /** The account, where the text names exactly one. */
  readonly subject: Subject | undefined;
  readonly statement: number;
  readonly condition: number;
  readonly path: readonly Step[];
}

/** The values by which a policy names the subjects it admits, in order. */
export function listSubjects(policy: TrustPolicyFact): NamedSubject[] {
  return policy.statements.flatMap((statement, s) => {
    if (statement.effect !== 'Allow') return [];
    return statement.conditions.flatMap(({ operator, claim, values, path, isList }, c) => {
      if (claim !== 'sub' || !isNamingOperator(parseOperator(operator))) return [];
      return values.flatMap((text, v) =>
        text === undefined
          ? []
          : [{ text, subject: parseSubject(text), statement: s, condition: c, path: isList ? [...path, v] : path }],
      );
    });
  });
}

/**
 * Whether a policy admits the pods of a ServiceAccount, by whichever cluster it trusts. An account whose namespace nobody has
 * written can be put anywhere: it is refused only when it would be refused in every namespace that the policy names.
 */
export function isAccountAdmitted(policy: TrustPolicyFact, account: RoleAccount): Verdict {
  const { name, namespace } = account;
  if (isSurelyRefused(policy, account)) return 'no';
  const audience = getAudience(policy, account);
  if (account.isNamespaceWritten) return evaluatePolicy(policy, { namespace, name, audience });
  const namespaces = new Set([namespace]);
  for (const { text } of listSubjects(policy)) namespaces.add(splitSubject(text)?.namespace ?? namespace);
  const verdicts = [...namespaces].map((one) => evaluatePolicy(policy, { namespace: one, name, audience }));
  return verdicts.every((verdict) => verdict === 'no') ? 'no' : 'unknown';
}

// A workspace asks each policy about each account, and nearly all policies name other accounts: that answer is kept ready.
const onlySubjects = new WeakMap<TrustPolicyFact, ReadonlySet<string> | 'any'>();

function isSurelyRefused(policy: TrustPolicyFact, { name, namespace, isNamespaceWritten }: RoleAccount): boolean {
  let only = onlySubjects.get(policy);
  if (only === undefined) {
    only = getOnlySubjects(policy) ?? 'any';
    onlySubjects.set(policy, only);
  }
  if (only === 'any') return false;
  if (isNamespaceWritten) return !only.has(toSubject({ namespace, name }));
  return ![...only].some((subject) => subject.endsWith(`:${name}`));
}

/** The subjects beside which a policy admits nobody; undefined where a pattern or something that is not known may admit others. */
function getOnlySubjects(policy: TrustPolicyFact): Set<string> | undefined {
  const subjects = new Set<string>();
  for (const { effect, conditions } of policy.statements) {
    if (effect === 'Deny') continue;
    const exact = effect === undefined ? undefined : conditions.find(isExact);
    if (!exact) return undefined;
    for (const value of exact.values) subjects.add(value ?? '');
  }
  return subjects;
}

function isExact({ operator, claim, values }: TrustPolicyFact['statements'][number]['conditions'][number]): boolean {
  const { test, isNegated, isIfExists, quantifier } = parseOperator(operator);
  if (claim !== 'sub' || test !== 'equals' || isNegated || isIfExists || quantifier === 'ForAllValues') return false;
  return values.every((value) => value !== undefined && !hasPlaceholder(value));
}

/** The audience of an account's tokens: the annotation's, else that of EKS; undefined for clusters that are none of EKS. */
function getAudience(policy: TrustPolicyFact, account: RoleAccount): Token['audience'] {
  if (account.audience !== undefined) return account.audience;
  // Those beside them who vouch for pipelines and people never sign a token of an account.
  const isForeign = (provider: string | undefined) => provider !== undefined && classifyProvider(provider) === 'other';
  const providers = policy.statements.flatMap((statement) => statement.providers.filter((one) => !isForeign(one)));
  return providers.every((provider) => provider !== undefined && isEksProvider(provider))
    ? 'sts.amazonaws.com'
    : undefined;
}

/** The policy with one more subject (or one in place of another) under one of its conditions, to ask what that would change. */
export function withSubject(
  policy: TrustPolicyFact,
  at: NamedSubject,
  text: string,
  isReplaced: boolean,
): TrustPolicyFact {
  const statements = policy.statements.map((statement, s) => {
    if (s !== at.statement) return statement;
    const conditions = statement.conditions.map((condition, c) => {
      if (c !== at.condition) return condition;
      const values = isReplaced
        ? condition.values.map((value) => (value === at.text ? text : value))
        : [...condition.values, text];
      return { ...condition, values };
    });
    return { ...statement, conditions };
  });
  return { ...policy, statements };
}
