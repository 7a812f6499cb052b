import { defineRule } from '../../engine/rule';
import { toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { isImpersonationVerb } from '../../standards/rbac-verbs';
import { toClusterRole, toRule } from './_example';
import { isNarrowed, toRemovalFix } from './_grants';
import { describeObjects, describeRole } from './_words';

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
      'Remove the verb, or name whom the holder may act as in `resourceNames`. Programs that work for others (dashboards, proxies, GitOps controllers with tenants) need it for those they serve, never for everyone. With names it is a warning.',
    flags: toClusterRole(toRule('', 'users, groups', 'impersonate')),
    passes: toClusterRole(toRule('', 'users', 'get')),
  },
  visit: {
    *policyRule(rule) {
      if (!isAuthoredRole(rule.resource)) return;
      const verbs = rule.verbs.filter((ref) => ref.isPresent && isImpersonationVerb(ref.string ?? ''));
      const [at] = verbs;
      if (!at || toStrings(rule.resources).length === 0) return;
      yield {
        at,
        severity: isNarrowed(rule) || at.string !== 'impersonate' ? 'warning' : 'error',
        message: `${describeRole(rule)} grants "${at.string}" on ${describeObjects(rule)}: its holder can act as ${isNarrowed(rule) ? 'them' : 'any of them'}.`,
        fixes: [toRemovalFix(rule, 'verbs', verbs)],
      };
    },
  },
});
