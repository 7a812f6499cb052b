import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { getResourcesOfGroup, isBuiltInGroup, splitResource } from '../../standards/api-resources';
import type { Ref } from '../../syntax/ref';
import { isDangerous } from './_dangers';
import { toClusterRole, toRule } from './_example';
import { describeRole } from './_words';

// Each of these is reported by a rule of its own when it is named.
const DANGEROUS = ['exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers', 'token', 'approval'];

export default defineRule({
  id: 'subresource-wildcard',
  category: 'rbac',
  title: 'Wildcard around a subresource',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.3', 'k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule names a subresource with a wildcard: `*/scale`, or `pods/*`.',
    why: '`*/scale` is that subresource of every resource in the groups of the rule. `pods/*` looks like every subresource of pods, but RBAC knows no wildcard behind the slash: it grants nothing, and hides that the rights are missing until somebody "repairs" it with something broader.',
    remedy:
      'Name resource and subresource: `deployments/scale`, `pods/log`. The fix writes those that exist in the groups of the rule, and leaves out the ones that let their holder run commands or get tokens (`exec`, `attach`, `portforward`, `proxy`, `ephemeralcontainers`, `token`, `approval`).',
    flags: toClusterRole(toRule('apps', '"*/scale"', 'get, update')),
    passes: toClusterRole(toRule('apps', 'deployments/scale, statefulsets/scale', 'get, update')),
  },
  visit: {
    *policyRule(rule) {
      if (!isAuthoredRole(rule.resource)) return;
      for (const at of rule.resources) {
        const text = at.isPresent ? (at.string ?? '') : '';
        const { resource, subresource } = splitResource(text);
        if (subresource === undefined || (resource !== '*' && subresource !== '*')) continue;
        yield {
          at,
          message:
            subresource === '*'
              ? `${describeRole(rule)} names "${text}", which grants nothing: RBAC knows no wildcard behind the slash.`
              : `${describeRole(rule)} grants "${subresource}" of every resource ("${text}").`,
          fixes: toFixes(rule, at, resource, subresource),
        };
      }
    },
  },
});

function toFixes(rule: PolicyRule, at: Ref, resource: string, subresource: string): Fix[] {
  const groups = toStrings(rule.apiGroups);
  if (groups.length !== rule.apiGroups.length || groups.length === 0 || !groups.every(isBuiltInGroup)) return [];
  const names = groups
    .flatMap(getResourcesOfGroup)
    .filter((one) => resource === '*' || one.resource === resource)
    .flatMap((one) => Object.keys(one.subresources).map((sub) => ({ sub, name: `${one.resource}/${sub}` })))
    .filter(({ sub }) => (subresource === '*' || sub === subresource) && !DANGEROUS.includes(sub))
    .map(({ name }) => name)
    .filter((name) => !groups.some((group) => isDangerous(group, name, toStrings(rule.verbs))));
  const [first, ...rest] = names.filter((name) => !toStrings(rule.resources).includes(name));
  if (first === undefined) return [];
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
