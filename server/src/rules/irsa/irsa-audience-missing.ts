import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { isEksProvider } from '../../model/iam/provider';
import { toSubject } from '../../model/iam/subject';
import type { TrustStatement } from '../../model/iam/trust-policy';
import { toExactPolicyExample, toTrustPolicyExample } from './_examples';
import { getKeySpan, getTextSpan } from './_span';
import { getOnlyProvider, isKubernetesGrant, isSubjectText, STS_AUDIENCE, toNewKey, toNewValue } from './_statement';

export default defineRule({
  id: 'irsa-audience-missing',
  category: 'irsa',
  title: 'Trust policy asks for no audience',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role', 'aws/iam-condition-keys'],
  docs: {
    what: 'A trust policy admits tokens of a cluster without asking for whom they were made (`<provider>:aud`).',
    why: 'A pod can ask the cluster for tokens for other services too: a Vault, a registry, the cluster itself. Without the audience, whoever such a token is shown to can use it to take on the role, as far as the provider in IAM lists that audience.',
    remedy: `Add a condition \`StringEquals\` on \`<provider>:aud\` with \`${STS_AUDIENCE}\`, the audience of the tokens that EKS gives to pods, in every partition. A ServiceAccount with the annotation \`eks.amazonaws.com/audience\` gets tokens for that audience instead. What another kind of cluster writes is not known here, so for those this is only a hint.`,
    flags: toTrustPolicyExample('{ "StringEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-reader" } }'),
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement) || !statement.areConditionsKnown || statement.federated.length === 0) return;
      if (hasAudience(statement)) return;
      const condition = statement.ref.get('Condition');
      const at = condition.isWritten ? condition : (statement.federated[0] ?? statement.ref);
      const isOpen = statement.providers.some((provider) => provider === undefined || hasPlaceholder(provider));
      const isEks = isOpen || statement.providers.some((provider) => provider !== undefined && isEksProvider(provider));
      yield {
        at,
        span: condition.isWritten ? getKeySpan(at) : getTextSpan(at),
        message: `The policy does not ask for the audience of a token ("${toNewKey(statement, 'aud') ?? '…:aud'}"): one that was made for another service is admitted too.`,
        severity: isEks ? 'warning' : 'info',
        fixes: isEks ? toFix(statement, context) : [],
      };
    },
  },
});

/** A subject under the key of the audience asks for no audience; that is another rule's to say. */
function hasAudience({ conditions }: TrustStatement): boolean {
  return conditions.some(({ claim, values }) => {
    return claim === 'aud' && !(values.length > 0 && values.every((value) => isSubjectText(getLiteral(value))));
  });
}

function toFix(statement: TrustStatement, { workspace }: RuleContext): Fix[] {
  const key = toNewKey(statement, 'aud');
  if (key === undefined) return [];
  const written = new Set(statement.conditions.flatMap(({ values }) => values.map((value) => getLiteral(value))));
  const accounts = workspace.all('service-account').filter(({ value }) => written.has(toSubject(value)));
  const audiences = new Set(accounts.map(({ value }) => value.audience ?? STS_AUDIENCE));
  const [audience = STS_AUDIENCE] = audiences.size > 1 ? [STS_AUDIENCE] : audiences;
  // Only a cluster that is surely one of EKS surely gives tokens for this audience.
  const isSure = isEksProvider(getOnlyProvider(statement) ?? '') && audiences.size <= 1;
  const at = statement.ref.get('Condition', 'StringEquals', key);
  const operations = [{ op: 'set', at, value: toNewValue(statement, [audience]) }] as const;
  return [{ title: `Ask for the audience "${audience}"`, safety: isSure ? 'safe' : 'unsafe', operations }];
}
