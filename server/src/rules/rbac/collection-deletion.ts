import { defineRule } from '../../engine/rule';
import { isNarrowed, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { isBuiltInGroup } from '../../standards/api-resources';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { toReach } from './_reach';
import { describeObjects, describeRole, describeScope, findNamed } from './_words';

// Of these, one request destroys what nothing brings back.
const LASTING = ['*', 'secrets', 'persistentvolumeclaims', 'persistentvolumes', 'customresourcedefinitions', 'nodes'];

export default defineRule({
  id: 'collection-deletion',
  category: 'rbac',
  title: 'Whole collections can be deleted',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule grants the verb `deletecollection`.',
    why: 'One request then deletes every object of a kind in a namespace. A program that deletes one object after another leaves time to notice; this does not.',
    remedy:
      'Grant `delete`. The verb is needed for `kubectl delete --all` and by a few controllers that clean up after themselves. It is a warning for Secrets, volumes, nodes and definitions of custom resources, and a note for others.',
    flags: toClusterRole(toRule('', 'persistentvolumeclaims', 'get, delete, deletecollection')),
    passes: toClusterRole(toRule('', 'persistentvolumeclaims', 'get, delete')),
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource) || isNarrowed(rule)) return;
      const [at] = findNamed(rule.verbs, ['deletecollection']);
      // With the wildcard beside it the word adds nothing.
      if (!at || findNamed(rule.verbs, ['*']).length > 0) return;
      const isBuiltIn = toStrings(rule.apiGroups).some((group) => group === '*' || isBuiltInGroup(group));
      const isGrave = isBuiltIn && toStrings(rule.resources).some((name) => LASTING.includes(name));
      yield {
        at,
        ...toReach(rule, context, isGrave ? 'warning' : 'info'),
        message: `${describeRole(rule)} lets its holder delete ${describeObjects(rule)} all at once, ${describeScope(rule)}.`,
        fixes: [toRemovalFix(rule, 'verbs', [at])],
      };
    },
  },
});
