import { defineRule } from '../../engine/rule';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { splitResource } from '../../standards/api-resources';
import { toClusterRole, toRule } from './_example';
import { toReach } from './_reach';
import { toSubresourceFixes } from './_subresource-fix';
import { describeRole } from './_words';

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
      'Name resource and subresource: `deployments/scale`, `pods/log`. The fix writes those that exist in the groups of the rule, and leaves out the ones that let their holder run commands or get tokens (`exec`, `attach`, `portforward`, `proxy`, `ephemeralcontainers`, `token`, `approval`), and what the verbs of the rule do nothing on. What is dangerous to hold (`*/exec`, `*/proxy`, `*/token` of the core group) is also reported by the rule for it. In a Role, and where the role is only bound in namespaces, it is one step less.',
    flags: toClusterRole(toRule('apps', '"*/scale"', 'get, update')),
    passes: toClusterRole(toRule('apps', 'deployments/scale, statefulsets/scale', 'get, update')),
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource)) return;
      for (const at of rule.resources) {
        const text = at.isPresent ? (at.string ?? '') : '';
        const { resource, subresource } = splitResource(text);
        if (subresource === undefined || (resource !== '*' && subresource !== '*')) continue;
        yield {
          at,
          ...toReach(rule, context, 'warning'),
          message:
            subresource === '*'
              ? `${describeRole(rule)} names "${text}", which grants nothing: RBAC knows no wildcard behind the slash.`
              : `${describeRole(rule)} grants "${subresource}" of every resource ("${text}").`,
          fixes: toSubresourceFixes(rule, at),
        };
      }
    },
  },
});
