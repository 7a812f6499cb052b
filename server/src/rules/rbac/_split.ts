import type { Fix } from '../../engine/operation';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import type { Ref } from '../../syntax/ref';
import { isDangerous } from './_dangers';
import { toRemovalFix } from './_grants';

/** Puts `create` into a rule without names, where that, once in force, is nothing that another rule reports. */
export function toSplitFixes(rule: PolicyRule, at: Ref, verb: string): Fix[] {
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
