import type { Report, RuleContext } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { hasPlaceholder } from '../../model/iam/placeholder';
import { findRolePolicies } from '../../model/iam/role-policies';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { DefaultAccount } from './_dedicated-account';
import { getArnOfRole } from './_unannotated';

/**
 * The `default` account of a namespace as far as it has the role of a statement. Undefined where it has another role, where that is
 * not known, or where the role's ARN is not.
 */
export function findDefaultAccount(
  namespace: string,
  statement: TrustStatement,
  { workspace, document, settings }: RuleContext,
): (DefaultAccount & Pick<Report, 'related'>) | undefined {
  const [found, ...others] = workspace
    .find('service-account', namespace)
    .filter(({ value }) => value.name === 'default' && value.isNamespaceWritten);
  if (others.length > 0 || found?.place.path.includes('serviceAccounts')) return undefined;
  const { value, place: object } = found ?? {};
  if (!value || !object || value.isRoleAbsent) {
    const roleArn = getArnOfRole(statement);
    if (roleArn === undefined || hasPlaceholder(roleArn)) return undefined;
    return { namespace, roleArn, ...(object && { object }) };
  }
  const { roleArn } = value;
  const policies = findRolePolicies(value, workspace.all('trust-policy'), settings.irsaRoles);
  const own = statement.policy.root.path.join('/');
  const isOwn = policies.some(({ place }) => place.document === document && place.path.join('/') === own);
  if (roleArn === undefined || !isOwn) return undefined;
  const annotation = { ...object, path: [...object.path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] };
  const related = [{ place: annotation, message: 'This account has the role' }];
  return { namespace, roleArn, object, annotation, related };
}
