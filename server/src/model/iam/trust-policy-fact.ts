import { getTag } from '../../syntax/tag';
import type { TrustPolicyFact, TrustStatementFact } from '../workspace/topics';
import { getLiteral } from './placeholder';
import type { TrustPolicy, TrustStatement } from './trust-policy';

/** What a trust policy says to the workspace; undefined when it concerns no Kubernetes service account. */
export function toTrustPolicyFact(policy: TrustPolicy): TrustPolicyFact | undefined {
  if (!policy.statements.some(({ issuer }) => issuer === 'kubernetes')) return undefined;
  const { roleName, roleArn, statements } = policy;
  return { roleName, roleArn, statements: statements.map(toStatementFact) };
}

/** A statement as plain data, as the evaluator takes it. */
export function toStatementFact(statement: TrustStatement): TrustStatementFact {
  const { ref, effect, isConditional, providers, isPrincipalKnown, isActionKnown, areConditionsKnown } = statement;
  return {
    path: ref.path,
    effect: isConditional ? undefined : effect,
    providers,
    isAnyone: statement.otherPrincipals.includes('*') || ref.get('Principal', 'AWS').string === '*',
    isPrincipalKnown,
    isActionKnown,
    areConditionsKnown,
    actions: statement.actions.flatMap((action) => getLiteral(action) ?? []),
    conditions: statement.conditions.map(({ operator, key, provider, claim, ref: value, values }) => ({
      operator,
      key,
      provider,
      claim,
      values: values.map(getLiteral),
      path: value.path,
      isList: value.isSequence && getTag(value) === undefined,
    })),
  };
}
