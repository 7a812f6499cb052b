import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { findRefusal, isOfRole } from '../../model/iam/join';
import { getFileName, getRoleName, isFileOfRole } from '../../model/iam/role';
import { splitSubject, toSubject } from '../../model/iam/subject';
import { isAccountAdmitted, listSubjects, type RoleAccount } from '../../model/iam/subjects';
import type { Known, Place } from '../../model/workspace/fact';
import type { ServiceAccountFact, TrustPolicyFact } from '../../model/workspace/topics';
import type { Ref } from '../../syntax/ref';
import type { Account } from './accounts';
import type { EdgeVerdict } from './graph';
import { findObjectAt, isSamePlace } from './objects';
import { findFactAt, type Walk } from './walk';
import { toShortPath } from './words';

type Policy = Known<TrustPolicyFact>;

const WORDS: Readonly<Record<EdgeVerdict, string>> = {
  given: 'assumes',
  refused: 'is refused',
  unknown: 'may assume',
};

/** Adds the IAM role of an account, and the trust policies that decide whether the account may assume it. */
export function addTrust(walk: Walk, account: Account): void {
  const { draft, workspace } = walk;
  if (!walk.once(`trust of ${account.id}`)) return;
  const written = readRole(walk, account);
  const known = toRoleAccount(walk, account, written?.arn);
  const policies = workspace.find('trust-policy', 'all');
  addPodIdentity(walk, account, known);
  if (!written) {
    addUnasked(walk, account, known, policies);
    return;
  }
  const { arn, place } = written;
  const name = arn && getRoleName(arn);
  const node = { type: 'iam-role', kind: 'IAM role', namespace: undefined, place } as const;
  if (arn === undefined) {
    const unknown = draft.add({
      ...node,
      name: 'not known here',
      state: 'unknown',
      lines: ['its ARN is filled in later'],
      uri: account.id,
    });
    draft.join(account.id, WORDS.unknown, unknown?.id, 'unknown');
    draft.note(`The IAM role of ServiceAccount "${account.name}" is filled in later, so it is not known here.`);
    return;
  }
  const own = findPoliciesOf(walk, known, arn, name, policies);
  const verdict = judge(walk, known, own);
  const lines = [...toAccountLine(arn), ...(own.length > 0 ? [] : ['no file here holds its trust policy']), arn];
  const role = draft.add({ ...node, name: name ?? arn, state: 'outside', lines, uri: arn });
  draft.join(account.id, WORDS[verdict], role?.id, verdict);
  for (const policy of own) draft.join(role?.id, 'guarded by', addPolicy(walk, policy));
}

/** The accounts that a trust policy is about: those whose role it guards, and those that it names. */
export function findAccountsOf(walk: Walk, policy: Policy): readonly Known<ServiceAccountFact>[] {
  const { workspace } = walk;
  const policies = workspace.find('trust-policy', 'all');
  return workspace.all('service-account').filter(({ value }) => {
    const { roleArn } = value;
    if (isNamedBy(policy, value)) return true;
    return (
      roleArn !== undefined && findPoliciesOf(walk, value, roleArn, getRoleName(roleArn), policies).includes(policy)
    );
  });
}

function isNamedBy({ value: policy }: Policy, { name, namespace }: RoleAccount): boolean {
  return listSubjects(policy).some(({ subject }) => subject?.name === name && subject.namespace === namespace);
}

/** Adds a trust policy, and returns its node. */
export function addPolicy({ draft }: Walk, { value, place, uri }: Policy): string | undefined {
  const subjects = listSubjects(value).map(({ text }) => `admits ${toSubjectWords(text)}`);
  const name = value.roleName ?? (value.roleArn && getRoleName(value.roleArn)) ?? getFileName(uri);
  const lines = [...(subjects.length > 0 ? subjects : ['names no service account']), toShortPath(uri)];
  // One file may hold several policies.
  const id = `${uri}#${place.path.join('/')}`;
  return draft.add({
    type: 'trust-policy',
    kind: 'Trust policy',
    name,
    namespace: undefined,
    state: 'written',
    lines,
    place,
    uri: id,
  })?.id;
}

/** A policy that is only thought to be the role's refuses nobody: it does so where the engine reports it. */
function judge({ workspace }: Walk, account: RoleAccount, own: readonly Policy[]): EdgeVerdict {
  const verdicts = own.map(({ value }) => isAccountAdmitted(value, account));
  if (verdicts.includes('yes')) return 'given';
  return findRefusal(account, workspace.find('trust-policy', 'all'), () => listAccounts(workspace))
    ? 'refused'
    : 'unknown';
}

