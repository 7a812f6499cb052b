// The built-in resources of the Kubernetes API and the verbs they serve: what an RBAC rule can name to some effect.
import { CONTROL_PLANE_RESOURCES } from './api-resources/control-plane';
import { CORE_RESOURCES } from './api-resources/core';
import { type ApiResource, STANDARD_VERBS, type StandardVerb } from './api-resources/types';
import { WORKLOAD_RESOURCES } from './api-resources/workloads';

export { type ApiResource, STANDARD_VERBS, type StandardVerb, type Subresources } from './api-resources/types';

/** Stands for every group, resource or verb in an RBAC rule. */
export const RBAC_WILDCARD = '*';

/** All built-in resources, group by group. */
export const API_RESOURCES: readonly ApiResource[] = [
  ...CORE_RESOURCES,
  ...WORKLOAD_RESOURCES,
  ...CONTROL_PLANE_RESOURCES,
];

const byGroup = toIndex(({ group }) => group);
const byPlural = toIndex(({ resource }) => resource);

/** Names of the built-in API groups; the core group is the empty text. */
export const API_GROUPS: readonly string[] = [...byGroup.keys()];

/** Whether a group is built in; resources of other groups are defined by CRDs or aggregated servers and stay unknown. */
export function isBuiltInGroup(group: string): boolean {
  return byGroup.has(group);
}

/** The resource of a group by its plural name, without a subresource; undefined when Kubernetes has none such. */
export function getApiResource(group: string, resource: string): ApiResource | undefined {
  return getResourcesNamed(resource).find((candidate) => candidate.group === group);
}

/** The resources of a group; none for a group that is not built in. */
export function getResourcesOfGroup(group: string): readonly ApiResource[] {
  return byGroup.get(group) ?? [];
}

/** The resources with a plural name, one for each group that has it (`events` is in two). */
export function getResourcesNamed(resource: string): readonly ApiResource[] {
  return byPlural.get(resource) ?? [];
}

/** The resources that people may mean by a kind (`Pod`), a singular (`pod`), a short name (`po`) or a plural in any case. */
export function getResourcesMeantBy(word: string): readonly ApiResource[] {
  const lower = word.toLowerCase();
  return API_RESOURCES.filter(
    ({ resource, kind, shortNames }) =>
      kind !== '' && (resource === lower || kind.toLowerCase() === lower || shortNames.includes(lower)),
  );
}

/** The two parts of a resource as RBAC rules write it: `pods/log` is `pods` and `log`. */
export function splitResource(text: string): { readonly resource: string; readonly subresource: string | undefined } {
  const slash = text.indexOf('/');
  if (slash < 0) return { resource: text, subresource: undefined };
  return { resource: text.slice(0, slash), subresource: text.slice(slash + 1) };
}

/**
 * The standard verbs that have an effect on `resource` or `resource/subresource` of a group, in the order of
 * `STANDARD_VERBS`. `*` behind the slash is every subresource of the resource; before it, every resource of the group that
 * has the subresource. Undefined when the group is not built in or has no such resource or subresource, and for `*`.
 */
export function getResourceVerbs(group: string, text: string): readonly StandardVerb[] | undefined {
  const { resource, subresource } = splitResource(text);
  if (resource === RBAC_WILDCARD) {
    if (subresource === undefined || subresource === RBAC_WILDCARD) return undefined;
    const verbs = getResourcesOfGroup(group).flatMap((one) => getSubresourceVerbs(one, subresource) ?? []);
    return verbs.length > 0 ? sortVerbs(verbs) : undefined;
  }
  const known = getApiResource(group, resource);
  if (known === undefined || subresource === undefined) return known?.verbs;
  return getSubresourceVerbs(known, subresource);
}

function getSubresourceVerbs(resource: ApiResource, subresource: string): readonly StandardVerb[] | undefined {
  const { subresources, versions } = resource;
  if (subresource === RBAC_WILDCARD) return sortVerbs(Object.values(subresources).flat());
  if (Object.hasOwn(subresources, subresource)) return subresources[subresource];
  // Whoever names an owner that blocks its own deletion must be allowed to update the owner's finalizers; see
  // plugin/pkg/admission/gc. The name exists for that question only, and for every resource.
  if (subresource === 'finalizers' && versions.length > 0) return ['update'];
  // The subresources of `userextras` are the keys of the extra fields, which no table can list.
  return versions.length === 0 ? [] : undefined;
}

/**
 * The standard verbs that an RBAC rule with these `apiGroups` and `resources` can grant to some effect: the union over
 * every resource in every group that has it. All eight as soon as one resource may be one that is not known here (a
 * group that is not built in, a name of no built-in resource, or `*` in either list). Never a special verb.
 */
export function getSupportedVerbs(apiGroups: readonly string[], resources: readonly string[]): readonly StandardVerb[] {
  if (!apiGroups.every(isBuiltInGroup)) return STANDARD_VERBS;
  const verbs: StandardVerb[] = [];
  for (const resource of resources) {
    const known = apiGroups.flatMap((group) => {
      const served = getResourceVerbs(group, resource);
      return served === undefined ? [] : [served];
    });
    if (known.length === 0) return STANDARD_VERBS;
    verbs.push(...known.flat());
  }
  return sortVerbs(verbs);
}

function sortVerbs(verbs: readonly StandardVerb[]): readonly StandardVerb[] {
  return STANDARD_VERBS.filter((verb) => verbs.includes(verb));
}

function toIndex(getKey: (resource: ApiResource) => string): ReadonlyMap<string, readonly ApiResource[]> {
  const index = new Map<string, ApiResource[]>();
  for (const resource of API_RESOURCES) {
    const key = getKey(resource);
    const entries = index.get(key);
    if (entries === undefined) index.set(key, [resource]);
    else entries.push(resource);
  }
  return index;
}
