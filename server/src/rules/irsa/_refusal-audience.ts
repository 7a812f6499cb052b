import type { Fix } from '../../engine/operation';
import { isNamingOperator, parseOperator } from '../../model/iam/operator';
import { hasPlaceholder } from '../../model/iam/placeholder';
import { getFileName } from '../../model/iam/role';
import { hasWildcard } from '../../model/iam/subject';
import { isAccountAdmitted, type RoleAccount } from '../../model/iam/subjects';
import type { Resource } from '../../model/kubernetes/resource';
import type { Known } from '../../model/workspace/fact';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import { AUDIENCE_ANNOTATION } from './_audience';
import { STS_AUDIENCE } from './_statement';

type Policy = Known<TrustPolicyFact>;
type Condition = TrustPolicyFact['statements'][number]['conditions'][number];

/** The condition on the audience that alone keeps an account out, with the audience that would be let in. */
export interface RefusedAudience {
  readonly wanted: string;
  readonly own: string;
  readonly condition: Condition;
}

/** The audience that is between an account and its role; undefined where something else is, or more than that. */
export function findRefusedAudience(account: RoleAccount, { value: policy }: Policy): RefusedAudience | undefined {
  const own = account.audience ?? STS_AUDIENCE;
  for (const { conditions } of policy.statements) {
    for (const condition of conditions) {
      const operator = parseOperator(condition.operator);
      if (condition.claim !== 'aud' || !isNamingOperator(operator)) continue;
      const wanted = condition.values.find((text) => {
        if (text === undefined || hasPlaceholder(text) || hasWildcard(text)) return false;
        // A misspelt name of STS is the policy's fault, whatever the account asks for.
        if (text !== STS_AUDIENCE && /sts|amazon|aws/i.test(text)) return false;
        return isAccountAdmitted(policy, { ...account, audience: text }) === 'yes';
      });
      if (wanted !== undefined && wanted !== own) return { wanted, own, condition };
    }
  }
  return undefined;
}

/** Has the account's tokens made for the audience of the policy, or takes theirs in the policy. */
export function toRefusedAudienceFixes(
  { wanted, own, condition }: RefusedAudience,
  { place, uri, value }: Policy,
  { metadata }: Resource,
): Fix[] {
  const at = metadata.get('annotations', AUDIENCE_ANNOTATION);
  const fixes: Fix[] = [
    { title: `Ask for tokens for "${wanted}"`, safety: 'unsafe', operations: [{ op: 'set', at, value: wanted }] },
  ];
  if (value.isDerived || hasPlaceholder(own)) return fixes;
  const target = { document: place.document, path: condition.path };
  const title = `Take tokens for "${own}" in ${getFileName(uri)}`;
  const operation = condition.isList
    ? ({ op: 'append', at: target, value: own } as const)
    : ({ op: 'set', at: target, value: own } as const);
  return [...fixes, { title, safety: 'unsafe', operations: [operation] }];
}
