import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import { getProviderOfArn, isEksProvider } from '../../model/iam/provider';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { allowsWebIdentity, getPrincipals, getProviderOfKeys, toProviderArnLike } from './_principal';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

/** Kinds of principal that have no web identity token. */
const OTHERS = ['AWS', 'Service', 'CanonicalUser'];

export default defineRule({
  id: 'irsa-principal-type-wrong',
  category: 'irsa',
  title: 'Principal that has no web identity token',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-principal', 'aws/access-analyzer-checks'],
  docs: {
    what: 'A statement for tokens of a cluster names its principal under `AWS` or `Service`, or names a SAML provider.',
    why: `\`sts:AssumeRoleWithWebIdentity\` is for holders of a token that an OpenID Connect provider has signed, and these are principals of the kind \`Federated\`. AWS refuses such a policy, or lets nobody in: pods fail with ${REFUSED}.`,
    remedy:
      'Put the ARN of the OIDC provider of the cluster (`arn:<partition>:iam::<account>:oidc-provider/<host and path>`) under `Principal.Federated`.',
    flags: EXACT.replace('"Federated"', '"AWS"'),
    passes: EXACT,
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement) || !allowsWebIdentity(statement)) return;
      for (const at of statement.federated) {
        const text = getLiteral(at);
        if (text === undefined || !/:saml-provider\//.test(text)) continue;
        const message = `"${text}" is a SAML provider, and no token of a cluster comes from one: pods are refused.`;
        yield { at, span: getTextSpan(at), message, fixes: toArnFix(statement, at, text) };
      }
      if (statement.federated.length > 0) return;
      for (const type of OTHERS) {
        const values = getPrincipals(statement, type);
        const [at] = values;
        const text = at && getLiteral(at);
        if (!at || text === undefined || text === '*') continue;
        yield {
          at,
          span: getTextSpan(at),
          message: `A principal of the kind "${type}" has no web identity token; the provider of a cluster belongs under "Federated".`,
          fixes: toFixes(statement, type, values),
        };
      }
    },
  },
});

function toFixes({ ref }: TrustStatement, type: string, values: readonly Ref[]): Fix[] {
  const areProviders = values.every((value) => {
    const text = getLiteral(value) ?? '';
    return getProviderOfArn(text) !== undefined || isEksProvider(text);
  });
  const at = ref.get('Principal', type);
  return areProviders
    ? [{ title: 'Put it under Federated', safety: 'unsafe', operations: [{ op: 'rename', at, key: 'Federated' }] }]
    : [];
}

/** The provider that the keys are about, in the account of the SAML provider. */
function toArnFix(statement: TrustStatement, at: Ref, saml: string): Fix[] {
  const provider = getProviderOfKeys(statement);
  const value = provider && toProviderArnLike(provider, [saml]);
  return value ? [{ title: `Trust "${value}"`, safety: 'unsafe', operations: [{ op: 'set', at, value }] }] : [];
}
