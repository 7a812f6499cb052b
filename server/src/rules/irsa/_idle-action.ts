import type { Report } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import type { TrustStatement } from '../../model/iam/trust-policy';
import { getTextSpan } from './_span';

/** The one action by which a web identity takes on a role. */
export const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** What principals of other kinds take on roles by. */
const IDLE = /^sts:AssumeRole(?:WithSAML)?$/i;

/** Ways of taking on a role that no bearer of a web identity has, beside the one that they have: nothing comes of them. */
export function* findIdle(
  { actions, otherPrincipals, ref }: TrustStatement,
  texts: readonly string[],
): Iterable<Report> {
  const at = actions.find((_, index) => IDLE.test(texts[index] ?? ''));
  if (!at || otherPrincipals.length > 0 || !ref.get('Action').isSequence) return;
  yield {
    at,
    span: getTextSpan(at),
    severity: 'info',
    message: `"${getLiteral(at)}" lets nobody in here: a bearer of a token takes on a role by ${ACTION} alone.`,
    fixes: [{ title: 'Remove the action', safety: 'safe', operations: [{ op: 'remove', at }] }],
  };
}
