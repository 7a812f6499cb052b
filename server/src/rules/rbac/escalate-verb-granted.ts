import { defineRule } from '../../engine/rule';
import { isNarrowed } from '../../model/kubernetes/rbac';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { toReach } from './_reach';
import { findVerbGrant } from './_special';
import { describeObjects, describeRole } from './_words';

export default defineRule({
  id: 'escalate-verb-granted',
  category: 'rbac',
  title: 'Verb escalate granted',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.8', 'k8s/rbac-escalate', 'nsa/rbac'],
  docs: {
    what: 'A rule grants the verb `escalate` on Roles or ClusterRoles.',
    why: 'Normally nobody can write a role that grants more than the writer may do. `escalate` lifts exactly that check: its holder writes itself a role with every right.',
    remedy:
      'Remove the verb. Give the holder, by its own roles, the rights that the roles it writes have to grant: the check then passes without `escalate`. Where it cannot be avoided, name the roles in `resourceNames`. With names it is a warning; in a Role, and where the role is only bound in namespaces, it is one step less.',
    flags: toClusterRole(toRule('rbac.authorization.k8s.io', 'clusterroles', 'get, update, escalate')),
    passes: toClusterRole(toRule('rbac.authorization.k8s.io', 'clusterroles', 'get, update')),
  },
  visit: {
    *policyRule(rule, context) {
      const at = findVerbGrant(rule, 'escalate');
      if (!at) return;
      yield {
        at,
        ...toReach(rule, context, isNarrowed(rule) ? 'warning' : 'error'),
        message: `${describeRole(rule)} grants "escalate" on ${describeObjects(rule)}: its holder can write roles that grant more than it may do itself.`,
        fixes: [toRemovalFix(rule, 'verbs', [at])],
      };
    },
  },
});
