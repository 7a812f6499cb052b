import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import type { Ref } from '../../syntax/ref';
import { isDangerous } from './_dangers';
import { isGrantedElsewhere } from './_elsewhere';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { describeRole, findNamed, toQuotedList } from './_words';

const REASONS: Readonly<Record<string, string>> = {
  create: 'the name of an object that is being made is not in the request',
  deletecollection: 'a request for all objects carries no name',
};

export default defineRule({
  id: 'resource-names-ineffective',
  category: 'rbac',
  title: 'Verb that names do not reach',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A rule with `resourceNames` grants `create` or `deletecollection`.',
    why: 'These requests carry no name that could be compared, so the rule never matches them: it grants nothing for these verbs. A leader election with such a rule cannot make its Lease and fails on the first day, or only in a new cluster.',
    remedy:
      'Put the verb into a rule of its own without `resourceNames`, for the same resource, or remove it. Server-side apply, which makes an object under a name that is in the URL, is the exception that does match. `list` and `watch` match too, but only for clients that ask with a field selector on `metadata.name`. Where another rule of the role grants the verb anyway, this is a note.',
    flags: toClusterRole(toRule('coordination.k8s.io', 'leases', 'get, update, create', 'leader')),
    passes: toClusterRole(
      toRule('coordination.k8s.io', 'leases', 'get, update', 'leader'),
      toRule('coordination.k8s.io', 'leases', 'create'),
    ),
  },
  visit: {
    *policyRule(rule) {
      if (rule.resourceNames.length === 0 || !isAuthoredRole(rule.resource)) return;
      // Behind a subresource the name is in the URL: `create` on `serviceaccounts/token` can be narrowed.
      if (toStrings(rule.resources).every((name) => name.includes('/'))) return;
      for (const at of findNamed(rule.verbs, Object.keys(REASONS))) {
        const verb = at.string ?? '';
        const isElsewhere = isCovered(rule, verb);
        yield {
          at,
          ...(isElsewhere && { severity: 'info' }),
          message: `${describeRole(rule)} grants "${verb}" on objects named ${toQuotedList(toStrings(rule.resourceNames))}, which matches nothing: ${REASONS[verb]}.${isElsewhere ? ' Another rule of the role grants it on all of them.' : ''}`,
          fixes: [...(isElsewhere ? [] : toSplitFixes(rule, at, verb)), toRemovalFix(rule, 'verbs', [at])],
        };
      }
    },
  },
});

function isCovered(rule: PolicyRule, verb: string): boolean {
  const [groups, resources] = [toStrings(rule.apiGroups), toStrings(rule.resources)];
  if (groups.length === 0 || resources.length === 0) return false;
  return groups.every((group) => resources.every((resource) => isGrantedElsewhere(rule, group, resource, [verb])));
}

/** Offered where the verb, once in force, is nothing that another rule reports. */
function toSplitFixes(rule: PolicyRule, at: Ref, verb: string): Fix[] {
  const [groups, resources] = [toStrings(rule.apiGroups), toStrings(rule.resources)];
  const isKnown = groups.length === rule.apiGroups.length && resources.length === rule.resources.length;
  const isReported = groups.some((group) => resources.some((resource) => isDangerous(group, resource, [verb])));
  if (!isKnown || isReported || verb !== 'create' || groups.includes('*') || resources.includes('*')) return [];
  const rules = rule.ref.parent;
  if (!rules) return [];
  return [
    {
      title: `Grant ${verb} in a rule of its own`,
      safety: 'unsafe',
      operations: [
        ...toRemovalFix(rule, 'verbs', [at]).operations,
        { op: 'append', at: rules, value: { apiGroups: groups, resources, verbs: [verb] } },
      ],
    },
  ];
}
