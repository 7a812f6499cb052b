import { defineRule } from '../../engine/rule';
import { AUDIENCE_ANNOTATION, findWrongAudience, toAudienceFixes } from './_audience';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');
const READER = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'irsa-audience-mismatch',
  category: 'irsa',
  title: 'Tokens of the account are for another audience',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-associate-role', 'aws/iam-condition-keys'],
  docs: {
    what: `A trust policy asks for one audience, and the ServiceAccount that it names gets tokens for another (\`${AUDIENCE_ANNOTATION}\`, \`sts.amazonaws.com\` where it is not set).`,
    why: `AWS compares the audience letter by letter, and pods are refused with ${REFUSED}.`,
    remedy:
      'Write the same audience on both sides: `sts.amazonaws.com` unless there is a reason for another. The provider in IAM has to list it too.',
    flags: {
      'service-account.yaml': `${READER}    ${AUDIENCE_ANNOTATION}: internal\n`,
      'trust-policy.json': EXACT,
    },
    passes: { 'service-account.yaml': READER, 'trust-policy.json': EXACT },
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      const wrong = findWrongAudience(statement, context);
      const [at] = wrong?.condition.values ?? [];
      // A misspelt name of STS has a rule of its own.
      if (!wrong || !at || wrong.asked.some((text) => /sts|amazon|aws/i.test(text) && text !== 'sts.amazonaws.com'))
        return;
      const { account, audience, asked } = wrong;
      const { value, place } = account;
      const target = value.audience === undefined ? ['name'] : ['annotations', AUDIENCE_ANNOTATION];
      yield {
        at,
        span: getTextSpan(at),
        message: `The tokens of "${value.name}" in namespace "${value.namespace}" are for the audience "${audience}", not "${asked.join('", "')}": its pods are refused.`,
        related: [
          {
            place: { ...place, path: [...place.path, 'metadata', ...target] },
            message: `ServiceAccount "${value.name}"`,
          },
        ],
        fixes: toAudienceFixes(wrong),
      };
    },
  },
});
