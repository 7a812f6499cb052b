import type { Fix } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { getPolicyRules, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { splitResource } from '../../standards/api-resources';
import { findRoleBindings, isClusterWide, SYSTEM } from './_reach';
import { findResource } from './_resources';

/**
 * Makes the ClusterRoleBinding that gives the role of a rule away a RoleBinding in the namespace of its accounts, wherever it is
 * written. None where there are several, where others than accounts of one namespace have the role, and where a right of the role
 * is about what is in no namespace and would be lost.
 */
export function toNarrowBindingFixes(rule: PolicyRule, context: RuleContext): Fix[] {
  const wide = findRoleBindings(rule, context).filter(isClusterWide);
  const [known] = wide;
  if (!known || wide.length > 1 || known.value.role.name !== rule.resource.name) return [];
  if (!known.value.areSubjectsKnown) return [];
  const namespaces = new Set(known.value.subjects.map((one) => (one.kind === 'ServiceAccount' ? one.namespace : '')));
  const [namespace] = namespaces;
  // In the namespace of the control plane the right would be worth as much.
  if (
    namespaces.size !== 1 ||
    !namespace ||
    namespace === SYSTEM ||
    !getPolicyRules(rule.resource).every((one) => isNamespaced(one, context))
  )
    return [];
  const { path } = known.place;
  return [
    {
      title: `Bind it by a RoleBinding in the namespace ${namespace} only`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at: { ...known.place, path: [...path, 'kind'] }, value: 'RoleBinding' },
        { op: 'set', at: { ...known.place, path: [...path, 'metadata', 'namespace'] }, value: namespace },
      ],
      isLessening: true,
    },
  ];
}

function isNamespaced(rule: PolicyRule, context: RuleContext): boolean {
  if (rule.nonResourceURLs.length > 0) return false;
  return toStrings(rule.resources).every((text) => {
    const { resource } = splitResource(text);
    const isOutside = (group: string) => findResource(group, resource, context)?.namespaced === false;
    return resource !== '*' && !toStrings(rule.apiGroups).some(isOutside);
  });
}
