import { defineRule, type Report } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { toClusterRole, toRule } from './_example';
import { isNarrowed, toRemovalFix } from './_grants';
import { toReach } from './_reach';
import { findVerbGrant } from './_special';
import { describeObjects, describeRole } from './_words';

export default defineRule({
  id: 'bind-verb-granted',
  category: 'rbac',
  title: 'Verb bind granted',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.8', 'k8s/rbac-bind', 'nsa/rbac'],
  docs: {
    what: 'A rule grants the verb `bind` on Roles or ClusterRoles.',
    why: 'Normally nobody can bind a role that grants more than the binder may do. `bind` lifts that check: with the right to write bindings, its holder binds `cluster-admin` to itself.',
    remedy:
      'Remove the verb, or name the roles that may be bound in `resourceNames`. With names it is a note; with `cluster-admin` or `admin` among them it stays an error. In a Role, and where the role is only bound in namespaces, it is one step less.',
    flags: toClusterRole(toRule('rbac.authorization.k8s.io', 'clusterroles', 'get, bind')),
    passes: toClusterRole(toRule('rbac.authorization.k8s.io', 'clusterroles', 'get')),
  },
  visit: {
    *policyRule(rule, context) {
      const at = findVerbGrant(rule, 'bind');
      if (!at) return;
      yield {
        at,
        ...toReach(rule, context, toSeverity(rule)),
        message: `${describeRole(rule)} grants "bind" on ${describeObjects(rule)}: its holder can give away rights that it does not have itself.`,
        fixes: [toRemovalFix(rule, 'verbs', [at])],
      };
    },
  },
});

function toSeverity(rule: PolicyRule): NonNullable<Report['severity']> {
  if (!isNarrowed(rule)) return 'error';
  return toStrings(rule.resourceNames).some((name) => name === 'cluster-admin' || name === 'admin') ? 'error' : 'info';
}
