import { defineRule } from '../../engine/rule';
import { evaluateStatement } from '../../model/iam/evaluate';
import { listSubjects } from '../../model/iam/subjects';
import { toTrustPolicyFact } from '../../model/iam/trust-policy-fact';
import { toExactPolicyExample } from './_examples';
import { getTextSpan } from './_span';
import { STS_AUDIENCE } from './_statement';

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/5C1F0A9B7D3E42869F1D2C3B4A596877';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

const toExample = (subject: string) =>
  EXACT.replace(
    /\n {2}\]/,
    `,
    {
      "Effect": "Deny",
      "Principal": "*",
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": { "StringLike": { "${PROVIDER}:sub": "${subject}" } }
    }
  ]`,
  );

export default defineRule({
  id: 'irsa-deny-cancels-allow',
  category: 'irsa',
  title: 'Deny refuses an account that the policy admits',
  severity: 'error',
  confidence: 'high',
  fixable: 'never',
  standards: ['aws/access-analyzer-checks', 'aws/irsa-associate-role'],
  docs: {
    what: 'A `Deny` statement of a trust policy holds for a service account that another statement admits by name.',
    why: 'A Deny wins over every Allow. The account that the policy was written for gets no credentials, and nothing in its own statement says why.',
    remedy:
      'Narrow the Deny down, or remove one of the two. A Deny under `StringNotEquals` has to name every account that shall be let in.',
    flags: toExample('system:serviceaccount:production:*'),
    passes: toExample('system:serviceaccount:staging:*'),
  },
  visit: {
    *trustPolicy(policy, { document }) {
      const fact = toTrustPolicyFact(policy);
      if (!fact) return;
      const named = listSubjects(fact);
      for (const [index, denial] of fact.statements.entries()) {
        const statement = policy.statements[index];
        if (denial.effect !== 'Deny' || !statement) continue;
        const refused = named.filter(({ subject, statement: allowing }) => {
          const providers = fact.statements[allowing]?.providers ?? [];
          return (
            subject &&
            providers.some(
              (provider) =>
                provider !== undefined &&
                evaluateStatement(denial, { provider, ...subject, audience: STS_AUDIENCE }) === 'yes',
            )
          );
        });
        const [first] = refused;
        if (!first) continue;
        const at = statement.ref.get('Effect');
        yield {
          at,
          span: getTextSpan(at),
          message: `This Deny holds for "${first.text}" too, which another statement admits: a Deny wins, so its pods are refused.`,
          related: [{ place: { document, path: first.path }, message: 'Admitted here' }],
        };
      }
    },
  },
});
