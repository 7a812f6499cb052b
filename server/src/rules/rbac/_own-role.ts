import type { Fix, Operation, PlainValue } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { RBAC_GROUP } from '../../model/kubernetes/rbac-roles';
import { isMaybeSameNamespace } from '../../model/workspace/rbac';
import type { RoleBindingFact } from '../../model/workspace/rbac-topics';
import type { ReferredKind } from '../../model/workspace/reference-topics';
import { type Grant, toRemovalFix } from './_grants';
import { findNamespacesOf } from './_names';
import { findRoleBindings, isClusterWide } from './_reach';
import { toQuotedList } from './_words';

/**
 * Takes a right on named objects out of a ClusterRole that is bound in the whole cluster and grants it by a Role of the one
 * namespace in which the workspace shows the objects, to the same subjects. None where that namespace or a subject is not known.
 */
export function toOwnRoleFixes(rule: PolicyRule, grant: Grant, kind: ReferredKind, context: RuleContext): Fix[] {
  const { name, root } = rule.resource;
  const names = toStrings(rule.resourceNames);
  const wide = findRoleBindings(rule, context).filter(isClusterWide);
  const namespaces = new Set(names.map((one) => findNamespacesOf(kind, one, context).join()));
  const [namespace] = namespaces;
  const isKnown = names.length === rule.resourceNames.length && wide.every(({ value }) => value.areSubjectsKnown);
  if (name === undefined || wide.length === 0 || !isKnown || namespaces.size !== 1) return [];
  if (!namespace || namespace.includes(',') || isTaken(name, namespace, context)) return [];
  const resources = toStrings(grant.resources);
  const rules = [{ apiGroups: [''], resources, resourceNames: names, verbs: toStrings(rule.verbs) }];
  const metadata = { name, namespace };
  const subjects = wide.flatMap(({ value }) => value.subjects.map(toSubject));
  const roleRef = { apiGroup: RBAC_GROUP, kind: 'Role', name };
  const toInsertion = (what: string, rest: Readonly<Record<string, PlainValue>>): Operation => ({
    op: 'insertDocument',
    after: root,
    value: { apiVersion: `${RBAC_GROUP}/v1`, kind: what, metadata, ...rest },
  });
  return [
    {
      title: `Grant it on ${toQuotedList(names)} by a Role of the namespace ${namespace}`,
      safety: 'unsafe',
      operations: [
        ...toRemovalFix(rule, 'resources', grant.resources).operations,
        toInsertion('Role', { rules }),
        toInsertion('RoleBinding', { roleRef, subjects }),
      ],
    },
  ];
}

/** True where the new objects would replace others of the name. */
function isTaken(name: string, namespace: string, { workspace }: RuleContext): boolean {
  const isSame = ({ value }: { readonly value: { readonly namespace: string | undefined } }) =>
    isMaybeSameNamespace(value.namespace, namespace);
  const roles = workspace.find('role', name).filter(({ value }) => value.kind === 'Role');
  const bindings = workspace
    .all('role-binding')
    .filter(({ value }) => value.kind === 'RoleBinding' && (value.name === undefined || value.name === name));
  return [...roles, ...bindings].some(isSame);
}

function toSubject({ kind, name, namespace }: RoleBindingFact['subjects'][number]): PlainValue {
  if (kind !== 'ServiceAccount') return { kind, name, apiGroup: RBAC_GROUP };
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}
