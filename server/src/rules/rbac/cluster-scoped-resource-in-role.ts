import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { describeResource } from '../../model/kubernetes/resource';
import { splitResource } from '../../standards/api-resources';
import type { Ref } from '../../syntax/ref';
import { toRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { toMoveFixes } from './_move';
import { findResource, getGroups, isClosedGroup } from './_resources';

const READING = ['get', 'list', 'watch'];
// Binding a ClusterRole in a namespace is asked about in that namespace, and so is the use of a policy for pods.
const ASKED_IN_NAMESPACE = ['bind', 'use'];
// A request for one namespace counts as made in it, so a Role there grants these.
const OF_ONE_NAMESPACE = ['get', 'update', 'patch', 'delete', '*'];

export default defineRule({
  id: 'cluster-scoped-resource-in-role',
  category: 'rbac',
  title: 'Resource of the whole cluster in a Role',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A Role grants rights on a resource that is in no namespace: Nodes, PersistentVolumes, StorageClasses, ClusterRoles.',
    why: 'A Role holds within its namespace, and these objects are in none. The rule grants nothing, although it looks as if it did.',
    remedy:
      'Put the rule into a ClusterRole and bind that with a ClusterRoleBinding, if the right is needed. Otherwise remove it. `namespaces` is reported for `list`, `watch` and `create` only: a Role does grant reading and changing the Namespace that it is in.',
    flags: toRole(toRule('', 'pods, nodes', 'get, list')),
    passes: toRole(toRule('', 'pods', 'get, list'), toRule('', 'namespaces', 'get')),
  },
  visit: {
    *policyRule(rule, context) {
      const groups = getGroups(rule);
      if (rule.resource.kind !== 'Role' || !groups) return;
      for (const at of rule.resources) {
        const text = at.isPresent ? (at.string ?? '*') : '*';
        if (!isClusterScoped(text, groups, rule, context)) continue;
        const { namespace } = rule.resource;
        const where = namespace === undefined ? 'its namespace' : `namespace "${namespace}"`;
        yield {
          at,
          message: `${describeResource(rule.resource)} holds in ${where} only, and "${text}" are in no namespace: it grants nothing on them.`,
          fixes: [toRemovalFix(rule, 'resources', [at]), ...toReadingMove(rule, at, text, context)],
        };
      }
    },
  },
});

function isClusterScoped(text: string, groups: readonly string[], rule: PolicyRule, context: RuleContext): boolean {
  const { resource } = splitResource(text);
  const isOwnNamespace = toStrings(rule.verbs).some((verb) => OF_ONE_NAMESPACE.includes(verb));
  if (resource === 'namespaces' && groups.includes('') && isOwnNamespace) return false;
  if (toStrings(rule.verbs).some((verb) => ASKED_IN_NAMESPACE.includes(verb))) return false;
  const found = groups.flatMap((group) => findResource(group, resource, context) ?? []);
  if (found.length === 0 || found.some(({ namespaced }) => namespaced !== false)) return false;
  return groups.every((group) => isClosedGroup(group) || found.some((one) => one.group === group));
}

/** Only reading is moved: a right that was never in force must not come into it by the way. */
function toReadingMove(rule: PolicyRule, at: Ref, text: string, context: RuleContext): Fix[] {
  const verbs = toStrings(rule.verbs);
  if (verbs.length !== rule.verbs.length || !verbs.every((verb) => READING.includes(verb))) return [];
  const names = toStrings(rule.resourceNames);
  const moved = {
    apiGroups: toStrings(rule.apiGroups),
    resources: [text],
    verbs,
    ...(names.length > 0 && { resourceNames: names }),
  };
  return toMoveFixes(rule, text, toRemovalFix(rule, 'resources', [at]).operations, moved, context);
}
