import { defineRule } from '../../engine/rule';
import { getPolicyRules } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { toClusterRole, toRule } from './_example';
import { isHeldBy, toPlainRule } from './_held';
import { describeObjects, describeRole } from './_words';

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
      const plain = rules.map(toPlainRule);
      const isHeld = (one: number, other: number): boolean => {
        const [narrow, wide] = [plain[one], plain[other]];
        return narrow !== undefined && wide !== undefined && isHeldBy(narrow, wide);
      };
      for (const [index, rule] of rules.entries()) {
        const wider = rules.findIndex(
          (_, at) => at !== index && isHeld(index, at) && (at < index || !isHeld(at, index)),
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
