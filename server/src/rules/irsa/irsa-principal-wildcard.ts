import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import { hasWildcard } from '../../model/iam/subject';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { allowsWebIdentity, getPrincipals, getProviderOfKeys, getRoleArn, toProviderArnLike } from './_principal';
import { getTextSpan } from './_span';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-principal-wildcard',
  category: 'irsa',
  title: 'Trust policy trusts whichever identity provider',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-principal', 'aws/access-analyzer-checks'],
  docs: {
    what: 'A statement for web identities has a wildcard for its principal: `*`, or an ARN with `*` in it.',
    why: 'With `*`, tokens of every identity provider are taken, public ones such as Google and Amazon among them, and only the conditions are left to keep strangers out. An ARN with a wildcard in it is not taken as a pattern at all: AWS refuses the policy.',
    remedy: 'Name the provider of the cluster by its whole ARN; for several clusters, write one statement each.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      's3-reader-trust-policy.json': EXACT.replace(/"arn:aws:iam::[^"]*"/, '"*"'),
    },
    passes: EXACT,
  },
  visit: {
    *trustStatement(statement, context) {
      if (!allowsWebIdentity(statement) || statement.issuer === 'other') return;
      const principal = statement.ref.get('Principal');
      const all = principal.isMapping
        ? ['Federated', 'AWS'].flatMap((type) => getPrincipals(statement, type))
        : [principal];
      for (const at of all) {
        const text = getLiteral(at);
        // The substitutions of a shell have stars of their own: ${ISSUER#*//}.
        if (text === undefined || !hasWildcard(text.replace(/\$\{[^}]*\}/g, ''))) continue;
        const message =
          text === '*'
            ? 'The principal "*" takes the tokens of every identity provider, not only those of one cluster.'
            : `AWS takes no wildcard inside of a principal, and refuses a policy that names "${text}".`;
        yield { at, span: getTextSpan(at), message, fixes: toFixes(statement, at, text, context) };
      }
    },
  },
});

function toFixes(statement: TrustStatement, at: Ref, text: string, context: RuleContext): Fix[] {
  const provider = getProviderOfKeys(statement);
  const arn = provider && toProviderArnLike(provider, [text, getRoleArn(statement.policy, context)]);
  if (!arn) return [];
  const title = `Trust only "${arn}"`;
  const principal = statement.ref.get('Principal');
  if (at.path.join() === principal.path.join())
    return [{ title, safety: 'unsafe', operations: [{ op: 'set', at, value: { Federated: arn } }] }];
  if (principal.get('Federated').isWritten)
    return [{ title, safety: 'unsafe', operations: [{ op: 'set', at, value: arn }] }];
  return [{ title, safety: 'unsafe', operations: [{ op: 'set', at: principal, value: { Federated: arn } }] }];
}
