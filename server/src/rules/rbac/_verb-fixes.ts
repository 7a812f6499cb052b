import type { Fix } from '../../engine/operation';
import type { PolicyRule } from '../../model/kubernetes/rbac';
import { isNarrowed, toStrings } from '../../model/kubernetes/rbac';
import { isNonResourceRule } from '../../model/kubernetes/rbac-roles';
import { getSupportedVerbs } from '../../standards/api-resources';
import { NON_RESOURCE_VERBS } from '../../standards/rbac-verbs';
import { toListOperations } from './_lists';
import { toQuotedList } from './_words';

const READ: readonly string[] = ['get', 'list', 'watch'];
const WRITE: readonly string[] = [...READ, 'create', 'update', 'patch', 'delete'];
/** What `resourceNames` cannot hold back: the name of an object that is made is not yet known, and a collection has none. */
const NAMELESS: readonly string[] = ['create', 'deletecollection'];

/**
 * What may stand in place of the wildcard verb: reading, reading and writing, or every verb that the resources serve, spelled
 * out. Special verbs (escalate, bind, impersonate, …) are never among them: who needs one adds it.
 */
export function toVerbFixes(rule: PolicyRule): Fix[] {
  const fixes: Fix[] = [];
  const seen = new Set<string>();
  for (const [what, verbs] of isNonResourceRule(rule) ? toUrlChoices() : toResourceChoices(rule)) {
    const list = verbs.join(', ');
    if (verbs.length === 0 || seen.has(list)) continue;
    seen.add(list);
    const operations = toListOperations(rule.ref.get('verbs'), verbs);
    // Without the wildcard of verbs a rule is no longer all there is, and what it has of resources is said by itself.
    const reveals = ['resource-wildcard', ...(verbs.includes('deletecollection') ? ['collection-deletion'] : [])];
    fixes.push({ title: `${what}: ${list}`, safety: 'unsafe', operations, reveals });
  }
  return fixes;
}

function toUrlChoices(): [string, readonly string[]][] {
  return [
    ['Read-only', ['get']],
    ['Every HTTP method', NON_RESOURCE_VERBS],
  ];
}

function toResourceChoices(rule: PolicyRule): [string, readonly string[]][] {
  const isKnown = [...rule.apiGroups, ...rule.resources].every((ref) => ref.isPresent && ref.string !== undefined);
  const resources = toStrings(rule.resources);
  const isNamed = isNarrowed(rule);
  const served: readonly string[] = getSupportedVerbs(toStrings(rule.apiGroups), resources);
  const supported = served.filter((verb) => !isNamed || !NAMELESS.includes(verb));
  if (!isKnown || rule.apiGroups.length === 0 || resources.length === 0) {
    return [
      ['Read-only', READ],
      ['Read-write', WRITE.filter((verb) => !isNamed || !NAMELESS.includes(verb))],
    ];
  }
  const who = resources.includes('*') ? 'the resources' : toQuotedList(resources).replaceAll('"', '');
  return [
    ['Read-only', READ.filter((verb) => supported.includes(verb))],
    ['Read-write', WRITE.filter((verb) => supported.includes(verb))],
    [`Every verb that ${who} support`, supported],
  ];
}
