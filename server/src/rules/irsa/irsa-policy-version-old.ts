import { defineRule } from '../../engine/rule';
import { isTerraform } from '../../syntax/hcl/values';
import { toExactPolicyExample } from './_examples';
import { getTextSpan } from './_span';

const CURRENT = '2012-10-17';
const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-policy-version-old',
  category: 'irsa',
  title: 'Trust policy in the old policy language',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/iam-policy-version', 'aws/access-analyzer-checks'],
  docs: {
    what: `A trust policy has no \`Version\`, or the one of 2008.`,
    why: `Without \`Version\` AWS reads a policy in the language of 2008, in which variables such as \`\${aws:PrincipalTag/team}\` are plain text: a condition with one never holds, or holds for the wrong text.`,
    remedy: `Write \`"Version": "${CURRENT}"\`. It is a fixed word, not the date of the policy.`,
    flags: EXACT.replace(CURRENT, '2008-10-17'),
    passes: EXACT,
  },
  visit: {
    *trustPolicy({ root, statements }) {
      // Terraform writes the version into the documents that its blocks stand for.
      if (isTerraform(root.tree) && root.path[0] !== 'resource') return;
      if (!statements.some(({ issuer }) => issuer === 'kubernetes')) return;
      const at = root.get('Version');
      if (at.isUnknown || (at.isWritten && at.scalar?.text !== '2008-10-17')) return;
      yield {
        at,
        ...(at.isWritten && { span: getTextSpan(at) }),
        message: at.isWritten
          ? `Version "2008-10-17" is the old policy language, in which variables are plain text; the current one is "${CURRENT}".`
          : `A policy without Version is read in the language of 2008, in which variables are plain text; the current one is "${CURRENT}".`,
        fixes: [{ title: `Set Version: ${CURRENT}`, safety: 'safe', operations: [{ op: 'set', at, value: CURRENT }] }],
      };
    },
  },
});
