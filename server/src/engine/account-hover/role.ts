import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { hasPlaceholder } from '../../model/iam/placeholder';
import { getFileName, getRoleName } from '../../model/iam/role';
import { findRolePolicies } from '../../model/iam/role-policies';
import { toSubject } from '../../model/iam/subject';
import { isAccountAdmitted, type RoleAccount } from '../../model/iam/subjects';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact, TrustPolicyFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import { escapeMarkdown, toCode } from '../../text/markdown';
import { chooseMeant } from '../navigation/nearest';
import type { ToLink } from '../place-links';
import type { Project } from '../project';
import { toOthersText } from './others';
import type { AccountTarget } from './target';

/** Says which IAM role the pods of an account take on, whether they may, and who else may. */
export function toRoleText(
  project: Project,
  workspace: Workspace,
  target: AccountTarget,
  uri: string,
  toLink: ToLink,
): string {
  const { name, namespace } = target;
  if (namespace !== undefined) {
    const [association] = workspace.find('pod-identity', toSubject({ namespace, name }));
    if (association) return `Its IAM role comes from an ${toLink('EKS Pod Identity association', association.place)}.`;
  }
  const account = target.object ? readOwn(target) : findAccount(workspace, target, uri)?.value;
  if (!account) return 'No file of the workspace holds this ServiceAccount, so its IAM role is not known.';
  const { roleArn } = account;
  if (roleArn === undefined) return toNoRoleText(workspace, target, account, toLink);
  const role = `IAM role ${toCode(getRoleName(roleArn) ?? roleArn)}`;
  const open = hasPlaceholder(roleArn) ? ` (${toCode(roleArn)}: part of it is filled in later)` : '';
  const policies = findRolePolicies(account, workspace.all('trust-policy'), project.getSettings(uri).irsaRoles);
  if (policies.length === 0) {
    return `**${role}**${open}: no file of the workspace is known to hold its trust policy, so who can take it on is not known.`;
  }
  return [
    `**${role}**${open}`,
    ...policies.map((policy) => toPolicyText(project, workspace, policy, account, toLink)),
  ].join('\n\n');
}

function toPolicyText(
  project: Project,
  workspace: Workspace,
  policy: Known<TrustPolicyFact>,
  account: RoleAccount,
  toLink: ToLink,
): string {
  const file = toLink(`trust policy in ${escapeMarkdown(getFileName(policy.uri))}`, toPlace(policy));
  const says = {
    yes: 'admits this account.',
    no: '**does not admit this account**: its pods get no credentials.',
    unknown: 'may admit this account: part of what decides is not known here.',
  };
  const verdict = `The ${file} ${says[isAccountAdmitted(policy.value, account)]}`;
  return `${verdict} ${toOthersText(project, workspace, policy, account, toLink)}`;
}

function toPlace({ place, value }: Known<TrustPolicyFact>) {
  return { document: place.document, path: value.statements[0]?.path ?? place.path };
}

/** Without annotation: eksctl may make account and role of one entry. */
function toNoRoleText(workspace: Workspace, { object }: AccountTarget, account: RoleAccount, toLink: ToLink): string {
  const annotation = object?.metadata.get('annotations', ROLE_ARN_ANNOTATION);
  if (annotation?.isUnknown || object?.metadata.get('annotations').isUnknown)
    return 'Its IAM role is filled in by a template.';
  const derived = workspace
    .all('trust-policy')
    .find(({ value }) => value.isDerived && isAccountAdmitted(value, account) === 'yes');
  if (derived) return `eksctl makes its IAM role by an ${toLink('entry of iam.serviceAccounts', derived.place)}.`;
  return 'It takes on no IAM role.';
}

function readOwn({ name, namespace, object }: AccountTarget): RoleAccount {
  const read = (key: string) => {
    const at = object?.metadata.get('annotations', key);
    return at?.isPresent ? at.string : undefined;
  };
  const isNamespaceWritten = namespace !== undefined;
  const roleArn = read(ROLE_ARN_ANNOTATION) || undefined;
  return {
    name,
    namespace: namespace ?? 'default',
    isNamespaceWritten,
    roleArn,
    audience: read('eks.amazonaws.com/audience'),
  };
}

function findAccount(
  workspace: Workspace,
  { name, namespace }: AccountTarget,
  uri: string,
): Known<ServiceAccountFact> | undefined {
  const named = workspace.all('service-account').filter(({ value }) => value.name === name);
  const toWritten = (value: ServiceAccountFact) => (value.isNamespaceWritten ? value.namespace : undefined);
  return chooseMeant(named, toWritten, namespace, uri, true)[0];
}
