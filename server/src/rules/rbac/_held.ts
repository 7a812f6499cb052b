import { getPolicyRules, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { toNames } from './_words';

const LISTS = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const;

/** The lists of a rule as plain texts. */
export type PlainRule = Readonly<Record<(typeof LISTS)[number] | 'resourceNames', readonly string[]>>;

/** A rule as plain texts; undefined where one of them is not known, or where it grants nothing. */
export function toPlainRule(rule: PolicyRule): PlainRule | undefined {
  const lists = [...LISTS, 'resourceNames'] as const;
  const isKnown = lists.every((list) => {
    return toStrings(rule[list]).length === rule[list].length && !rule.ref.get(list).isUnknown;
  });
  if (rule.verbs.length === 0 || !isKnown) return undefined;
  const [apiGroups, resources, verbs] = [toStrings(rule.apiGroups), toStrings(rule.resources), toStrings(rule.verbs)];
  return {
    apiGroups,
    resources,
    verbs,
    nonResourceURLs: toStrings(rule.nonResourceURLs),
    resourceNames: toStrings(rule.resourceNames),
  };
}

/** True when all that `rule` grants is granted by `other` too. */
export function isHeldBy(rule: PlainRule, other: PlainRule): boolean {
  const names = other.resourceNames;
  const isNamed = names.length > 0;
  if (isNamed && rule.resourceNames.length === 0) return false;
  if (isNamed && !rule.resourceNames.every((name) => names.includes(name))) return false;
  return LISTS.every((list) => {
    const wide = other[list];
    const isHeld = (item: string) => (list === 'resources' ? toNames(item) : [item]).some((one) => wide.includes(one));
    return wide.includes('*') || rule[list].every(isHeld);
  });
}

/** True when another rule of the role grants all that this one does, or all that is left of it. */
export function isHeldElsewhere(rule: PolicyRule, left: PlainRule | undefined = toPlainRule(rule)): boolean {
  return getPolicyRules(rule.resource).some((one) => {
    const other = one.ref.step === rule.ref.step ? undefined : toPlainRule(one);
    return left !== undefined && other !== undefined && isHeldBy(left, other);
  });
}
