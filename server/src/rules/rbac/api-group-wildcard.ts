import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { hasWildcard, isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { getResourcesNamed, splitResource } from '../../standards/api-resources';
import { toClusterRole, toRule } from './_example';
import { toListOperations } from './_lists';
import { toReach } from './_reach';
import { describeRole, findNamed, toQuotedList } from './_words';

export default defineRule({
  id: 'api-group-wildcard',
  category: 'rbac',
  title: 'Wildcard API group in a role',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.3', 'k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule of a Role or ClusterRole names resources in every API group (`*`).',
    why: 'Names of resources are only unique within their group. The rule also covers the resource of the same name that any custom resource definition or aggregated API brings, today or later.',
    remedy:
      'Write the group in which the resources live: the empty text for Pods, Services and Secrets, `apps` for Deployments, `batch` for Jobs. The fix writes the groups of the built-in resources of these names. Where the resources are a wildcard too, resource-wildcard or cluster-admin-equivalent reports the rule instead.',
    flags: toClusterRole(toRule('*', 'deployments, jobs', 'get, list')),
    passes: toClusterRole(toRule('apps', 'deployments', 'get, list'), toRule('batch', 'jobs', 'get, list')),
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource) || hasWildcard(rule, 'resources')) return;
      const [at] = findNamed(rule.apiGroups, ['*']);
      const resources = toStrings(rule.resources);
      // `*/scale` of every group is one thing said twice: subresource-wildcard reports it.
      if (!at || resources.every((name) => name.startsWith('*/'))) return;
      yield {
        at,
        ...toReach(rule, context, 'warning'),
        message: `${describeRole(rule)} names ${toQuotedList(resources)} in every API group, not only in the one where they live.`,
        fixes: toFixes(rule, resources),
      };
    },
  },
});

function toFixes(rule: PolicyRule, resources: readonly string[]): Fix[] {
  if (resources.length !== rule.resources.length) return [];
  const groups = resources.map((name) =>
    getResourcesNamed(splitResource(name).resource)
      .filter(({ kind }) => kind !== '')
      .map(({ group }) => group),
  );
  if (groups.some((list) => list.length === 0)) return [];
  const value = [...new Set(groups.flat())].sort();
  const words = value.map((group) => (group === '' ? '"" (core)' : group)).join(', ');
  return [
    {
      title: `Name the API ${value.length > 1 ? 'groups' : 'group'}: ${words}`,
      safety: 'unsafe',
      operations: toListOperations(rule.ref.get('apiGroups'), value),
    },
  ];
}
