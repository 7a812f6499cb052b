import type { RuleContext } from '../../engine/rule';
import { getAccount, getPartition, toProviderArn } from '../../model/iam/arn';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import type { TrustPolicy, TrustStatement } from '../../model/iam/trust-policy';
import { isLike } from '../../model/iam/wildcard';
import type { Ref } from '../../syntax/ref';
import { findAccountsOfRole, normalizeProvider } from './_statement';

const ACTION = 'sts:assumerolewithwebidentity';

/** True for a statement that allows what pods take on a role by. */
export function allowsWebIdentity({ effect, actions }: TrustStatement): boolean {
  return effect === 'Allow' && actions.some((action) => isLike((getLiteral(action) ?? '').toLowerCase(), ACTION));
}

/** The values under one kind of principal. */
export function getPrincipals({ ref }: TrustStatement, type: string): readonly Ref[] {
  const written = ref.get('Principal', type);
  return written.isSequence ? written.items() : written.isWritten ? [written] : [];
}

/** The only provider that the keys of a statement are about; undefined where they are about several, or it is not known. */
export function getProviderOfKeys({ conditions }: TrustStatement): string | undefined {
  const own = conditions.filter(({ claim, provider }) => provider !== '' && (claim === 'sub' || claim === 'aud'));
  const providers = new Set(own.map(({ provider }) => normalizeProvider(provider)));
  const [only] = providers;
  return only === undefined || providers.size > 1 || hasPlaceholder(only) ? undefined : only;
}

/** The ARN of a policy's role: written beside it, else the one that the accounts agree on whose role it is. */
export function getRoleArn(policy: TrustPolicy, context: RuleContext): string | undefined {
  if (policy.roleArn !== undefined) return policy.roleArn;
  const arns = new Set(findAccountsOfRole(policy, context).flatMap(({ roleArn }) => roleArn ?? []));
  const [only] = arns;
  return arns.size === 1 ? only : undefined;
}

/** The ARN of a provider in the account and partition of one of the ARNs given, where these are known. */
export function toProviderArnLike(provider: string, arns: readonly (string | undefined)[]): string | undefined {
  for (const arn of arns) {
    const [account, partition] = [getAccount(arn), getPartition(arn)];
    if (account !== undefined && partition !== undefined) return toProviderArn(partition, account, provider);
  }
  return undefined;
}