const listAccounts = (workspace: Walk['workspace']) => workspace.all('service-account').map(({ value }) => value);

function toAccountLine(arn: string): string[] {
  const account = /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1];
  return account === undefined ? [] : [`of AWS account ${account}`];
}

/** `web of shop` for an account; a pattern of another form as it is written. */
function toSubjectWords(text: string): string {
  const subject = splitSubject(text);
  return subject ? `${subject.name} of ${subject.namespace}` : text;
}

function findPoliciesOf(
  { workspace }: Walk,
  account: RoleAccount,
  arn: string,
  name: string | undefined,
  policies: readonly Policy[],
): readonly Policy[] {
  const own = policies.filter(({ value }) => isOfRole(value, arn, name));
  if (own.length > 0) return own;
  const nameless = policies.filter(
    ({ value }) => value.roleName === undefined && value.roleArn === undefined && !value.isDerived,
  );
  const byFile = name === undefined ? [] : nameless.filter(({ uri }) => isFileOfRole(uri, name));
  if (byFile.length > 0) return byFile;
  const admitting = nameless.filter(({ value }) => isAccountAdmitted(value, account) === 'yes');
  if (admitting.length > 0) return admitting;
  const refusal = findRefusal(account, policies, () => listAccounts(workspace));
  return refusal ? [refusal.policy] : [];
}

/** The role that is written at an account; its ARN is undefined where all of it is filled in later. */
function readRole(
  { project }: Walk,
  { place }: Account,
): { readonly arn: string | undefined; readonly place: Place } | undefined {
  if (!place) return undefined;
  const root = project.locate(place)?.ref;
  const at =
    root &&
    [root.get('metadata', 'annotations', ROLE_ARN_ANNOTATION), root.get('attachRoleARN')].find(
      ({ isWritten }) => isWritten,
    );
  if (!at?.scalar || at.scalar.text === '') return undefined;
  return { arn: isAllOpen(at) ? undefined : at.scalar.text, place: { ...place, path: at.path } };
}

/** True for a value of which not even the role's name is known. */
function isAllOpen(at: Ref): boolean {
  return at.isUnknown && getRoleName(at.scalar?.text ?? '') === undefined;
}

function toRoleAccount(
  { workspace }: Walk,
  { place, name, namespace }: Account,
  roleArn: string | undefined,
): RoleAccount {
  const fact = place && findFactAt(workspace, 'service-account', place);
  const account = fact?.value ?? {
    name,
    namespace: namespace ?? 'default',
    isNamespaceWritten: namespace !== undefined,
    audience: undefined,
  };
  return { ...account, roleArn };
}

/** Roles that an account gets without naming them: those that eksctl makes for it, and policies that admit it for nothing. */
function addUnasked(walk: Walk, account: Account, known: RoleAccount, policies: readonly Policy[]): void {
  const { draft } = walk;
  for (const policy of policies) {
    const { value, place } = policy;
    const isMadeForIt = value.isDerived && account.place && isSamePlace(place, account.place);
    if (isMadeForIt) {
      const name = value.roleName ?? 'made by eksctl';
      const lines = ['eksctl makes it for this account'];
      const role = draft.add({
        type: 'iam-role',
        kind: 'IAM role',
        name,
        namespace: undefined,
        state: 'outside',
        lines,
        place,
        uri: account.id,
      });
      draft.join(account.id, WORDS.given, role?.id);
    } else if (!value.isDerived && isAccountAdmitted(value, known) === 'yes') {
      draft.join(account.id, 'trusted by', addPolicy(walk, policy));
    }
  }
}

function addPodIdentity({ draft, workspace, project }: Walk, account: Account, { namespace, name }: RoleAccount): void {
  for (const { place, uri } of workspace.find('pod-identity', toSubject({ namespace, name }))) {
    const maker = findObjectAt(project, place)?.resource.name ?? '';
    const lines = ['gives a role to the account'];
    const node = {
      type: 'iam-role',
      kind: 'Pod identity association',
      namespace: undefined,
      state: 'outside',
    } as const;
    const id = draft.add({ ...node, name: maker === '' ? toShortPath(uri) : maker, lines, place, uri })?.id;
    draft.join(account.id, WORDS.given, id);
  }
}
