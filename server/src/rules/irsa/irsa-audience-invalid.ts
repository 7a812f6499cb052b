import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { hasPlaceholder } from '../../model/iam/placeholder';
import { isEksProvider } from '../../model/iam/provider';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { isLike } from '../../model/iam/wildcard';
import { toValue } from './_condition-fix';
import { toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getTextSpan } from './_span';
import { getKnownValues, isKubernetesGrant, isSubjectText, STS_AUDIENCE } from './_statement';

export default defineRule({
  id: 'irsa-audience-invalid',
  category: 'irsa',
  title: 'Audience that no token of EKS has',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-associate-role', 'aws/irsa-sts-endpoint'],
  docs: {
    what: `A trust policy asks for an audience that looks like the name of AWS STS but is not \`${STS_AUDIENCE}\`.`,
    why: `The audience is a fixed word, not the address of an endpoint: it is \`${STS_AUDIENCE}\` in every region and in every partition, China and GovCloud included. With any other word the condition never holds, and pods are refused with ${REFUSED}.`,
    remedy: `Write \`${STS_AUDIENCE}\`. If pods shall have another audience on purpose, say so on their ServiceAccount with the annotation \`eks.amazonaws.com/audience\`; where an account of the workspace does, nothing is reported.`,
    flags: toExactPolicyExample('system:serviceaccount:production:s3-reader').replace(
      STS_AUDIENCE,
      `${STS_AUDIENCE}.cn`,
    ),
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, { workspace }) {
      if (!isKubernetesGrant(statement) || !isEks(statement)) return;
      for (const condition of statement.conditions) {
        if (condition.claim !== 'aud' || !isNamingOperator(condition.parsed)) continue;
        const texts = getKnownValues(condition);
        if (!texts || texts.some((text) => isLike(text, STS_AUDIENCE))) continue;
        const wrong = texts.find((text) => /sts|amazon|aws/i.test(text) && !isSubjectText(text));
        const at = wrong === undefined ? undefined : condition.values[texts.indexOf(wrong)];
        if (wrong === undefined || !at) continue;
        if (workspace.all('service-account').some(({ value }) => value.audience === wrong)) continue;
        yield {
          at,
          span: getTextSpan(at),
          message: `No token of EKS has the audience "${wrong}": it is "${STS_AUDIENCE}" in every region and partition.`,
          fixes: [toFix(condition, texts, wrong)],
        };
      }
    },
  },
});

function isEks({ providers }: TrustStatement): boolean {
  return providers.every((provider) => provider === undefined || hasPlaceholder(provider) || isEksProvider(provider));
}

function toFix(condition: TrustCondition, texts: readonly string[], wrong: string): Fix {
  const value = toValue(
    condition,
    texts.map((text) => (text === wrong ? STS_AUDIENCE : text)),
  );
  const title = `Ask for the audience "${STS_AUDIENCE}"`;
  return { title, safety: 'unsafe', operations: [{ op: 'set', at: condition.ref, value }] };
}
