// Rights that are reported where they are named, each by the rule whose id is its key. One table, so that a fix which spells
// a wildcard out can leave out all of them.
import type { Report, RuleContext } from '../../engine/rule';
import { isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import type { Danger } from './_danger';
import { CONTROL_DANGERS } from './_dangers-control';
import { NETWORK_DANGERS } from './_dangers-network';
import { POD_DANGERS } from './_dangers-pods';
import { findGrant, type Grant, toRemovalFix } from './_grants';
import { findNames } from './_names';
import { toNamesFixes } from './_names-fix';
import { toNarrowBindingFixes } from './_narrow-binding';
import { describeForce, isInSystem, toReach } from './_reach';
import { describeRole, describeScope, toQuotedList, toVerbWords } from './_words';

/** The dangerous rights by the id of the rule that reports them. */
export const DANGERS = { ...POD_DANGERS, ...NETWORK_DANGERS, ...CONTROL_DANGERS } as const;

/** Rules that may see a right that was in no force: of another group, of no resource, or of no binding's reach. */
export const RIGHT_REVEALS: readonly string[] = [
  ...Object.keys(DANGERS),
  'admission-webhook-writable',
  'bind-verb-granted',
  'cluster-scoped-resource-in-role',
  'collection-deletion',
  'csr-approval-granted',
  'escalate-verb-granted',
  'impersonate-verb-granted',
  'nodes-proxy-granted',
  'pods-exec-granted',
  'pods-stealable',
  'policy-rule-redundant',
  'resource-names-ineffective',
  'resource-unknown',
  'resource-wildcard',
  'secrets-readable',
  'service-account-token-creation',
  'service-account-writable',
  'verb-unknown',
];

/** Reports a rule that grants a dangerous right, once, at the first resource that is named. */
export function* reportDanger(rule: PolicyRule, context: RuleContext, danger: Danger): Generator<Report> {
  const { isClusterScoped = false, inSystem, severity, allows, named } = danger;
  if (isNarrowed(rule) || (isClusterScoped && rule.resource.kind !== 'ClusterRole')) return;
  const grant = findDanger(rule, danger);
  const at = grant?.resources[0];
  if (!grant || !at) return;
  const what = typeof allows === 'string' ? allows : allows(grant.verbNames, toStrings(grant.resources));
  const where = isClusterScoped ? describeForce(rule, context) : `, ${describeScope(rule)}`;
  yield {
    at,
    ...toReach(rule, context, severity, isClusterScoped),
    ...(inSystem && isInSystem(rule, context) && { severity: inSystem }),
    message: `${describeRole(rule)} grants ${toVerbWords(grant.verbNames)} on ${toQuotedList(toStrings(grant.resources))}: its holder can ${what}${where}.`,
    fixes: [
      ...(named ? toNamesFixes(rule, grant, findNames(named, rule, context)) : []),
      toDangerFix(rule, grant),
      ...(isClusterScoped || severity === 'info' ? [] : toNarrowBindingFixes(rule, context)),
    ],
  };
}

/** Where a rule grants one of the rights, all that it grants taken together. */
export function findDanger(rule: PolicyRule, { rights }: Pick<Danger, 'rights'>): Grant | undefined {
  const grants = rights.flatMap((right) => findGrant(rule, right) ?? []);
  const resources = rule.resources.filter((ref) => grants.some((grant) => grant.resources.includes(ref)));
  const verbs = rule.verbs.filter((ref) => grants.some((grant) => grant.verbs.includes(ref)));
  return grants.length === 0 ? undefined : { resources, verbs, verbNames: toStrings(verbs) };
}

/** Reading stays where the rule is about nothing else; other resources of the rule may need the verbs, so then the resource goes. */
export function toDangerFix(rule: PolicyRule, grant: Grant) {
  const isAlone = grant.resources.length === rule.resources.length && !grant.verbNames.includes('*');
  return isAlone ? toRemovalFix(rule, 'verbs', grant.verbs) : toRemovalFix(rule, 'resources', grant.resources);
}

/** True when one of the verbs on a resource of a group is reported by some rule of the table. */
export function isDangerous(group: string, resource: string, verbs: readonly string[]): boolean {
  return Object.values<Danger>(DANGERS).some(({ rights }) =>
    rights.some(
      (right) =>
        right.group === group &&
        (right.resources?.includes(resource) ?? true) &&
        (verbs.includes('*') || verbs.some((verb) => right.verbs?.includes(verb) ?? true)),
    ),
  );
}
