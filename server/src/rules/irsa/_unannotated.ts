import type { Fix } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getAccount, getPartition } from '../../model/iam/arn';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { type Subject, toSubject } from '../../model/iam/subject';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';

type Account = Known<ServiceAccountFact>;

/** The ServiceAccount of a subject that surely has no role; undefined where there is none, or where anything may give it one. */
export function findUnannotated(subject: Subject, { workspace }: RuleContext): Account | undefined {
  const { namespace, name } = subject;
  const own = workspace.find('service-account', namespace).filter(({ value }) => value.name === name);
  const [first] = own;
  if (!first?.value.isNamespaceWritten || own.some(({ value }) => !value.isRoleAbsent)) return undefined;
  return workspace.find('pod-identity', toSubject(subject)).length > 0 ? undefined : first;
}

/** Annotates the account, where the ARN of the role is written or follows from its name and the account of its provider. */
export function toAnnotationFixes({ value, place }: Account, statement: TrustStatement, context: RuleContext): Fix[] {
  const arn = getArnOfRole(statement);
  if (arn === undefined || hasPlaceholder(arn)) return [];
  // Another account of this name and namespace would be annotated no less; which of them is used is not known here.
  const own = context.workspace
    .find('service-account', value.namespace)
    .filter((other) => other.value.name === value.name);
  if (own.length > 1) return [];
  const at = { document: place.document, path: [...place.path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] };
  const title = `Annotate ServiceAccount "${value.name}" with ${arn}`;
  return [{ title, safety: 'unsafe', operations: [{ op: 'set', at, value: arn }] }];
}

/** The ARN of a statement's role; where it is not written, a role has the account and partition of the provider that it trusts. */
export function getArnOfRole({ policy, federated }: TrustStatement): string | undefined {
  if (policy.roleArn !== undefined) return policy.roleArn;
  const [provider] = federated.map((at) => getLiteral(at));
  const [account, partition] = [getAccount(provider), getPartition(provider)];
  const { roleName, rolePath } = policy;
  if (roleName === undefined || rolePath === undefined || account === undefined || partition === undefined)
    return undefined;
  return `arn:${partition}:iam::${account}:role${rolePath}${roleName}`;
}
