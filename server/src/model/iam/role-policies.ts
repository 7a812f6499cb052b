import type { Known } from '../workspace/fact';
import type { TrustPolicyFact } from '../workspace/topics';
import { findConfiguredPolicies, getFileKey } from './join';
import { getRoleName, isSameRole, toRoleKey } from './role';
import { toSubject } from './subject';
import { isAccountAdmitted, listSubjects, type RoleAccount } from './subjects';

type Policy = Known<TrustPolicyFact>;

/** True for a policy that its file says to be that of a role. */
export function isPolicyOfRole({ roleName, roleArn }: TrustPolicyFact, arn: string): boolean {
  if (roleArn !== undefined) return isSameRole(roleArn, arn);
  return roleName !== undefined && arn.endsWith(roleName) && roleName === getRoleName(arn);
}

/** True for a policy of which nothing but its file's name may tell whose it is. */
export function isNamelessPolicy({ roleName, roleArn }: TrustPolicyFact): boolean {
  return roleName === undefined && roleArn === undefined;
}

/** True for a policy that lets an account in by its very name, and not by a pattern that others share. */
export function isNamingPolicy(policy: TrustPolicyFact, account: RoleAccount): boolean {
  const own = toSubject(account);
  return listSubjects(policy).some(({ text }) => text === own) && isAccountAdmitted(policy, account) !== 'no';
}

/**
 * The trust policies of the role of an account's annotation: those in the file that the configuration names for the role, else
 * those whose files say so, else the ones in files called after it,
 * else the ones of nobody that admit the account.
 */
export function findRolePolicies(
  account: RoleAccount,
  policies: readonly Policy[],
  configured: Readonly<Record<string, string>> = {},
): readonly Policy[] {
  const { roleArn } = account;
  if (roleArn === undefined) return [];
  const said = findConfiguredPolicies(roleArn, policies, configured);
  if (said.length > 0) return said;
  const own = policies.filter(({ value }) => isPolicyOfRole(value, roleArn));
  if (own.length > 0) return own;
  const nameless = policies.filter(({ value }) => isNamelessPolicy(value));
  const key = toRoleKey(getRoleName(roleArn) ?? '');
  const byFile = key === '' ? [] : nameless.filter((policy) => getFileKey(policy) === key);
  if (byFile.length > 0) return byFile;
  return nameless.filter(({ value }) => {
    const verdict = isAccountAdmitted(value, account);
    return verdict === 'yes' || (verdict === 'unknown' && isNamingPolicy(value, account));
  });
}
