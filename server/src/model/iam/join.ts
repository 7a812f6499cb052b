import type { Known } from '../workspace/fact';
import type { TrustPolicyFact } from '../workspace/topics';
import { findNear } from './near';
import { getRoleName, isSameRole, toFileKey, toRoleKey } from './role';
import { isAccountAdmitted, listSubjects, type NamedSubject, type RoleAccount } from './subjects';

type Policy = Known<TrustPolicyFact>;
type Account = RoleAccount;

/**
 * How a trust policy is known to be that of the role in an annotation: the configuration says so; its file says the role; its file is called after the
 * role; it admits another ServiceAccount that has the same role; or it names no account that exists but nearly this one.
 */
export type JoinBasis = 'configuration' | 'role' | 'file' | 'sibling' | 'subject';

/** A trust policy that does not admit an account whose role it is. */
export interface Refusal {
  readonly policy: Policy;
  readonly basis: JoinBasis;
  /** The subject in the policy that was meant for the account, where one is near. */
  readonly near: NamedSubject | undefined;
}

/**
 * The trust policy that refuses an account the role of its annotation; undefined where it is admitted, or where nothing
 * tells which policy is the role's. Only a policy whose file says the role is believed against others that admit the account.
 */
export function findRefusal(
  account: Account,
  policies: readonly Policy[],
  getAccounts: () => readonly Account[],
  configured: Readonly<Record<string, string>> = {},
): Refusal | undefined {
  const { roleArn } = account;
  if (roleArn === undefined) return undefined;
  const said = findConfiguredPolicies(roleArn, policies, configured);
  if (said.length > 0)
    return said.every(refuses(account)) ? toRefusal(account, said[0], 'configuration', getAccounts) : undefined;
  const roleName = getRoleName(roleArn);
  const own = policies.filter(({ value }) => isOfRole(value, roleArn, roleName));
  if (own.length > 0) return own.every(refuses(account)) ? toRefusal(account, own[0], 'role', getAccounts) : undefined;
  const nameless = policies.filter(({ value }) => value.roleName === undefined && value.roleArn === undefined);
  if (nameless.some(({ value }) => isAccountAdmitted(value, account) === 'yes')) return undefined;
  const roleKey = roleName === undefined ? '' : toRoleKey(roleName);
  const byFile = roleKey === '' ? [] : nameless.filter((policy) => getFileKey(policy) === roleKey);
  if (byFile.length > 0) {
    return byFile.length === 1 && byFile.every(refuses(account))
      ? toRefusal(account, byFile[0], 'file', getAccounts)
      : undefined;
  }
  return findBySiblingOrSubject(account, nameless, getAccounts);
}

/** The policies in the file that the configuration gives a role; those of other roles in it only where none is surely the role's. */
export function findConfiguredPolicies(
  roleArn: string,
  policies: readonly Policy[],
  configured: Readonly<Record<string, string>>,
): readonly Policy[] {
  const file = configured[roleArn];
  if (file === undefined) return [];
  const inFile = policies.filter(({ uri, value }) => uri === file && value.isDerived !== true);
  const own = inFile.filter(({ value }) => isOfRole(value, roleArn, getRoleName(roleArn)));
  return own.length > 0 ? own : inFile;
}

function findBySiblingOrSubject(
  account: Account,
  nameless: readonly Policy[],
  getAccounts: () => readonly Account[],
): Refusal | undefined {
  if (nameless.length === 0) return undefined;
  const accounts = getAccounts();
  const siblings = accounts.filter((other) => other.roleArn === account.roleArn && !isSameAccount(other, account));
  const bySibling = nameless.filter(
    ({ value }) =>
      siblings.some((other) => isAccountAdmitted(value, other) === 'yes') && isAccountAdmitted(value, account) === 'no',
  );
  const bySubject = nameless.filter(
    ({ value }) => findNearSubject(value, account, accounts) && isAccountAdmitted(value, account) === 'no',
  );
  if (bySibling.length + bySubject.length === 0) return undefined;
  // A file that is called after another role than this one is that role's.
  const roles = new Set(accounts.map(({ roleArn }) => toRoleKey(getRoleName(roleArn ?? '') ?? '')));
  const isFree = (policy: Policy) => getFileKey(policy) === '' || !roles.has(getFileKey(policy));
  const freeBySibling = bySibling.filter(isFree);
  if (freeBySibling.length > 0) {
    return freeBySibling.length === 1 ? toRefusal(account, freeBySibling[0], 'sibling', getAccounts) : undefined;
  }
  const freeBySubject = bySubject.filter(isFree);
  return freeBySubject.length === 1 ? toRefusal(account, freeBySubject[0], 'subject', getAccounts) : undefined;
}

/** True when a policy's file says that it is that of a role. */
export function isOfRole(policy: TrustPolicyFact, roleArn: string, roleName: string | undefined): boolean {
  if (policy.roleArn !== undefined) return isSameRole(policy.roleArn, roleArn);
  return policy.roleName !== undefined && policy.roleName === roleName;
}

function refuses(account: Account): (policy: Policy) => boolean {
  return ({ value }) => isAccountAdmitted(value, account) === 'no';
}

function toRefusal(
  account: Account,
  policy: Policy | undefined,
  basis: JoinBasis,
  getAccounts: () => readonly Account[],
): Refusal | undefined {
  return policy && { policy, basis, near: findNearSubject(policy.value, account, getAccounts()) };
}

/** The subject of a policy that is no account's and whose nearest account is this one. */
function findNearSubject(
  policy: TrustPolicyFact,
  account: Account,
  accounts: readonly Account[],
): NamedSubject | undefined {
  return listSubjects(policy).find(({ subject }) => {
    // Most subjects are near to nothing: asking about this account alone first spares the comparison with all of them.
    if (!subject || findNear(subject, [account]).length === 0) return false;
    const nearest = findNear(subject, accounts)[0]?.account;
    return nearest !== undefined && isSameAccount(nearest, account);
  });
}

// Taking a file's name apart costs more than all else that is asked of a policy, and is asked for every account.
const fileKeys = new WeakMap<TrustPolicyFact, { readonly uri: string; readonly key: string }>();

/** What the file of a policy is called after. */
export function getFileKey({ uri, value }: Policy): string {
  const known = fileKeys.get(value);
  if (known?.uri === uri) return known.key;
  const key = toFileKey(uri);
  fileKeys.set(value, { uri, key });
  return key;
}

function isSameAccount(a: Account, b: Account): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}
