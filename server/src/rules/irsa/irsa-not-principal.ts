import { defineRule } from '../../engine/rule';
import { toExactPolicyExample } from './_examples';
import { getKeySpan } from './_span';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-not-principal',
  category: 'irsa',
  title: 'Trust policy with NotPrincipal',
  severity: 'error',
  confidence: 'high',
  fixable: 'never',
  standards: ['aws/iam-principal', 'aws/access-analyzer-checks'],
  docs: {
    what: 'A statement of a trust policy for service accounts uses `NotPrincipal`.',
    why: 'With `Allow`, everyone but those named is let in, identities of other accounts and without any name included. With `Deny`, whoever is not named in every one of the forms that a request has (the provider, the role, the session) is refused, mostly the ones that were meant to be spared.',
    remedy:
      'Allow the provider of the cluster by `Principal.Federated`. To keep somebody out, use a `Deny` with a condition.',
    flags: EXACT.replace('"Principal"', '"NotPrincipal"'),
    passes: EXACT,
  },
  visit: {
    *trustStatement({ ref, effect, policy }) {
      const at = ref.get('NotPrincipal');
      if (!at.isWritten || effect === undefined) return;
      if (!policy.statements.some(({ issuer }) => issuer === 'kubernetes')) return;
      yield {
        at,
        span: getKeySpan(at),
        severity: effect === 'Allow' ? 'error' : 'warning',
        message:
          effect === 'Allow'
            ? 'NotPrincipal with Allow lets everyone in but those named here.'
            : 'NotPrincipal with Deny refuses whoever is not named here in every form that a request has, most likely those that the policy lets in elsewhere too.',
      };
    },
  },
});
