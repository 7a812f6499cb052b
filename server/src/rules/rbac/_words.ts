import type { PolicyRule } from '../../model/kubernetes/rbac';
import { isNarrowed, toStrings } from '../../model/kubernetes/rbac';
import { describeResource } from '../../model/kubernetes/resource';
import { splitResource } from '../../standards/api-resources';
import type { Ref } from '../../syntax/ref';

const MAX_NAMED = 4;

/** `"a", "b" and "c"`; a long list is cut short. */
export function toQuotedList(names: readonly string[]): string {
  // "and 1 more" takes as much room as the name.
  const isCut = names.length > MAX_NAMED + 1;
  const quoted = (isCut ? names.slice(0, MAX_NAMED) : names).map((name) => `"${name}"`);
  if (isCut) quoted.push(`${names.length - MAX_NAMED} more`);
  const last = quoted.pop() ?? '';
  return quoted.length > 0 ? `${quoted.join(', ')} and ${last}` : last;
}

/** `Role "deployer"`, as the beginning of a sentence. */
export function describeRole(rule: PolicyRule): string {
  return describeResource(rule.resource);
}

/** What a resource is called in a rule: a subresource also with a wildcard in front of the slash. */
export function toNames(resource: string): readonly string[] {
  const { subresource } = splitResource(resource);
  return subresource === undefined ? [resource] : [resource, `*/${subresource}`];
}

/** The resource that is granted, behind the wildcard where it is granted by one. */
export function describeNamed({ string = '' }: Ref, resource: string): string {
  return string === resource ? `"${resource}"` : `"${string}", "${resource}" included`;
}

/** What a rule is about: `"deployments" of the group "apps"`, `every resource of every group`, `the URL "/metrics"`. */
export function describeObjects(rule: PolicyRule): string {
  const urls = toStrings(rule.nonResourceURLs);
  if (urls.length > 0 && rule.resources.length === 0) {
    if (urls.includes('*')) return 'every non-resource URL';
    return `the ${urls.length > 1 ? 'URLs' : 'URL'} ${toQuotedList(urls)}`;
  }
  const resources = toStrings(rule.resources);
  const what = resources.includes('*') ? 'every resource' : toQuotedList(resources);
  return `${what || 'its resources'} of ${describeGroups(rule)}${isNarrowed(rule) ? ` named ${toNameWords(rule)}` : ''}`;
}

/** The names in `resourceNames`, those that are filled in later as they are written. */
export function toNameWords(rule: PolicyRule): string {
  const names = rule.resourceNames.flatMap(({ string }) => string ?? []);
  return toQuotedList(names.length > 0 ? names : [rule.ref.get('resourceNames').string ?? '']);
}

/** `the core API group`, `the API group "apps"`, `every API group`. */
export function describeGroups(rule: PolicyRule): string {
  const groups = toStrings(rule.apiGroups);
  if (groups.includes('*')) return 'every API group';
  const [only] = groups;
  if (only === undefined) return 'its API groups';
  if (groups.length > 1) return `the API groups ${toQuotedList(groups)}`;
  return only === '' ? 'the core API group' : `the API group "${only}"`;
}

/** `every verb`, or the verbs by name. */
export function toVerbWords(verbs: readonly string[]): string {
  return verbs.includes('*') ? 'every verb' : toQuotedList(verbs);
}

/** Where a role's rights hold: in one namespace, or where its bindings say. */
export function describeScope({ resource }: PolicyRule): string {
  if (resource.kind === 'ClusterRole') return 'wherever the role is bound';
  return resource.namespace === undefined ? 'in its namespace' : `in namespace "${resource.namespace}"`;
}

/** The refs whose string is one of `names`. */
export function findNamed(refs: readonly Ref[], names: readonly string[]): Ref[] {
  return refs.filter((ref) => ref.isPresent && ref.string !== undefined && names.includes(ref.string));
}
