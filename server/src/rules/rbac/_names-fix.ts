import type { Fix, Operation } from '../../engine/operation';
import { isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { type Grant, toRemovalFix } from './_grants';
import { toListOperations } from './_lists';

// A list that long is no choice that anybody reads; what is meant then is a role of its own.
const MAX_NAMES = 5;
/** Verbs whose requests carry the name of their object, so that `resourceNames` holds them back. */
const NAMING: readonly string[] = ['get', 'update', 'patch', 'delete'];

/**
 * Keeps what a rule grants to objects of these names: the verbs that carry a name go into a rule with `resourceNames`, reading
 * becomes `get`, and what else the rule grants stays as it is. None where there is nothing to name, or too much, or the verbs
 * are a wildcard, which is spelled out first.
 */
export function toNamesFixes(
  rule: PolicyRule,
  grant: Grant,
  names: readonly string[],
  naming: readonly string[] = NAMING,
): Fix[] {
  const [groups, verbs] = [toStrings(rule.apiGroups), toStrings(rule.verbs)];
  const isKnown = groups.length === rule.apiGroups.length && verbs.length === rule.verbs.length;
  const isReading = grant.verbNames.some((verb) => ['get', 'list', 'watch'].includes(verb));
  const kept = naming.filter((verb) => grant.verbNames.includes(verb) || (verb === 'get' && isReading));
  const rules = rule.ref.parent;
  if (!isKnown || !rules || kept.length === 0 || names.length === 0 || names.length > MAX_NAMES) return [];
  if (verbs.includes('*') || isNarrowed(rule)) return [];
  const resources = toStrings(grant.resources);
  const rest = verbs.filter((verb) => !grant.verbNames.includes(verb));
  const isAlone = grant.resources.length === rule.resources.length;
  const toAppend = (value: Readonly<Record<string, readonly string[]>>): Operation => ({
    op: 'append',
    at: rules,
    value,
  });
  const added = { apiGroups: groups, resources, verbs: kept, resourceNames: names };
  const operations: Operation[] =
    isAlone && rest.length === 0
      ? [
          ...toListOperations(rule.ref.get('verbs'), kept),
          { op: 'set', at: rule.ref.get('resourceNames'), value: names },
        ]
      : [
          ...toRemovalFix(rule, isAlone ? 'verbs' : 'resources', isAlone ? grant.verbs : grant.resources).operations,
          ...(isAlone || rest.length === 0 ? [] : [toAppend({ apiGroups: groups, resources, verbs: rest })]),
          toAppend(added),
        ];
  return [
    {
      title: `Grant ${kept.join(', ')} on ${names.join(', ')} only`,
      safety: 'unsafe',
      operations,
      reveals: ['policy-rule-redundant'],
    },
  ];
}

/** The same, for a right that is reported with names too, less loudly. */
export function toLesserFixes(...given: Parameters<typeof toNamesFixes>): Fix[] {
  return toNamesFixes(...given).map((fix) => ({ ...fix, isLessening: true }));
}
