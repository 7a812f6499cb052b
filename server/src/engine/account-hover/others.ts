import { type Admitted, listAdmitted } from '../../model/iam/admitted';
import { getLiteral } from '../../model/iam/placeholder';
import { classifyProvider } from '../../model/iam/provider';
import { toSubject } from '../../model/iam/subject';
import { isAccountAdmitted, type RoleAccount } from '../../model/iam/subjects';
import type { Known } from '../../model/workspace/fact';
import type { TrustPolicyFact, TrustStatementFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import { escapeMarkdown, toCode } from '../../text/markdown';
import type { ToLink } from '../place-links';
import type { Project } from '../project';
import { toSubjectWords } from '../rbac-words';
import { MAX_NAMED } from './pods';

/** Says who beside an account can take on the role of a trust policy. */
export function toOthersText(
  project: Project,
  workspace: Workspace,
  policy: Known<TrustPolicyFact>,
  account: RoleAccount,
  toLink: ToLink,
): string {
  const own = toSubject(account);
  const { statements } = policy.value;
  const accounts = listAdmitted(policy.value).flatMap((one) => toWords(one, own, workspace, policy.value, toLink));
  const others = statements.flatMap((statement) => listPrincipals(project, policy, statement));
  const all = [...new Set([...accounts, ...others])];
  const hasDenial = statements.some(({ effect }) => effect === 'Deny');
  const denied = hasDenial ? ' Statements that deny may keep some of them out.' : '';
  if (all.length === 0) return 'Nobody else can take it on.';
  const shown = all.slice(0, MAX_NAMED).map((text) => `- ${text}`);
  const rest = all.length > MAX_NAMED ? [`- and ${all.length - MAX_NAMED} more`] : [];
  return `Who else can take it on:${denied}\n\n${[...shown, ...rest].join('\n')}`;
}

function toWords(one: Admitted, own: string, workspace: Workspace, policy: TrustPolicyFact, toLink: ToLink): string[] {
  switch (one.kind) {
    case 'cluster':
      return ['**any account of the cluster**'];
    case 'namespace':
      return [`**any account of namespace ${toCode(one.namespace)}**`];
    case 'name':
      return [`an account called ${toCode(one.name)} of any namespace`];
    case 'pattern':
      return [`accounts that are like ${toCode(one.text)}`];
    case 'unknown':
      return [
        one.text === undefined
          ? 'accounts that are not known here'
          : `accounts that are filled in later: ${toCode(one.text)}`,
      ];
    case 'account': {
      const { namespace, name } = one.subject;
      const asked = { namespace, name, isNamespaceWritten: true, roleArn: undefined, audience: undefined };
      if (toSubject(one.subject) === own || isAccountAdmitted(policy, asked) === 'no') return [];
      const [known] = workspace.find('service-account', namespace).filter(({ value }) => value.name === name);
      const words = toSubjectWords({ kind: 'ServiceAccount', name, namespace });
      return [known ? toLink(words, { ...known.place, path: [...known.place.path, 'metadata', 'name'] }) : words];
    }
  }
}

/** Those who are not accounts of Kubernetes: AWS principals and services, people and pipelines of other identity providers. */
function listPrincipals(project: Project, { place }: Known<TrustPolicyFact>, statement: TrustStatementFact): string[] {
  if (statement.effect === 'Deny') return [];
  if (statement.isAnyone) return ['**everybody**, under the conditions of the policy'];
  const foreign = statement.providers.flatMap((provider) =>
    provider !== undefined && classifyProvider(provider) === 'other' ? [`whom ${toCode(provider)} vouches for`] : [],
  );
  const principal = project.locate({ document: place.document, path: statement.path })?.ref.get('Principal');
  const named = (principal?.entries() ?? []).flatMap(([kind, value]) => {
    if (kind === 'Federated') return [];
    return (value.isSequence ? value.items() : [value]).map((item) => {
      const text = getLiteral(item);
      return text === undefined
        ? `${escapeMarkdown(kind)} principals that cannot be read here`
        : `${escapeMarkdown(kind)} ${toCode(text)}`;
    });
  });
  const isOpen = !statement.isPrincipalKnown && named.length === 0;
  return [...foreign, ...named, ...(isOpen ? ['principals that cannot be read here'] : [])];
}
