import type { Ref } from '../../syntax/ref';
import { isNamingOperator } from '../iam/operator';
import { getLiteral, hasPlaceholder } from '../iam/placeholder';
import { listAssociations } from '../iam/pod-identity-facts';
import { hasWildcard } from '../iam/subject';
import type { TrustPolicy, TrustStatement } from '../iam/trust-policy';
import type { Resource } from '../kubernetes/resource';

/** A scalar that names a ServiceAccount for EKS Pod Identity. */
export interface PodIdentityAccount {
  readonly ref: Ref;
  /** As written; undefined where it is not known, or left open. */
  readonly namespace: string | undefined;
}

// Keys of conditions are compared without regard to case.
const ACCOUNT_TAG = /^aws:(?:request|principal)tag\/kubernetes-service-account$/i;
const NAMESPACE_TAG = /^aws:(?:request|principal)tag\/kubernetes-namespace$/i;

/** The accounts that associations and the conditions of trust policies name by themselves. */
export function readPodIdentityAccounts(
  root: Ref | undefined,
  resources: readonly Resource[],
  policies: readonly TrustPolicy[],
): PodIdentityAccount[] {
  const associations = root ? listAssociations(root, resources) : [];
  const found = [
    ...associations.map(({ account, namespace }) => ({ ref: account, namespace: toKnown(namespace) })),
    ...policies.flatMap(({ statements }) => statements.flatMap(readConditions)),
  ];
  // The default of several associations of a module is written once.
  const seen = new Set<string>();
  return found.filter(({ ref }) => {
    const key = JSON.stringify(ref.path);
    const isNew = toKnown(ref) !== undefined && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function readConditions({ conditions }: TrustStatement): PodIdentityAccount[] {
  const of = (pattern: RegExp) =>
    conditions.flatMap(({ key, parsed, values }) => (pattern.test(key) && isNamingOperator(parsed) ? values : []));
  const [namespace, ...others] = of(NAMESPACE_TAG);
  const home = namespace && others.length === 0 ? toKnown(namespace) : undefined;
  return of(ACCOUNT_TAG).map((ref) => ({ ref, namespace: home }));
}

function toKnown(ref: Ref): string | undefined {
  const text = getLiteral(ref);
  return text === undefined || text === '' || hasPlaceholder(text) || hasWildcard(text) ? undefined : text;
}
