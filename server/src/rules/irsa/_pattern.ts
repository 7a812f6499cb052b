import type { Fix } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { Severity } from '../../engine/settings';
import { hasPlaceholder } from '../../model/iam/placeholder';
import { hasWildcard, splitSubject } from '../../model/iam/subject';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { findMatchingSubjects, moveToOperator, replaceText, toValue } from './_condition-fix';

/** How many a pattern lets in, in words; undefined for none, and where a placeholder stands in the part that decides. */
export function getWidth(text: string): { words: string; severity: Severity } | undefined {
  if (!hasWildcard(text)) return undefined;
  const subject = splitSubject(text);
  if (!subject && hasPlaceholder(text)) return undefined;
  if (!subject || /^\*+$/.test(subject.namespace + subject.name)) {
    const isAll = subject !== undefined || /^(system:(serviceaccount:)?)?\*+$/.test(text);
    return {
      words: isAll ? 'every service account of the cluster' : 'subjects of more than one namespace',
      severity: 'error',
    };
  }
  const { namespace, name } = subject;
  if (hasPlaceholder(namespace)) return undefined;
  if (hasWildcard(namespace)) {
    const where = /^\*+$/.test(namespace) ? 'every namespace' : `every namespace that matches "${namespace}"`;
    return { words: `accounts of ${where}, those of others and of the future included`, severity: 'error' };
  }
  if (hasPlaceholder(name)) return undefined;
  if (/^[*?]/.test(name))
    return { words: `whichever accounts of namespace "${namespace}" match, of other teams too`, severity: 'warning' };
  return { words: `every account of namespace "${namespace}" whose name matches "${name}"`, severity: 'info' };
}

/** Names the accounts of the workspace that a pattern lets in, exactly where nothing under the operator is a pattern then. */
export function toExactFixes(
  text: string,
  statement: TrustStatement,
  condition: TrustCondition,
  context: RuleContext,
): Fix[] {
  const subjects = findMatchingSubjects(text, statement, context);
  const texts = subjects.length === 0 ? undefined : replaceText(condition, text, subjects);
  if (!texts) return [];
  const title = `Admit only ${subjects.map((subject) => `"${subject}"`).join(', ')}`;
  const isExact = condition.operator === 'StringLike' && !texts.some(hasWildcard);
  const operations = isExact ? moveToOperator(statement, condition, 'StringEquals', texts) : undefined;
  if (operations) return [{ title, safety: 'unsafe', operations }];
  return [
    { title, safety: 'unsafe', operations: [{ op: 'set', at: condition.ref, value: toValue(condition, texts) }] },
  ];
}
