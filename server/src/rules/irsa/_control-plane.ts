import type { Fix } from '../../engine/operation';
import type { Report, RuleContext } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import { type Subject, toSubject } from '../../model/iam/subject';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { CONTROL_PLANE_NAMESPACE, CONTROLLER_ACCOUNTS, NETWORK_ACCOUNTS } from '../../standards/control-plane-accounts';
import type { Ref } from '../../syntax/ref';
import { findAccountsOfRole } from './_statement';

/** What is to be said of a subject that is one of the control plane's; undefined for others, and where someone here gave it a role. */
export function judgeControlPlane(
  { namespace, name }: Subject,
  at: Ref,
  condition: TrustCondition,
  statement: TrustStatement,
  context: RuleContext,
): Pick<Report, 'message' | 'fixes'> | undefined {
  const isController = CONTROLLER_ACCOUNTS.has(name);
  if (namespace !== CONTROL_PLANE_NAMESPACE || (!isController && !NETWORK_ACCOUNTS.has(name))) return undefined;
  const { workspace } = context;
  const own = workspace.find('service-account', namespace).filter(({ value }) => value.name === name);
  const isMeant = own.some(({ value }) => !value.isRoleAbsent);
  if (isMeant || workspace.find('pod-identity', toSubject({ namespace, name })).length > 0) return undefined;
  const what = isController
    ? `"${name}" of "${namespace}" is an account of the cluster's own controllers, as which no pod runs`
    : `"${name}" of "${namespace}" runs the cluster's own network, which calls nothing of AWS`;
  return {
    message: `${what}: nothing needs this role by that name, and whoever may create pods in "${namespace}" can take it on.`,
    fixes: toFixes(at, condition, findAccountsOfRole(statement.policy, context)),
  };
}

/** Names the only account that has the role, or takes the subject out of a list that names it already. */
function toFixes(at: Ref, { ref, values }: TrustCondition, [meant, ...others]: readonly Subject[]): Fix[] {
  if (!meant || others.length > 0) return [];
  const value = toSubject(meant);
  if (!values.some((one) => getLiteral(one) === value)) {
    const title = `Change the subject to "${value}"`;
    return [{ title, safety: 'unsafe', operations: [{ op: 'set', at, value }] }];
  }
  if (!ref.isSequence) return [];
  return [{ title: `Remove it: "${value}" is listed`, safety: 'unsafe', operations: [{ op: 'remove', at }] }];
}
