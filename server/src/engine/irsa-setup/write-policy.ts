import { toSubject } from '../../model/iam/subject';
import type { PlainValue } from '../../syntax/plain-value';
import type { SetupAccount } from './account';

/** The one action by which a token is exchanged for a role. */
export const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** Whose tokens a policy is to trust: the principal, and what stands before `:sub` and `:aud` in the keys. */
export interface Issuer {
  readonly federated: string;
  readonly provider: string;
}

/** A trust policy that admits one account, as JSON has it. */
export function toPolicyValue(
  { federated, provider }: { readonly federated: PlainValue; readonly provider: string },
  account: SetupAccount,
): PlainValue {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: federated },
        Action: ACTION,
        Condition: { StringEquals: { [`${provider}:sub`]: toSubject(account), [`${provider}:aud`]: account.audience } },
      },
    ],
  };
}

/** The resource of a CloudFormation template for a role. Keys are filled in only in a policy that is text as a whole. */
export function toTemplateRole(issuer: Issuer, account: SetupAccount, roleName: string): PlainValue {
  const { federated, provider } = issuer;
  const isFilledIn = (text: string) => text.includes('${');
  const policy: PlainValue = isFilledIn(provider)
    ? { 'Fn::Sub': JSON.stringify(toPolicyValue(issuer, account)) }
    : toPolicyValue({ federated: isFilledIn(federated) ? { 'Fn::Sub': federated } : federated, provider }, account);
  return { Type: 'AWS::IAM::Role', Properties: { RoleName: roleName, AssumeRolePolicyDocument: policy } };
}

/** The entry of an eksctl ClusterConfig. eksctl asks for at least one policy of rights. */
export function toEksctlAccount(account: SetupAccount, roleName: string, rights: string): PlainValue {
  const { namespace, name, object } = account;
  return {
    metadata: { name, namespace },
    roleName,
    ...(object && { roleOnly: true }),
    attachPolicyARNs: [rights],
  };
}
