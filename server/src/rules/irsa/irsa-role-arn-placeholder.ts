import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getAccount } from '../../model/iam/arn';
import { getLiteral } from '../../model/iam/placeholder';
import { toAccountExample } from './_examples';
import { findLeftovers } from './_leftover';
import { getTextSpan } from './_span';

/** Account ids that nobody has. */
const SAMPLES = new Set(['123456789012', '000000000000']);

const EXAMPLE = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'irsa-role-arn-placeholder',
  category: 'irsa',
  title: 'Placeholder left in the ARN of a role',
  severity: 'info',
  confidence: 'medium',
  fixable: 'never',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'The role in the annotation of a ServiceAccount still holds a word or number from documentation, such as `ACCOUNT_ID`, `XXXXX` or account 123456789012.',
    why: 'There is no such role, so AWS refuses every call of the pods. Substitutions that a tool makes (`${…}`, `{{ … }}`) are not meant.',
    remedy:
      'Write the ARN of the role, as `aws iam get-role` shows it. Account 111122223333, which AWS documents with too, is not reported: examples and tests are made of it from end to end.',
    flags: EXAMPLE.replace('role/s3-reader', 'role/s3-reader-XXXXX'),
    passes: EXAMPLE,
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (kind !== 'ServiceAccount' || group !== '') return;
      const at = metadata.get('annotations', ROLE_ARN_ANNOTATION);
      const text = at.isPresent ? getLiteral(at) : undefined;
      if (text === undefined) return;
      const account = getAccount(text);
      const words = [...findLeftovers(text), ...(account !== undefined && SAMPLES.has(account) ? [account] : [])];
      if (words.length === 0) return;
      yield {
        at,
        span: getTextSpan(at),
        message: `${words.map((word) => `"${word}"`).join(', ')} stands for something that is not filled in: there is no such role.`,
      };
    },
  },
});
