import type { Fix } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { isEksProvider } from '../../model/iam/provider';
import { parseSubject } from '../../model/iam/subject';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { isLike } from '../../model/iam/wildcard';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import { toValue } from './_condition-fix';
import { getKnownValues, isSubjectText, STS_AUDIENCE } from './_statement';

/** The annotation by which an account gets tokens for another audience. */
export const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';

/** An account that a statement names, whose tokens are for an audience that the statement does not take. */
export interface WrongAudience {
  readonly account: Known<ServiceAccountFact>;
  readonly audience: string;
  readonly condition: TrustCondition;
  readonly asked: readonly string[];
}

/** The first such account. Only those of which the workspace knows that their pods ask for a role by a token of the webhook. */
export function findWrongAudience(statement: TrustStatement, { workspace }: RuleContext): WrongAudience | undefined {
  const condition = statement.conditions.find(({ claim, parsed }) => claim === 'aud' && isNamingOperator(parsed));
  const asked = condition && getKnownValues(condition);
  if (!condition || !asked || asked.length === 0 || asked.some(isSubjectText)) return undefined;
  const isEks = statement.providers.every((provider) => provider !== undefined && isEksProvider(provider));
  for (const { claim, values } of statement.conditions) {
    if (claim !== 'sub') continue;
    for (const value of values) {
      const subject = parseSubject(getLiteral(value) ?? '');
      if (!subject) continue;
      const accounts = workspace.find('service-account', subject.namespace).filter((known) => {
        return known.value.name === subject.name && known.value.isNamespaceWritten;
      });
      const [account] = accounts;
      // What other clusters give without an annotation is a matter of how their webhook is started.
      const audience = account?.value.audience ?? (isEks ? STS_AUDIENCE : undefined);
      if (!account || accounts.length > 1 || account.value.roleArn === undefined) continue;
      if (audience === undefined || hasPlaceholder(audience)) continue;
      if (asked.some((text) => isLike(text, audience))) continue;
      return { account, audience, condition, asked };
    }
  }
  return undefined;
}

/** Takes the audience of the account's tokens in the policy, or has the account's tokens made for the policy's. */
export function toAudienceFixes({ account, audience, condition, asked }: WrongAudience): Fix[] {
  const texts = condition.ref.isSequence && asked.length > 1 ? [...asked, audience] : [audience];
  const fixes: Fix[] = [
    {
      title: `Ask for the audience "${audience}"`,
      safety: 'unsafe',
      operations: [{ op: 'set', at: condition.ref, value: toValue(condition, texts) }],
    },
  ];
  const [only, ...others] = asked;
  if (only === undefined || others.length > 0) return fixes;
  const { document, path } = account.place;
  const at = { document, path: [...path, 'metadata', 'annotations', AUDIENCE_ANNOTATION] };
  const title = `Give ServiceAccount "${account.value.name}" tokens for "${only}"`;
  return [...fixes, { title, safety: 'unsafe', operations: [{ op: 'set', at, value: only }] }];
}
