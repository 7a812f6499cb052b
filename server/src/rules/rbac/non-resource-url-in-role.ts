import type { Fix, Operation } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { toRole, toRule } from './_example';
import { toMoveFixes } from './_move';
import { describeRole, toQuotedList } from './_words';

const READING = ['get', 'head', 'options'];

export default defineRule({
  id: 'non-resource-url-in-role',
  category: 'rbac',
  title: 'URLs in a Role',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A Role has a rule with `nonResourceURLs`.',
    why: 'URLs such as `/metrics` belong to no namespace, so the API server refuses the whole Role, with every other right in it.',
    remedy: 'Put the rule into a ClusterRole and bind that with a ClusterRoleBinding.',
    flags: toRole(toRule('', 'pods', 'get, list'), 'nonResourceURLs: [/metrics]\nverbs: [get]'),
    passes: toRole(toRule('', 'pods', 'get, list')),
  },
  visit: {
    *policyRule(rule, context) {
      if (rule.resource.kind !== 'Role' || rule.nonResourceURLs.length === 0) return;
      const at = rule.ref.get('nonResourceURLs');
      const isAlone = rule.resources.length === 0;
      const remove = { op: 'remove', at: isAlone ? rule.ref : at } as const;
      yield {
        at,
        message: `${describeRole(rule)} names the URL ${toQuotedList(toStrings(rule.nonResourceURLs))}, which only a ClusterRole may: the API server refuses it.`,
        fixes: [
          {
            title: isAlone ? 'Remove the rule for URLs' : 'Remove nonResourceURLs from the rule',
            safety: 'unsafe',
            operations: [remove],
          },
          ...toReadingMove(rule, remove, context),
        ],
      };
    },
  },
});

/** Only reading is moved: a right that was never in force must not come into it by the way. */
function toReadingMove(rule: PolicyRule, removal: Operation, context: RuleContext): Fix[] {
  const [urls, verbs] = [toStrings(rule.nonResourceURLs), toStrings(rule.verbs)];
  const isKnown = urls.length === rule.nonResourceURLs.length && verbs.length === rule.verbs.length;
  if (!isKnown || !verbs.every((verb) => READING.includes(verb)) || urls.some((url) => url.startsWith('*'))) return [];
  return toMoveFixes(rule, urls.join(', '), [removal], { nonResourceURLs: urls, verbs }, context);
}
