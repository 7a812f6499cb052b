import { getPolicyRules, isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';

/** True where another rule of the same role, without names, grants every one of the verbs on a resource of a group. */
export function isGrantedElsewhere(
  rule: PolicyRule,
  group: string,
  resource: string,
  verbs: readonly string[],
): boolean {
  const holds = (refs: PolicyRule['verbs'], name: string) => {
    const list = toStrings(refs);
    return list.includes(name) || list.includes('*');
  };
  const isGranting = (other: PolicyRule, verb: string) =>
    String(other.ref.path) !== String(rule.ref.path) &&
    !isNarrowed(other) &&
    holds(other.apiGroups, group) &&
    holds(other.resources, resource) &&
    holds(other.verbs, verb);
  const rules = getPolicyRules(rule.resource);
  return verbs.length > 0 && verbs.every((verb) => rules.some((other) => isGranting(other, verb)));
}
