import { defineRule, type RuleContext } from '../../engine/rule';
import type { Severity } from '../../engine/settings';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { hasWildcard, splitSubject } from '../../model/iam/subject';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { findMatchingSubjects, moveToOperator, replaceText, toValue } from './_condition-fix';
import { toAccountExample, toExactPolicyExample, toTrustPolicyExample } from './_examples';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

export default defineRule({
  id: 'irsa-subject-wildcard',
  category: 'irsa',
  title: 'Trust policy admits service accounts by a pattern',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/eks-identity-best-practices', 'aws/iam-condition-operators'],
  docs: {
    what: 'A subject of a trust policy is a pattern (`StringLike` with `*` or `?`) where one account could be named.',
    why: 'A pattern over namespaces admits accounts of namespaces that do not exist yet: whoever may make a namespace, or an account in one that matches, gets the role. `system:serviceaccount:*` admits every pod of the cluster. A pattern over names admits whoever may make accounts in that one namespace.',
    remedy:
      'Name the accounts, with `StringEquals` and a list if there are several. A pattern for the end of a name, in one namespace that only few can write to, is reported as information: some controllers make up the names of their accounts.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader'),
      'trust-policy.json': toTrustPolicyExample(`{
  "StringLike": { "PROVIDER:sub": "system:serviceaccount:*:s3-reader" },
  "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }
}`),
    },
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const condition of statement.conditions) {
        const { claim, parsed } = condition;
        if (claim !== 'sub' || parsed.test !== 'like' || !isNamingOperator(parsed)) continue;
        for (const at of condition.values) {
          const text = getLiteral(at);
          const width = text === undefined ? undefined : getWidth(text);
          if (text === undefined || !width) continue;
          const message = `The pattern "${text}" admits ${width.words}.`;
          yield {
            at,
            span: getTextSpan(at),
            message,
            severity: width.severity,
            fixes: toFixes(text, statement, condition, context),
          };
        }
      }
    },
  },
});

/** How many a pattern lets in, in words; undefined for none, and where a placeholder stands in the part that decides. */
function getWidth(text: string): { words: string; severity: Severity } | undefined {
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

function toFixes(text: string, statement: TrustStatement, condition: TrustCondition, context: RuleContext) {
  const subjects = findMatchingSubjects(text, statement, context);
  const texts = subjects.length === 0 ? undefined : replaceText(condition, text, subjects);
  if (!texts) return [];
  const title = `Admit only ${subjects.map((subject) => `"${subject}"`).join(', ')}`;
  const isExact = condition.operator === 'StringLike' && !texts.some(hasWildcard);
  const operations = isExact ? moveToOperator(statement, condition, 'StringEquals', texts) : undefined;
  const inPlace = [{ op: 'set', at: condition.ref, value: toValue(condition, texts) }] as const;
  return [{ title, safety: 'unsafe', operations: operations ?? inPlace }] as const;
}
