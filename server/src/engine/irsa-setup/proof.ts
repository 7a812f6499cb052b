import { evaluatePolicy } from '../../model/iam/evaluate';
import { getFileName } from '../../model/iam/role';
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
 * One that admits by name none but this account must refuse all others. A sentence on what is not so; undefined where all is.
 */
export function findFault(project: Project, files: readonly FileEdit[], account: SetupAccount): string | undefined {
  const scratch = project.fork();
  for (const { uri, edits } of files) {
    const before = project.check(uri);
    const name = getFileName(uri);
    const language = before?.source.language ?? getLanguageOfName(name);
    const text = applyEdits(before?.source.text ?? '', edits);
    if (text === undefined || language === undefined) return `"${name}" could not be changed.`;
    scratch.setFile(uri, text, language);
    const [problem] = scratch.check(uri)?.unchecked.slice(before?.unchecked.length ?? 0) ?? [];
    if (problem) return `"${name}" could not be read afterwards. ${problem.message}`;
  }
  const policies = scratch.ask((workspace) => workspace.all('trust-policy').map(({ value }) => value));
  const own = toSubject(account);
  const naming = policies.filter((policy) => listSubjects(policy).some(({ text }) => text === own));
  const asked = toRoleAccount(account);
  const admits = (policy: TrustPolicyFact) => isAccountAdmitted(policy, asked) !== 'no';
  // A policy of a role that was there may admit by a pattern; whether that is right is for the rules to say.
  if (
    naming.length === 0
      ? policies.some(admits)
      : naming.some((policy) => admits(policy) && isExact(policy, own, account))
  )
    return undefined;
  return naming.some(admits)
    ? `The trust policy that names "${own}" would admit other ServiceAccounts too. Mend it first.`
    : `The trust policy would not admit "${own}", because of its other conditions or statements. Mend it first.`;
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
