import { parseOperator } from '../../model/iam/operator';
import { isNamePlaceholder } from '../../model/iam/placeholder';
import { hasWildcard, parseSubject, type Subject, splitSubject } from '../../model/iam/subject';
import { isLike } from '../../model/iam/wildcard';
import type { Known } from '../../model/workspace/fact';
import type { ObjectName, ReferenceFact } from '../../model/workspace/reference-topics';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';

/** A mention of an account that a rename leaves as it is, though it will not mean the account any more. */
export interface LeftMention {
  readonly uri: string;
  readonly text: string;
  readonly reason: 'pattern' | 'placeholder' | 'ambiguous' | 'named';
}

/**
 * The subjects of trust policies that mean an account by a pattern, or by a namespace that is filled in later, and will not mean
 * it under its new name. A pattern may be meant for other accounts too, so nobody but its author can change it.
 */
export function findLeftSubjects(workspace: Workspace, account: ObjectName, newName: string): LeftMention[] {
  return workspace.all('trust-policy').flatMap(({ uri, value }) =>
    listTexts(value).flatMap(({ text, isPattern }): LeftMention[] => {
      const subject = splitSubject(text);
      if (!subject || !isOfNamespace(subject, account, isPattern)) return [];
      const isOld = isPattern ? isLike(subject.name, account.name) : subject.name === account.name;
      // What names the account exactly is renamed, and what means both names goes on meaning it.
      if (!isOld || parseSubject(text) || (isPattern && isLike(subject.name, newName))) return [];
      return [{ uri, text, reason: hasWildcard(text) ? 'pattern' : 'placeholder' }];
    }),
  );
}

/** References that may mean another account as well. */
export function toAmbiguous({ uri, value }: Known<ReferenceFact>): LeftMention {
  return { uri, text: value.name, reason: 'ambiguous' };
}

/** What a person is told of the mentions that were left, in one or two sentences; undefined where there are none. */
export function describeLeft(left: readonly LeftMention[], newName: string): string | undefined {
  const [first, ...rest] = left;
  if (!first) return undefined;
  const file = decodeURIComponent(first.uri.slice(first.uri.lastIndexOf('/') + 1));
  const more = rest.length > 0 ? ` The same holds for ${rest.length} more.` : '';
  const why = {
    pattern: `a pattern that does not mean "${newName}"`,
    placeholder: 'a subject with a part that is filled in later',
    ambiguous: 'a name that may mean another ServiceAccount as well',
    named: 'which Terraform takes from elsewhere',
  }[first.reason];
  return `Not renamed: "${first.text}" in ${file}, ${why}. Change it by hand if it is meant for this account.${more}`;
}

function listTexts(policy: TrustPolicyFact): { readonly text: string; readonly isPattern: boolean }[] {
  const conditions = policy.statements.flatMap((statement) => statement.conditions);
  return conditions.flatMap(({ claim, operator, values }) => {
    if (claim !== 'sub') return [];
    const isPattern = parseOperator(operator).test === 'like';
    return values.flatMap((text) => (text === undefined ? [] : [{ text, isPattern }]));
  });
}

function isOfNamespace(subject: Subject, { namespace }: ObjectName, isPattern: boolean): boolean {
  if (namespace === undefined || subject.namespace === namespace) return true;
  if (isPattern && isLike(subject.namespace, namespace)) return true;
  return isNamePlaceholder(subject.namespace);
}
