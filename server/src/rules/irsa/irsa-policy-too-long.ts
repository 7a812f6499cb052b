import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toExactPolicyExample } from './_examples';
import { getLength } from './_length';
import { type ShorteningFix, toShorteningFix } from './_merge-statements';
import { getKeySpan } from './_span';

/** Characters of a trust policy, white space not counted, before the quota is raised (IAM quotas). */
const QUOTA = 2_048;

/** What the quota can be raised to. */
const MAX_QUOTA = 4_096;

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');
const MANY = Array.from({ length: 40 }, (_, n) => `"system:serviceaccount:production:worker-number-${n}"`);

export default defineRule({
  id: 'irsa-policy-too-long',
  category: 'irsa',
  title: 'Trust policy longer than AWS takes',
  severity: 'info',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/iam-quotas'],
  docs: {
    what: `A trust policy has more than ${QUOTA} characters, white space not counted.`,
    why: 'That is the quota of an account that has not asked for more. AWS refuses the policy, and the old one stays in place.',
    remedy:
      'Put subjects of one cluster into one list in place of one statement each, or make several roles. The fix merges statements that differ in the values of one key alone; who is let in stays the same. The quota can be raised to 4096.',
    flags: EXACT.replace('"system:serviceaccount:production:s3-reader"', `[${MANY.join(', ')}]`),
    passes: EXACT,
  },
  visit: {
    *trustPolicy(policy) {
      const { root, statements } = policy;
      const length = getLength(root);
      if (length === undefined || length <= QUOTA) return;
      if (!statements.some(({ issuer }) => issuer === 'kubernetes')) return;
      const at = root.get('Statement');
      const shortening = toShorteningFix(policy, length);
      const isTooLongForAll = length > MAX_QUOTA;
      const isShortEnough = (shortening?.length ?? length) <= (isTooLongForAll ? MAX_QUOTA : QUOTA);
      const limit = isTooLongForAll
        ? `never takes more than ${MAX_QUOTA}`
        : `takes ${QUOTA} unless the quota of the account is raised`;
      yield {
        at,
        span: getKeySpan(at),
        severity: isTooLongForAll ? 'warning' : 'info',
        message: `This policy has ${length} characters without white space, and AWS ${limit}.`,
        fixes: shortening && isShortEnough ? [toLessening(shortening)] : [],
      };
    },
  },
});

/** A policy that fits only with the raised quota is still found, as less grave. */
function toLessening({ fix, length }: ShorteningFix): Fix {
  return length > QUOTA ? { ...fix, isLessening: true } : fix;
}
