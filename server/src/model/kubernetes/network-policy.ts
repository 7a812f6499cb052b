import type { Ref } from '../../syntax/ref';
import type { Resource } from './resource';
import { isEmptySelector, readLabelSelector } from './selectors';

/** A direction of traffic, as `policyTypes` names it. */
export type Direction = 'Ingress' | 'Egress';

export const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

/** A NetworkPolicy of networking.k8s.io, or of the group in which it began. */
export function isNetworkPolicy({ kind, group }: Pick<Resource, 'kind' | 'group'>): boolean {
  return kind === 'NetworkPolicy' && (group === 'networking.k8s.io' || group === 'extensions');
}

/** The list of rules of a direction: `ingress` or `egress` of a policy's spec. */
export function getRuleList(spec: Ref, direction: Direction): Ref {
  return spec.get(direction === 'Ingress' ? 'ingress' : 'egress');
}

/** The peers of a rule: `from` or `to`. */
export function getPeerList(rule: Ref, direction: Direction): Ref {
  return rule.get(direction === 'Ingress' ? 'from' : 'to');
}

/** True when `policyTypes` names its directions; an empty list counts as none, as it does to the API server. */
export function hasPolicyTypes(spec: Ref): boolean {
  return spec.get('policyTypes').items().length > 0;
}

/**
 * Whether a policy isolates the pods it selects in a direction; undefined where that is not known here.
 * Without `policyTypes` every policy isolates ingress, and egress only when it has egress rules
 * (kubernetes/kubernetes pkg/apis/networking/v1, SetDefaults_NetworkPolicy).
 */
export function isIsolating(spec: Ref, direction: Direction): boolean | undefined {
  const types = spec.get('policyTypes');
  if (types.isUnknown) return undefined;
  const items = types.items();
  if (items.length > 0) {
    if (items.some((item) => item.string === direction)) return true;
    // What is neither makes the API server refuse the policy, and says nothing of what was meant.
    const isOther = (item: Ref) => item.isUnknown || !DIRECTIONS.some((known) => known === item.string);
    return items.some(isOther) ? undefined : false;
  }
  if (direction === 'Ingress') return true;
  const rules = getRuleList(spec, direction);
  return rules.isUnknown ? undefined : rules.items().length > 0;
}

/** True when the spec selects every pod of its namespace; undefined where that is not known here. */
export function isSelectingAllPods(spec: Ref): boolean | undefined {
  const selector = readLabelSelector(spec.get('podSelector'));
  return selector.isKnown ? isEmptySelector(selector) : undefined;
}

/** True when a rule admits everyone at every port: it names neither peers nor ports. `- ` and `- {}` are such rules. */
export function isAdmittingEverything(rule: Ref, direction: Direction): boolean {
  const lists = [getPeerList(rule, direction), rule.get('ports')];
  return !rule.isUnknown && lists.every((list) => !list.isUnknown && list.items().length === 0);
}

/** What a policy does for a default that denies. */
export interface DefaultDeny {
  readonly selectsAllPods: boolean;
  readonly isolatesIngress: boolean;
  readonly isolatesEgress: boolean;
  readonly allowsAllIngress: boolean;
  readonly allowsAllEgress: boolean;
}

/** Reads the spec of a NetworkPolicy. What is not known counts in favour of the policy: nobody is called open who may not be. */
export function readDefaultDeny(spec: Ref): DefaultDeny {
  const allows = (direction: Direction) =>
    getRuleList(spec, direction)
      .items()
      .some((rule) => isAdmittingEverything(rule, direction));
  return {
    selectsAllPods: isSelectingAllPods(spec) ?? true,
    isolatesIngress: isIsolating(spec, 'Ingress') ?? true,
    isolatesEgress: isIsolating(spec, 'Egress') ?? true,
    allowsAllIngress: allows('Ingress'),
    allowsAllEgress: allows('Egress'),
  };
}
