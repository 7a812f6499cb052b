import { getRoleName } from '../../model/iam/role';
import { findRolePolicies, isNamelessPolicy, isNamingPolicy } from '../../model/iam/role-policies';
import { toSubject } from '../../model/iam/subject';
import { isAccountAdmitted, listSubjects, type RoleAccount } from '../../model/iam/subjects';
import type { Known } from '../../model/workspace/fact';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { SetupAccount } from './account';

type Policy = Known<TrustPolicyFact>;

/** The role that an account is to have. */
export interface SetupRole {
  /** The name; undefined where the policy that is there does not say whose it is. */
  readonly name: string | undefined;
  /** The ARN as the annotation or a policy has it. */
  readonly arn: string | undefined;
  /** `there`: a policy admits the account. `refusing`: the role's policy is there and does not. `missing`: there is none. */
  readonly trust: 'there' | 'refusing' | 'missing';
}

/** IAM takes names of up to so many letters. */
const MAX_ROLE_NAME = 64;

/**
 * The role of an account: that of its annotation, else the one whose policy names the account, else a new one. `configured` gives
 * the file of the policy by the ARN of its role.
 */
export function findSetupRole(
  workspace: Workspace,
  account: SetupAccount,
  configured: Readonly<Record<string, string>> = {},
): SetupRole {
  const { namespace, name, roleArn, audience } = account;
  // Editors ask at every move of the cursor, and most often about the same account.
  const question = JSON.stringify(['role of an account', namespace, name, roleArn, audience, configured]);
  return workspace.conclude(question, (asked) => concludeRole(asked, account, configured));
}

function concludeRole(
  workspace: Workspace,
  account: SetupAccount,
  configured: Readonly<Record<string, string>>,
): SetupRole {
  const asked = toRoleAccount(account);
  const { roleArn } = account;
  if (roleArn !== undefined) {
    const name = getRoleName(roleArn);
    const own = findRolePolicies(asked, workspace.all('trust-policy'), configured);
    const isRefused = own.every(({ value }) => isAccountAdmitted(value, asked) === 'no');
    return { name, arn: roleArn, trust: own.length === 0 ? 'missing' : isRefused ? 'refusing' : 'there' };
  }
  const bySubject = workspace.conclude('trust policies by subject', indexBySubject);
  const naming = (bySubject.get(toSubject(asked)) ?? []).filter(({ value }) => isNamingPolicy(value, asked));
  const [best] = [...naming].sort((a, b) => Number(isNamelessPolicy(a.value)) - Number(isNamelessPolicy(b.value)));
  if (best) {
    const { roleName } = best.value;
    const said = Object.keys(configured).filter((one) => configured[one] === best.uri);
    const arn = best.value.roleArn ?? (roleName === undefined && said.length === 1 ? said[0] : undefined);
    return { name: roleName ?? (arn === undefined ? undefined : getRoleName(arn)), arn, trust: 'there' };
  }
  return {
    name: toFreeRoleName(account, workspace.conclude('names of roles with trust policies', listRoleNames)),
    arn: undefined,
    trust: 'missing',
  };
}

/** An account as the evaluator takes it. */
export function toRoleAccount({ namespace, name, roleArn, audience }: SetupAccount): RoleAccount {
  return { namespace, name, roleArn, isNamespaceWritten: true, audience };
}

function indexBySubject(workspace: Workspace): ReadonlyMap<string, readonly Policy[]> {
  const index = new Map<string, Policy[]>();
  for (const policy of workspace.all('trust-policy')) {
    for (const text of new Set(listSubjects(policy.value).map((one) => one.text))) {
      const known = index.get(text);
      if (known) known.push(policy);
      else index.set(text, [policy]);
    }
  }
  return index;
}

function listRoleNames(workspace: Workspace): ReadonlySet<string> {
  const policies = workspace.all('trust-policy');
  return new Set(
    policies.flatMap(({ value: { roleName, roleArn } }) => {
      return roleName ?? (roleArn === undefined ? [] : (getRoleName(roleArn) ?? []));
    }),
  );
}

function toFreeRoleName({ namespace, name }: SetupAccount, taken: ReadonlySet<string>): string {
  const base = `${namespace}-${name}`.slice(0, MAX_ROLE_NAME - 3).replace(/[.-]+$/, '');
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
