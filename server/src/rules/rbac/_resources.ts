import type { RuleContext } from '../../engine/rule';
import { isTypo } from '../../model/iam/near';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import type { CustomResourceFact } from '../../model/workspace/rbac-topics';
import {
  API_GROUPS,
  API_RESOURCES,
  getApiResource,
  getResourcesMeantBy,
  getResourcesNamed,
  getResourcesOfGroup,
  isBuiltInGroup,
} from '../../standards/api-resources';

/** A resource as far as a rule of a role can name it, built in or of a definition in the workspace. */
export interface NamedResource {
  readonly group: string;
  readonly resource: string;
  /** Undefined where the definition does not say it. */
  readonly namespaced: boolean | undefined;
}

// Groups and resources that Kubernetes served once; they do no harm beside their successors.
const RETIRED_GROUPS: readonly string[] = ['extensions'];
const RETIRED_RESOURCES: readonly string[] = ['podsecuritypolicies'];

/** True for a group all of whose resources are known here: what is not in the table is not there. */
export function isClosedGroup(group: string): boolean {
  return isBuiltInGroup(group) || isRetiredGroup(group);
}

/** True for a group that releases before 1.22 served. */
export function isRetiredGroup(group: string): boolean {
  return RETIRED_GROUPS.includes(group);
}

/** True for the name of a resource that releases before 1.30 served. */
export function isRetired(resource: string): boolean {
  return RETIRED_RESOURCES.includes(resource);
}

/** `pods/log` for `pods/logs`: the subresource by nearly the name of one that a built-in resource does not have. */
export function findNearSubresource(groups: readonly string[], resource: string, word: string): string | undefined {
  const lower = word.toLowerCase();
  const names = groups.flatMap((group) => Object.keys(getApiResource(group, resource)?.subresources ?? {}));
  const near = names.find(
    (name) => lower === name || lower === `${name}s` || `${lower}s` === name || isTypo(lower, name),
  );
  return near && `${resource}/${near}`;
}

/** The groups of a rule; undefined where one is a wildcard or not known here, so that anything may be meant. */
export function getGroups(rule: PolicyRule): readonly string[] | undefined {
  const groups = toStrings(rule.apiGroups);
  const isKnown = groups.length > 0 && groups.length === rule.apiGroups.length && !groups.includes('*');
  return isKnown ? groups : undefined;
}

/** The resource of a group by its plural name. */
export function findResource(
  group: string,
  resource: string,
  { workspace }: Pick<RuleContext, 'workspace'>,
): NamedResource | undefined {
  const known = getApiResource(group, resource);
  if (known) return known;
  const custom = workspace.find('custom-resource', group).find(({ value }) => value.plural === resource);
  return custom && toNamed(custom.value);
}

/** The resources of other groups that have this very name, definitions of the workspace included. */
export function findElsewhere(resource: string, context: Pick<RuleContext, 'workspace'>): readonly NamedResource[] {
  const known = getResourcesNamed(resource);
  return known.length > 0 ? known : findCustom(resource, context);
}

/** The resource that is most likely meant by a word that is none: a kind, a singular, a short name or a slip of the pen. */
export function findMeant(
  word: string,
  groups: readonly string[],
  context: Pick<RuleContext, 'workspace'>,
): NamedResource | undefined {
  const meant = getResourcesMeantBy(word);
  const custom = groups.flatMap((group) =>
    context.workspace.find('custom-resource', group).filter(({ value }) => isMeant(value, word)),
  );
  const inGroups = meant.find(({ group }) => groups.includes(group)) ?? (custom[0] && toNamed(custom[0].value));
  if (inGroups) return inGroups;
  const typo = groups
    .flatMap(getResourcesOfGroup)
    .find(({ resource, kind }) => kind !== '' && isTypo(word.toLowerCase(), resource));
  // A name of another group is only meant where nothing of the groups written can be.
  return typo ?? (groups.every(isClosedGroup) ? (meant[0] ?? findTypoAnywhere(word)) : undefined);
}

/** The group that is meant by one that is none: with a version behind it, `core`, or a slip of the pen. */
export function findMeantGroup(group: string): string | undefined {
  const [base = '', version] = group.split('/');
  if (version !== undefined) return base === 'core' ? '' : base;
  if (group === 'core' || group === 'v1') return '';
  return API_GROUPS.find((known) => known !== '' && known !== group && isTypo(group, known));
}

function findTypoAnywhere(word: string): NamedResource | undefined {
  return API_RESOURCES.find(({ resource, kind }) => kind !== '' && isTypo(word.toLowerCase(), resource));
}

function findCustom(resource: string, { workspace }: Pick<RuleContext, 'workspace'>): readonly NamedResource[] {
  const byPlural = workspace.conclude('rbac/custom-resources-by-plural', (asked) => {
    const found = new Map<string, NamedResource[]>();
    for (const { value } of asked.all('custom-resource')) {
      found.set(value.plural, [...(found.get(value.plural) ?? []), toNamed(value)]);
    }
    return found;
  });
  return byPlural.get(resource) ?? [];
}

function isMeant({ plural, singular, kind, shortNames }: CustomResourceFact, word: string): boolean {
  const lower = word.toLowerCase();
  if (lower === plural || lower === singular || lower === kind?.toLowerCase() || shortNames.includes(lower))
    return true;
  return isTypo(lower, plural);
}

const toNamed = ({ group, plural, isNamespaced }: CustomResourceFact): NamedResource => ({
  group,
  resource: plural,
  namespaced: isNamespaced,
});
