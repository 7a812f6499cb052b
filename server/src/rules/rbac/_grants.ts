import type { Fix } from '../../engine/operation';
import type { PolicyRule } from '../../model/kubernetes/rbac';
import { toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import type { Ref } from '../../syntax/ref';
import { isHeldElsewhere, toPlainRule } from './_held';
import { findNamed, toNames } from './_words';

/** A right that is dangerous to hold: verbs on resources of a group. */
export interface Right {
  readonly group: string;
  /** Undefined: every resource of the group, the wildcard included. */
  readonly resources?: readonly string[];
  /** Verbs that matter; undefined: every verb. The wildcard verb always counts. */
  readonly verbs?: readonly string[];
}

/** Where a rule grants a right. */
export interface Grant {
  /** The items of `resources` that name it. */
  readonly resources: readonly Ref[];
  /** The items of `verbs` that grant it. */
  readonly verbs: readonly Ref[];
  /** The verbs in words: those granted, `*` as written. */
  readonly verbNames: readonly string[];
}

/**
 * Where a rule that its author can change grants a right by the resource's name, or by a wildcard in front of the name of
 * its subresource. A wildcard resource does not count: resource-wildcard reports it, with all that it holds.
 */
export function findGrant(rule: PolicyRule, { group, resources, verbs }: Right): Grant | undefined {
  if (!isAuthoredRole(rule.resource)) return undefined;
  const groups = toStrings(rule.apiGroups);
  if (!groups.includes(group) && !groups.includes('*')) return undefined;
  // A whole group is only meant where it is named, not where every group is.
  if (resources === undefined && !groups.includes(group)) return undefined;
  const named = resources ? findNamed(rule.resources, resources.flatMap(toNames)) : findKnown(rule.resources);
  const granted = verbs ? findNamed(rule.verbs, [...verbs, '*']) : findKnown(rule.verbs);
  if (named.length === 0 || granted.length === 0) return undefined;
  return { resources: named, verbs: granted, verbNames: toStrings(granted) };
}

const findKnown = (refs: readonly Ref[]) => refs.filter((ref) => ref.isPresent && ref.string !== undefined);

/**
 * Takes items out of a list of the rule; the whole rule when nothing would be left, for an empty list is not valid there, or when
 * another rule of the role grants what would be left.
 */
export function toRemovalFix(rule: PolicyRule, list: 'resources' | 'verbs', items: readonly Ref[]): Fix {
  const names = toStrings(items).join(', ');
  const isLast = items.length >= rule[list].length;
  const isHeld = !isLast && isRestHeld(rule, list, items);
  const what = list === 'verbs' ? `the ${items.length > 1 ? 'verbs' : 'verb'} ${names}` : names;
  const whole = `Remove the rule ${list === 'verbs' ? 'that grants' : 'for'} ${names}`;
  return {
    title: isLast ? whole : isHeld ? `${whole}: another rule grants the rest` : `Remove ${what} from the rule`,
    safety: 'unsafe',
    operations:
      isLast || isHeld
        ? [{ op: 'remove', at: rule.ref }]
        : [...items].reverse().map((at) => ({ op: 'remove', at }) as const),
  };
}

function isRestHeld(rule: PolicyRule, list: 'resources' | 'verbs', items: readonly Ref[]): boolean {
  const plain = toPlainRule(rule);
  const rest = rule[list].filter((ref) => !items.includes(ref));
  return plain !== undefined && isHeldElsewhere(rule, { ...plain, [list]: toStrings(rest) });
}
