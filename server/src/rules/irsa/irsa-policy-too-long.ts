import { defineRule } from '../../engine/rule';
import { toExactPolicyExample } from './_examples';
import { getLength } from './_length';
import { getKeySpan } from './_span';

/** Characters of a trust policy, white space not counted, before the quota is raised (IAM quotas). */
const QUOTA = 2_048;

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');
const MANY = Array.from({ length: 40 }, (_, n) => `"system:serviceaccount:production:worker-number-${n}"`);

export default defineRule({
  id: 'irsa-policy-too-long',
  category: 'irsa',
  title: 'Trust policy longer than AWS takes',
  severity: 'info',
  confidence: 'medium',
  fixable: 'never',
  standards: ['aws/iam-quotas'],
  docs: {
    what: `A trust policy has more than ${QUOTA} characters, white space not counted.`,
    why: 'That is the quota of an account that has not asked for more. AWS refuses the policy, and the old one stays in place.',
    remedy:
      'Put subjects of one cluster into one list in place of one statement each, or make several roles. The quota can be raised to 4096.',
    flags: EXACT.replace('"system:serviceaccount:production:s3-reader"', `[${MANY.join(', ')}]`),
    passes: EXACT,
  },
  visit: {
    *trustPolicy({ root, statements }) {
      const length = getLength(root);
      if (length === undefined || length <= QUOTA) return;
      if (!statements.some(({ issuer }) => issuer === 'kubernetes')) return;
      const at = root.get('Statement');
      yield {
        at,
        span: getKeySpan(at),
        message: `This policy has ${length} characters without white space, and AWS takes ${QUOTA} unless the quota of the account is raised.`,
      };
    },
  },
});
