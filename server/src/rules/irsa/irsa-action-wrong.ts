import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import type { TrustStatement } from '../../model/iam/trust-policy';
import { isLike } from '../../model/iam/wildcard';
import { toExactPolicyExample } from './_examples';
import { ACTION, findIdle } from './_idle-action';
import { REFUSED } from './_near-account';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

const EXAMPLE = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-action-wrong',
  category: 'irsa',
  title: 'Action does not fit a federated principal',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/assume-role-with-web-identity', 'aws/access-analyzer-checks'],
  docs: {
    what: `A statement that trusts the provider of a cluster does not allow \`${ACTION}\`, or allows what no bearer of a token can use beside it.`,
    why: `Pods show a web identity token, and that is the only action by which such a token is taken. \`sts:AssumeRole\` is for principals inside AWS. The statement lets nobody in, and pods are refused with ${REFUSED}.`,
    remedy: `Allow \`${ACTION}\`. Principals inside AWS that shall have the role too belong in a statement of their own, with \`sts:AssumeRole\`.`,
    flags: EXAMPLE.replace(ACTION, 'sts:AssumeRole'),
    passes: EXAMPLE,
  },
  visit: {
    *trustStatement(statement) {
      if (!isKubernetesGrant(statement) || !statement.isActionKnown || statement.federated.length === 0) return;
      const texts = statement.actions.map((action) => getLiteral(action) ?? '');
      if (texts.some((text) => isLike(text.toLowerCase(), ACTION.toLowerCase()))) {
        yield* findIdle(statement, texts);
        return;
      }
      const index = Math.max(
        0,
        texts.findIndex((text) => /^sts:AssumeRole/i.test(text)),
      );
      const at = statement.actions[index];
      if (!at) return;
      yield {
        at,
        span: getTextSpan(at),
        message: `A pod takes on a role by ${ACTION}; "${texts.join('", "')}" lets no token of the cluster in.`,
        fixes: [toFix(statement, index)],
      };
    },
  },
});

/** Another principal may need the action that is there, so it is then kept. */
function toFix(statement: TrustStatement, index: number): Fix {
  const written = statement.ref.get('Action');
  const at = statement.actions[index] ?? written;
  const isShared = statement.otherPrincipals.length > 0 || !/^sts:AssumeRole/i.test(getLiteral(at) ?? '');
  if (!isShared)
    return {
      title: `Change the action to ${ACTION}`,
      safety: 'unsafe',
      operations: [{ op: 'set', at, value: ACTION }],
    };
  const title = `Allow ${ACTION} too`;
  if (written.isSequence)
    return { title, safety: 'unsafe', operations: [{ op: 'append', at: written, value: ACTION }] };
  return { title, safety: 'unsafe', operations: [{ op: 'set', at: written, value: [getLiteral(at) ?? '', ACTION] }] };
}
