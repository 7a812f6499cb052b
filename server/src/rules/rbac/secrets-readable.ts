import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { isNarrowed, type PolicyRule } from '../../model/kubernetes/rbac';
import { toClusterRole, toRole, toRule } from './_example';
import { findGrant, toRemovalFix } from './_grants';
import { findNames } from './_names';
import { toNamesFixes } from './_names-fix';
import { toNarrowBindingFixes } from './_narrow-binding';
import { toOwnRoleFixes } from './_own-role';
import { isBoundInNamespacesOnly, toReach } from './_reach';
import { describeRole, describeScope, findNamed, toNameWords, toVerbWords } from './_words';

const READING = ['get', 'list', 'watch'];

export default defineRule({
  id: 'secrets-readable',
  category: 'rbac',
  title: 'Secrets can be read',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.2', 'k8s/rbac-listing-secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A rule grants `get`, `list` or `watch` on Secrets without naming them, or names them in a ClusterRole, which holds in every namespace.',
    why: 'Secrets hold passwords, keys and tokens of service accounts. `list` and `watch` return their contents, not only their names. In a ClusterRole that is bound cluster-wide, that is every secret of every namespace.',
    remedy:
      'Name the Secrets in `resourceNames` and grant `get` alone, in a Role of the namespace where they lie; the fix does so where the files show which Secrets that namespace has. Programs in pods need no right at all for Secrets that are mounted or set as environment variables. In a Role, and where the role is only bound in namespaces, this is a note; an error where every account has it in the whole cluster. With `resourceNames` it is a note in a ClusterRole that is not only bound in namespaces: every namespace may hold a Secret of that name. In a Role of one namespace such a rule is what is asked for here, so nothing is said of it.',
    flags: toClusterRole(toRule('', 'secrets', 'get, list, watch')),
    passes: toRole(toRule('', 'secrets', 'get', 'registry-credentials')),
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findGrant(rule, { group: '', resources: ['secrets'], verbs: READING });
      const at = grant?.resources[0];
      if (!grant || !at) return;
      const verbs = toVerbWords(grant.verbNames);
      if (isNarrowed(rule)) {
        if (rule.resource.kind === 'Role' || isBoundInNamespacesOnly(rule, context)) return;
        yield {
          at,
          ...toReach(rule, context, 'info'),
          message: `${describeRole(rule)} grants ${verbs} on Secrets named ${toNameWords(rule)}: bound in the whole cluster, it reads those of every namespace, where a Role reads those of one.`,
          fixes: [
            ...toOwnRoleFixes(rule, grant, 'Secret', context),
            ...toNarrowBindingFixes(rule, context),
            ...toFixes(rule),
          ],
        };
        return;
      }
      yield {
        at,
        ...toReach(rule, context, 'warning'),
        message: `${describeRole(rule)} grants ${verbs} on Secrets: their contents can be read ${describeScope(rule)}.`,
        fixes: [
          ...toNamesFixes(rule, grant, findNames('Secret', rule, context)),
          ...toFixes(rule),
          ...toNarrowBindingFixes(rule, context),
        ],
      };
    },
  },
});

/** A wildcard is left to verb-wildcard; other resources of the rule may need the verbs, so then only the resource goes. */
function toFixes(rule: PolicyRule): Fix[] {
  if (findNamed(rule.verbs, ['*']).length > 0) return [];
  const secrets = findNamed(rule.resources, ['secrets']);
  if (rule.resources.length > secrets.length) return [toRemovalFix(rule, 'resources', secrets)];
  return [toRemovalFix(rule, 'verbs', findNamed(rule.verbs, READING))];
}
