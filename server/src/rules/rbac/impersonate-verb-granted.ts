import { defineRule } from '../../engine/rule';
import type { Severity } from '../../engine/settings';
import { isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { isImpersonationVerb } from '../../standards/rbac-verbs';
import type { Ref } from '../../syntax/ref';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { findNames } from './_names';
import { toLesserFixes } from './_names-fix';
import { describeForce, toReach } from './_reach';
import { describeObjects, describeRole, findNamed } from './_words';

export default defineRule({
  id: 'impersonate-verb-granted',
  category: 'rbac',
  title: 'Verb impersonate granted',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.8', 'k8s/rbac-impersonate', 'k8s/user-impersonation', 'nsa/rbac'],
  docs: {
    what: 'A rule grants the verb `impersonate`, or one of its constrained forms.',
    why: 'Its holder acts with the rights of somebody else, of an administrator or of the group `system:masters`, and the requests look like theirs everywhere except in the audit log.',
    remedy:
      'Remove the verb, or name whom the holder may act as in `resourceNames`. Programs that work for others (dashboards, proxies, GitOps controllers with tenants) need it for those they serve, never for everyone. With names it is a warning, and with `system:masters` among them an error. Accounts in a Role, and where the role is only bound in namespaces, are one step less; users and groups are not in force there.',
    flags: toClusterRole(toRule('', 'users, groups', 'impersonate')),
    passes: toClusterRole(toRule('', 'users', 'get')),
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource)) return;
      const verbs = rule.verbs.filter((ref) => ref.isPresent && isImpersonationVerb(ref.string ?? ''));
      const [at] = verbs;
      const resources = toStrings(rule.resources);
      // Only accounts are in a namespace; users and groups are impersonated in the whole cluster or not at all.
      const isOnNobodyLocal = !resources.some((name) => name === 'serviceaccounts' || name === '*');
      if (!at || resources.length === 0 || (isOnNobodyLocal && rule.resource.kind !== 'ClusterRole')) return;
      const grant = { resources: rule.resources, verbs, verbNames: toStrings(verbs) };
      yield {
        at,
        ...toReach(rule, context, toSeverity(rule, at), isOnNobodyLocal),
        message: `${describeRole(rule)} grants "${at.string}" on ${describeObjects(rule)}: its holder can act as ${isNarrowed(rule) ? 'them' : 'any of them'}${isOnNobodyLocal ? describeForce(rule, context) : ''}.`,
        fixes: [
          toRemovalFix(rule, 'verbs', verbs),
          ...(resources.every((name) => name === 'serviceaccounts')
            ? toLesserFixes(rule, grant, findNames('ServiceAccount', rule, context), grant.verbNames)
            : []),
        ],
      };
    },
  },
});

/** Whoever may act as a member of that group may do everything. */
function toSeverity(rule: PolicyRule, { string }: Ref): Severity {
  if (findNamed(rule.resourceNames, ['system:masters']).length > 0) return 'error';
  return isNarrowed(rule) || string !== 'impersonate' ? 'warning' : 'error';
}
