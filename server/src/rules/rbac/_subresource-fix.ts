import type { Fix } from '../../engine/operation';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { getResourcesOfGroup, isBuiltInGroup, splitResource } from '../../standards/api-resources';
import type { Ref } from '../../syntax/ref';
import { isDangerous } from './_dangers';

// Each of these is reported by a rule of its own when it is named.
const DANGEROUS = ['exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers', 'token', 'approval'];
// A longer list is no choice that anybody reads.
const MAX_NAMES = 10;

/** Names the subresources that a wildcard around one stands for, as far as they exist, do anything with the verbs and are harmless. */
export function toSubresourceFixes(rule: PolicyRule, at: Ref): Fix[] {
  const { resource, subresource } = splitResource(at.string ?? '');
  const [groups, verbs] = [toStrings(rule.apiGroups), toStrings(rule.verbs)];
  if (groups.length !== rule.apiGroups.length || groups.length === 0 || !groups.every(isBuiltInGroup)) return [];
  const names = groups
    .flatMap(getResourcesOfGroup)
    .filter((one) => resource === '*' || one.resource === resource)
    .flatMap(({ resource: name, subresources }) =>
      Object.entries(subresources).map(([sub, served]) => ({ sub, served, name: `${name}/${sub}` })),
    )
    .filter(({ served }) => verbs.includes('*') || served.some((verb) => verbs.includes(verb)))
    .filter(({ sub }) => (subresource === '*' || sub === subresource) && !DANGEROUS.includes(sub))
    .map(({ name }) => name)
    .filter((name) => !groups.some((group) => isDangerous(group, name, verbs)));
  const [first, ...rest] = names.filter((name) => !toStrings(rule.resources).includes(name));
  if (first === undefined || rest.length >= MAX_NAMES) return [];
  const list = rule.ref.get('resources');
  return [
    {
      title: `Name them: ${[first, ...rest].join(', ')}`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at, value: first },
        ...rest.map((value) => ({ op: 'append', at: list, value }) as const),
      ],
    },
  ];
}
