import { evaluatePolicy } from '../../model/iam/evaluate';
import { toSubject } from '../../model/iam/subject';
import { isAccountAdmitted, listSubjects } from '../../model/iam/subjects';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import { getLanguageOfName } from '../../syntax/language';
import { applyEdits } from '../../text/edit';
import type { FileEdit } from '../fix/to-edits';
import type { Project } from '../project';
import type { SetupAccount } from './account';
import { toRoleAccount } from './role';

/**
 * Tries edits in a copy of the project: everything can still be read, and some trust policy admits the account by its name.
 * One that admits by name none but this account must refuse all others.
 */
export function isProven(project: Project, files: readonly FileEdit[], account: SetupAccount): boolean {
  const scratch = project.fork();
  for (const { uri, edits } of files) {
    const before = project.check(uri);
    const language = before?.source.language ?? getLanguageOfName(uri.slice(uri.lastIndexOf('/') + 1));
    const text = applyEdits(before?.source.text ?? '', edits);
    if (text === undefined || language === undefined) return false;
    scratch.setFile(uri, text, language);
    if ((scratch.check(uri)?.unchecked.length ?? 0) > (before?.unchecked.length ?? 0)) return false;
  }
  const policies = scratch.ask((workspace) => workspace.all('trust-policy').map(({ value }) => value));
  const own = toSubject(account);
  const naming = policies.filter((policy) => listSubjects(policy).some(({ text }) => text === own));
  const asked = toRoleAccount(account);
  // A policy of a role that was there may admit by a pattern; whether that is right is for the rules to say.
  if (naming.length === 0) return policies.some((policy) => isAccountAdmitted(policy, asked) !== 'no');
  return naming.some((policy) => isAccountAdmitted(policy, asked) !== 'no' && isExact(policy, own, account));
}

function isExact(policy: TrustPolicyFact, own: string, { namespace, name, audience }: SetupAccount): boolean {
  if (listSubjects(policy).some(({ text }) => text !== own)) return true;
  const others = [
    { namespace, name: `${name}-other` },
    { namespace: `${namespace}-other`, name },
    { namespace: 'default', name: 'default' },
  ];
  return others.every((other) => evaluatePolicy(policy, { ...other, audience }) === 'no');
}
