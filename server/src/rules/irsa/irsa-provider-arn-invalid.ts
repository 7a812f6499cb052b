import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { getRoleArn, toProviderArnLike } from './_principal';
import { getArnFault, getMeantProvider } from './_provider-arn';
import { getTextSpan } from './_span';
import { isKubernetesGrant, isOfModule } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-provider-arn-invalid',
  category: 'irsa',
  title: 'Principal is not the ARN of an identity provider',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-principal', 'aws/irsa-associate-role'],
  docs: {
    what: '`Principal.Federated` of a trust policy is not written as the ARN of an OIDC provider: it is the address of the issuer, keeps `https://`, or has a part missing.',
    why: 'AWS refuses the policy ("Invalid principal in policy"), or trusts a provider that does not exist, and pods are refused.',
    remedy:
      'Write `arn:<partition>:iam::<12 digits>:oidc-provider/<host and path>`, as `aws iam list-open-id-connect-providers` shows it. For a cluster of EKS the path is `id/` and 32 digits.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      's3-reader-trust-policy.json': EXACT.replace('arn:aws:iam::111122223333:oidc-provider/', 'https://'),
    },
    passes: EXACT,
  },
  visit: {
    *trustStatement(statement, context) {
      // A module for roles makes the principal of its inputs.
      if (!isKubernetesGrant(statement) || isOfModule(statement)) return;
      for (const at of statement.federated) {
        const text = getLiteral(at);
        const fault = text === undefined ? undefined : getArnFault(text);
        if (text === undefined || fault === undefined) continue;
        yield {
          at,
          span: getTextSpan(at),
          message: `"${text}" is not the ARN of an identity provider: ${fault}.`,
          fixes: toFixes(statement, at, text, context),
        };
      }
    },
  },
});

function toFixes(statement: TrustStatement, at: Ref, text: string, context: RuleContext): Fix[] {
  const provider = getMeantProvider(text);
  const others = statement.policy.statements.flatMap(({ federated }) => federated.map((other) => getLiteral(other)));
  const value = toProviderArnLike(provider, [text, getRoleArn(statement.policy, context), ...others]);
  if (value === undefined || value === text || provider.startsWith('arn:') || getArnFault(value) !== undefined)
    return [];
  return [{ title: `Change it to ${value}`, safety: 'unsafe', operations: [{ op: 'set', at, value }] }];
}
