import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import type { PolicyRule } from '../../model/kubernetes/rbac';
import { toClusterRole, toRule } from './_example';
import { findGrant, isNarrowed, toRemovalFix } from './_grants';
import { findNames } from './_names';
import { toNamesFixes } from './_names-fix';
import { toNarrowBindingFixes } from './_narrow-binding';
import { toReach } from './_reach';
import { describeRole, describeScope, findNamed, toVerbWords } from './_words';

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
    what: 'A rule grants `get`, `list` or `watch` on Secrets without naming them.',
    why: 'Secrets hold passwords, keys and tokens of service accounts. `list` and `watch` return their contents, not only their names. In a ClusterRole that is bound cluster-wide, that is every secret of every namespace.',
    remedy:
      'Name the Secrets in `resourceNames` and grant `get` alone, in a Role of the namespace where they lie; the fix does so where the files show which Secrets that namespace has. Programs in pods need no right at all for Secrets that are mounted or set as environment variables. In a Role, and where the role is only bound in namespaces, this is a note; an error where every account has it in the whole cluster; with `resourceNames` it is not reported.',
    flags: toClusterRole(toRule('', 'secrets', 'get, list, watch')),
    passes: toClusterRole(toRule('', 'secrets', 'get', 'registry-credentials')),
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findGrant(rule, { group: '', resources: ['secrets'], verbs: READING });
      const at = grant?.resources[0];
      if (!grant || !at || isNarrowed(rule)) return;
      const verbs = toVerbWords(grant.verbNames);
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
