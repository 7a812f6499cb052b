import { describeResource } from '../../model/kubernetes/resource';
import { Ref } from '../../syntax/ref';
import { toFileEdits } from '../fix/to-edits';
import type { Fix } from '../operation';
import type { Project } from '../project';
import { findSetupAccount, type Refused, type SetupAccount } from './account';
import { chooseTrustLanguage, type TrustLanguage } from './language';
import { findSetupRole, type SetupRole } from './role';
import type { SetupTarget } from './target';

/** What is there for a target, and what is to be written. */
export interface SetupPlan {
  readonly target: SetupTarget;
  readonly account: SetupAccount;
  readonly role: SetupRole;
  /** In which the trust policy is written, if there is none. */
  readonly language: TrustLanguage;
  /** The ServiceAccount is to be written, with its annotation. */
  readonly isAccountMissing: boolean;
  /** The ServiceAccount is there and lacks the annotation. */
  readonly isAnnotationMissing: boolean;
  /** Lets the account into the policy of its role, which is there and does not admit it. */
  readonly admission: Fix | undefined;
}

/** Plans for a target, or says why nothing can be planned. */
export function planSetup(project: Project, target: SetupTarget): SetupPlan | Refused {
  const account = findSetupAccount(project, target);
  if ('reason' in account) return account;
  const { language, role } = project.ask((workspace) => ({
    language: chooseTrustLanguage(project, workspace),
    role: findSetupRole(workspace, account, project.getSettings(target.uri).irsaRoles),
  }));
  const { object, isMadeByTool, roleArn, name } = account;
  if (role.trust === 'missing' && role.name === undefined) {
    return { reason: `The name of the role of ServiceAccount "${name}" is filled in later.` };
  }
  const admission = role.trust === 'refusing' ? findAdmission(project, account) : undefined;
  if (role.trust === 'refusing' && !admission) {
    return {
      reason: `The trust policy of role "${role.name}" does not admit ServiceAccount "${name}" and cannot be changed here.`,
    };
  }
  // An entry of eksctl makes the account as well.
  const isMade = isMadeByTool || (role.trust === 'missing' && language === 'eksctl');
  return {
    target,
    account,
    role,
    language,
    isAccountMissing: !object && !isMade,
    isAnnotationMissing: object !== undefined && roleArn === undefined,
    admission,
  };
}

/** The things that a plan writes, as a title lists them. */
export function listParts({ account, role, isAccountMissing, isAnnotationMissing, admission }: SetupPlan): string[] {
  return [
    ...(isAccountMissing ? [describeResource({ kind: 'ServiceAccount', name: account.name })] : []),
    ...(isAnnotationMissing ? ['role annotation'] : []),
    ...(account.isUnnamed ? ['serviceAccountName'] : []),
    ...(role.trust === 'missing' || admission ? ['trust policy'] : []),
  ];
}

/** The fix of the rule that finds the account refused, as far as it changes the policy and not the account. */
function findAdmission(project: Project, { object, name }: SetupAccount): Fix | undefined {
  if (!object) return undefined;
  const { document } = object.place;
  const finding = project.check(object.uri)?.findings.find((one) => {
    return one.rule === 'irsa-role-not-admitting' && one.document === document && one.resource?.name === name;
  });
  return finding?.fixes.find(({ operations, ...fix }) => {
    const isElsewhere = operations.every(
      (one) => 'at' in one && !(one.at instanceof Ref) && one.at.document !== document,
    );
    return isElsewhere && toFileEdits(project, finding, { ...fix, operations }) !== undefined;
  });
}
