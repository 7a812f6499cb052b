import type { RuleContext } from '../../engine/rule';
import { areKeysSubstituted, getTemplateNames } from '../../model/iam/cloudformation';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { getProviderOfArn, isSameProvider } from '../../model/iam/provider';
import { getRoleName, isFileOfRole, isSameRole } from '../../model/iam/role';
import type { TrustCondition, TrustPolicy, TrustStatement } from '../../model/iam/trust-policy';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import { isTerraform } from '../../syntax/hcl/values';

/** The audience of the tokens that EKS gives to pods, in every partition. */
export const STS_AUDIENCE = 'sts.amazonaws.com';

/** True for a statement that lets in tokens of Kubernetes service accounts; those of other providers are left alone. */
export function isKubernetesGrant({ effect, issuer }: TrustStatement): boolean {
  return effect === 'Allow' && issuer === 'kubernetes';
}

/** True for a statement that a module of Terraform makes of its inputs: what is not among these is not written anywhere. */
export function isOfModule({ policy: { root } }: TrustStatement): boolean {
  return isTerraform(root.tree) && root.path[0] === 'module';
}

/** The only provider of a statement, placeholders included; undefined where there are several or it cannot be read. */
export function getOnlyProvider({ providers }: TrustStatement): string | undefined {
  return providers.length === 1 ? providers[0] : undefined;
}

/** The provider that a key means, without what people leave in front of it or behind it. */
export function normalizeProvider(provider: string): string {
  const bare = getProviderOfArn(provider) ?? provider;
  return bare
    .replace(/^(https?:)?\/\//i, '')
    .replace(/^oidc-provider\//, '')
    .replace(/\/+$/, '');
}

/** The key under which AWS looks for a claim: in the cluster's own name where the statement trusts just one cluster. */
export function toKey(statement: TrustStatement, claim: 'sub' | 'aud', written?: TrustCondition): string | undefined {
  const only = getOnlyProvider(statement);
  const provider = written && normalizeProvider(written.provider);
  if (provider && (only === undefined || isSameProvider(provider, only) !== false)) return `${provider}:${claim}`;
  if (only === undefined || (hasPlaceholder(only) && !canHoldPlaceholders(statement))) return undefined;
  return `${only}:${claim}`;
}

/** False for the keys of a CloudFormation template, in which nothing is filled in. */
function canHoldPlaceholders({ ref, policy }: TrustStatement): boolean {
  return !getTemplateNames(ref) || areKeysSubstituted(policy.root);
}

/** The key for a claim that the statement does not ask for yet, written as its other keys are. */
export function toNewKey(statement: TrustStatement, claim: 'sub' | 'aud'): string | undefined {
  const model = statement.conditions.find(
    ({ provider, claim: other }) => provider !== '' && (other === 'sub' || other === 'aud'),
  );
  return toKey(statement, claim, model);
}

/** A value for a new key: a list where the notation has only lists, as the `values` of Terraform's policy documents. */
export function toNewValue({ ref, conditions }: TrustStatement, texts: readonly string[]): string | readonly string[] {
  const [only, ...others] = texts;
  const isList = isTerraform(ref.tree) && conditions.every(({ ref: value }) => value.isSequence);
  return only !== undefined && others.length === 0 && !isList ? only : texts;
}

/** True when a value is the subject of a service account, be it under the right key or not. */
export function isSubjectText(text: string | undefined): boolean {
  return text !== undefined && /^system:serviceaccounts?:/i.test(text);
}

/** The texts of a condition's values; undefined where one of them is not known. */
export function getKnownValues(condition: TrustCondition): string[] | undefined {
  const texts = condition.values.map((value) => getLiteral(value));
  return texts.every((text): text is string => text !== undefined && !hasPlaceholder(text)) ? texts : undefined;
}

/** The accounts that are annotated with the role of a policy, where its file or the file's name says whose it is. */
export function findAccountsOfRole(policy: TrustPolicy, context: RuleContext): ServiceAccountFact[] {
  return findKnownAccountsOfRole(policy, context).map(({ value }) => value);
}

/** The same accounts with their places. */
export function findKnownAccountsOfRole(
  policy: TrustPolicy,
  { workspace, uri, settings }: RuleContext,
): Known<ServiceAccountFact>[] {
  const configured = settings.irsaRoles ?? {};
  const isOfPolicy = ({ roleArn, isNamespaceWritten }: ServiceAccountFact): boolean => {
    if (roleArn === undefined || !isNamespaceWritten) return false;
    if (policy.roleArn !== undefined) return isSameRole(policy.roleArn, roleArn);
    const name = getRoleName(roleArn);
    if (configured[roleArn] !== undefined)
      return configured[roleArn] === uri && (policy.roleName === undefined || policy.roleName === name);
    if (name === undefined) return false;
    return policy.roleName === undefined ? isFileOfRole(uri, name) : policy.roleName === name;
  };
  return workspace.all('service-account').filter(({ value }) => isOfPolicy(value));
}
