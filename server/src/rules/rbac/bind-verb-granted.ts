import type { Fix } from '../../engine/operation';
import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import { isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import type { Ref } from '../../syntax/ref';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { findNames } from './_names';
import { toLesserFixes } from './_names-fix';
import { toReach } from './_reach';
import { findVerbGrant } from './_special';
import { describeObjects, describeRole, findNamed } from './_words';

const ADMINS: readonly string[] = ['cluster-admin', 'admin'];

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
        fixes: [toRemovalFix(rule, 'verbs', [at]), ...toBindFixes(rule, at, context)],
      };
    },
  },
});

/** Names the other roles that are here; what may bind all that grants little is a note. */
function toBindFixes(rule: PolicyRule, at: Ref, context: RuleContext): Fix[] {
  const resources = findNamed(rule.resources, ['roles', 'clusterroles']);
  const kinds = toStrings(resources).map((name) => (name === 'roles' ? 'Role' : 'ClusterRole'));
  const names = kinds.flatMap((kind) => findNames(kind, rule, context));
  const others = [...new Set(names)].filter((name) => name !== rule.resource.name && !ADMINS.includes(name)).sort();
  return toLesserFixes(rule, { resources, verbs: [at], verbNames: ['bind'] }, others, ['bind']);
}

function toSeverity(rule: PolicyRule): NonNullable<Report['severity']> {
  if (!isNarrowed(rule)) return 'error';
  return toStrings(rule.resourceNames).some((name) => ADMINS.includes(name)) ? 'error' : 'info';
}
