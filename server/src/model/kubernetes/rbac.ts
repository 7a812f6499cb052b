import type { Ref } from '../../syntax/ref';
import type { Resource } from './resource';

/** One entry of `rules` of a Role or ClusterRole. */
export interface PolicyRule {
  readonly resource: Resource;
  readonly ref: Ref;
  readonly apiGroups: readonly Ref[];
  readonly resources: readonly Ref[];
  readonly verbs: readonly Ref[];
  readonly resourceNames: readonly Ref[];
  readonly nonResourceURLs: readonly Ref[];
}

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** The rules of a Role or ClusterRole, in order; none for other objects. */
export function getPolicyRules(resource: Resource): PolicyRule[] {
  if (resource.group !== RBAC_GROUP || (resource.kind !== 'Role' && resource.kind !== 'ClusterRole')) return [];
  return resource.root
    .get('rules')
    .items()
    .filter((ref) => ref.isMapping)
    .map((ref) => ({
      resource,
      ref,
      apiGroups: ref.get('apiGroups').items(),
      resources: ref.get('resources').items(),
      verbs: ref.get('verbs').items(),
      resourceNames: ref.get('resourceNames').items(),
      nonResourceURLs: ref.get('nonResourceURLs').items(),
    }));
}

/** The known strings among refs. */
export function toStrings(refs: readonly Ref[]): string[] {
  return refs.flatMap((ref) => (ref.isPresent && ref.string !== undefined ? [ref.string] : []));
}

/** True when `resourceNames` keeps the rule to objects that are named, or may do so by what is filled in later. */
export function isNarrowed(rule: PolicyRule): boolean {
  return rule.resourceNames.length > 0 || rule.ref.get('resourceNames').isUnknown;
}
