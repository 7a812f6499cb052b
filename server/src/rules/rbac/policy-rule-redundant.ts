import { defineRule } from '../../engine/rule';
import { getPolicyRules, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { toClusterRole, toRule } from './_example';
import { toNames } from './_grants';
import { describeObjects, describeRole } from './_words';

const LISTS = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const;

export default defineRule({
  id: 'policy-rule-redundant',
  category: 'rbac',
  title: 'Rule that another one holds',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A rule of a role grants nothing that another rule of the same role does not grant too.',
    why: 'Rules only add up. Whoever takes a right away from one of the two believes that it is gone, while the other still grants it.',
    remedy: 'Remove the narrower rule, or the wider one if it was not meant.',
    flags: toClusterRole(toRule('', 'services, endpoints', 'get, list, watch'), toRule('', 'services', 'get')),
    passes: toClusterRole(toRule('', 'services, endpoints', 'list, watch'), toRule('', 'services', 'get')),
  },
  visit: {
    *resource(resource) {
      const rules = getPolicyRules(resource);
      if (!isAuthoredRole(resource)) return;
      for (const [index, rule] of rules.entries()) {
        const wider = rules.findIndex(
          (other, at) => at !== index && isHeldBy(rule, other) && (at < index || !isHeldBy(other, rule)),
        );
        const holder = rules[wider];
        if (!holder) continue;
        const which = wider < index ? 'above' : 'below';
        yield {
          at: rule.ref,
          message: `${describeRole(rule)} grants the same on ${describeObjects(rule)} by a wider rule ${which}.`,
          fixes: [{ title: 'Remove the rule', safety: 'safe', operations: [{ op: 'remove', at: rule.ref }] }],
        };
      }
    },
  },
});

/** True when all that `rule` grants is granted by `other` too; false where one of them is not fully known. */
function isHeldBy(rule: PolicyRule, other: PolicyRule): boolean {
  if (![rule, other].every(isKnown)) return false;
  const names = toStrings(other.resourceNames);
  const isNamed = names.length > 0;
  if (isNamed && rule.resourceNames.length === 0) return false;
  if (isNamed && !toStrings(rule.resourceNames).every((name) => names.includes(name))) return false;
  return LISTS.every((list) => {
    const wide = toStrings(other[list]);
    const isHeld = (item: string) => (list === 'resources' ? toNames(item) : [item]).some((one) => wide.includes(one));
    return wide.includes('*') || toStrings(rule[list]).every(isHeld);
  });
}

function isKnown(rule: PolicyRule): boolean {
  const lists = [...LISTS, 'resourceNames'] as const;
  if (rule.verbs.length === 0) return false;
  return lists.every((list) => toStrings(rule[list]).length === rule[list].length && !rule.ref.get(list).isUnknown);
}
