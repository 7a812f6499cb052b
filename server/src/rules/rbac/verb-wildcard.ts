import { defineRule } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole, isNonResourceRule } from '../../model/kubernetes/rbac-roles';
import { isBuiltInGroup } from '../../standards/api-resources';
import { toReach } from './_reach';
import { getSpecialVerbsHeld } from './_special';
import { toVerbFixes } from './_verb-fixes';
import { describeObjects, describeRole, findNamed, toQuotedList } from './_words';

export default defineRule({
  id: 'verb-wildcard',
  category: 'rbac',
  title: 'Wildcard verb in a role',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.3', 'k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule of a Role or ClusterRole grants every verb (`*`).',
    why: 'The wildcard holds more than reading and writing: `deletecollection` removes everything at once, and on some resources `escalate`, `bind` and `impersonate` make their holder an administrator. Verbs that later versions add are granted in advance.',
    remedy:
      'List the verbs that the holder uses. A program that only looks needs `get`, `list` and `watch`; one that manages objects needs `create`, `update`, `patch` and `delete` too. A verb that was in use and is left out shows up as "forbidden" in the logs of whoever used it. Where every API group of the rule belongs to custom resources, this is a warning. In a Role, and where the role is only bound in namespaces, it is one step less.',
    flags: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: releaser
rules:
  - apiGroups: [""]
    resources: [namespaces]
    verbs: [get, list]
  - apiGroups: [apps]
    resources: [deployments, statefulsets]
    verbs: ["*"]
`,
    passes: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: releaser
rules:
  - apiGroups: [apps]
    resources: [deployments, statefulsets]
    verbs: [get, list, watch, update, patch]
`,
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource)) return;
      const [at] = findNamed(rule.verbs, ['*']);
      if (!at) return;
      const groups = toStrings(rule.apiGroups);
      const isCustom = groups.length > 0 && groups.every((group) => group !== '*' && !isBuiltInGroup(group));
      const what = isNonResourceRule(rule) ? 'every HTTP method' : 'every verb';
      yield {
        at,
        message: `${describeRole(rule)} grants ${what} on ${describeObjects(rule)}${toSpecialVerbs(rule)}.`,
        ...toReach(rule, context, isCustom ? 'warning' : 'error'),
        fixes: toVerbFixes(rule),
      };
    },
  },
});

/** The verbs by which a holder rises above its own rights, where the wildcard holds them. */
function toSpecialVerbs(rule: PolicyRule): string {
  const verbs = getSpecialVerbsHeld(rule);
  return verbs.length > 0 ? `, ${toQuotedList(verbs)} included` : '';
}
