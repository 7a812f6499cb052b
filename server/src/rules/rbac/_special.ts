import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { getSpecialVerb } from '../../standards/rbac-verbs';
import type { Ref } from '../../syntax/ref';
import { findNamed } from './_words';

/** The item that grants a special verb by its name, where the rule's resources are ones on which it has a meaning. */
export function findVerbGrant(rule: PolicyRule, verb: string): Ref | undefined {
  return isAuthoredRole(rule.resource) && isMeaningful(rule, verb) ? findNamed(rule.verbs, [verb])[0] : undefined;
}

const GRAVE = ['escalate', 'bind', 'impersonate', 'approve', 'sign'];

/** The special verbs by which a holder rises above its own rights and that a wildcard verb of the rule holds. */
export function getSpecialVerbsHeld(rule: PolicyRule): string[] {
  const isLocal = rule.resource.kind === 'Role';
  return GRAVE.filter((verb) => isMeaningful(rule, verb) && !(isLocal && isOutsideNamespaces(rule, verb)));
}

/** Signers are in no namespace, nor is anybody to be impersonated except accounts. */
function isOutsideNamespaces({ resources }: PolicyRule, verb: string): boolean {
  if (verb !== 'impersonate') return verb === 'approve' || verb === 'sign';
  return findNamed(resources, ['*', 'serviceaccounts']).length === 0;
}

function isMeaningful(rule: PolicyRule, verb: string): boolean {
  const isListed = (list: readonly string[], name: string) => list.includes('*') || list.includes(name);
  const [groups, resources] = [toStrings(rule.apiGroups), toStrings(rule.resources)];
  const on = getSpecialVerb(verb)?.on ?? [];
  return on.some(
    ({ group, resources: names }) => isListed(groups, group) && names.some((name) => isListed(resources, name)),
  );
}
