import { ROLE_ARN_ANNOTATION } from '../model/iam/annotations';
import { getPodTemplates } from '../model/kubernetes/pod';
import type { PodRoute } from '../model/kubernetes/pod-routes';
import { readBinding } from '../model/kubernetes/rbac-bindings';
import { RBAC_GROUP } from '../model/kubernetes/rbac-roles';
import { getEffectiveNamespace, type Resource, readStringMap } from '../model/kubernetes/resource';
import type { RoleIdentity, RoleReference } from '../model/workspace/rbac';
import { toRoleBindingFact } from '../model/workspace/rbac-facts';
import type { RoleBindingFact, SubjectFact } from '../model/workspace/rbac-topics';
import type { Ref } from '../syntax/ref';
import type { Span } from '../text/span';

/** What of role-based access control stands at a place: somebody who has rights, a role, or what gives one to the other. */
export type RbacTarget =
  | { readonly span: Span; readonly subject: SubjectFact }
  | { readonly span: Span; readonly role: RoleReference; readonly labels: RoleIdentity['labels'] }
  | { readonly span: Span; readonly binding: RoleBindingFact };

/** The name of a ServiceAccount, a role, a binding or a subject at an offset of a document; undefined where none is, or it is not known. */
export function findRbacTarget(
  resources: readonly Resource[],
  offset: number,
  podRoutes?: readonly PodRoute[],
): RbacTarget | undefined {
  for (const resource of resources) {
    const target = toTargets(resource, podRoutes).find(({ at }) => isAt(at, offset));
    if (target) return target.target;
  }
  return undefined;
}

interface Candidate {
  readonly at: Ref;
  readonly target: RbacTarget;
}

function toTargets(resource: Resource, podRoutes: readonly PodRoute[] | undefined): Candidate[] {
  const { kind, group, metadata, name } = resource;
  const at = metadata.get('name');
  if (kind === 'ServiceAccount' && group === '') {
    const [named] = toAccount(at, getEffectiveNamespace(resource));
    if (!named) return [];
    // Whoever points at the kind or at the role means the account.
    const others = [resource.root.get('kind'), metadata.get('annotations', ROLE_ARN_ANNOTATION)];
    return [named, ...others.map((other) => ({ at: other, target: { ...named.target, span: other.anchor } }))];
  }
  const binding = readBinding(resource);
  if (binding) {
    const roleRef = resource.root.get('roleRef', 'name');
    const { roleKind, roleName } = binding;
    const role =
      roleKind === undefined || roleName === undefined ? [] : toRole(roleRef, roleKind, roleName, resource, {});
    const own = { at, target: { span: at.anchor, binding: toRoleBindingFact(binding) } };
    return [own, ...role, ...binding.subjects.flatMap((subject) => toSubject(subject.ref, resource))];
  }
  if (group === RBAC_GROUP && name !== undefined && (kind === 'Role' || kind === 'ClusterRole')) {
    return toRole(at, kind, name, resource, readStringMap(metadata.get('labels')));
  }
  const pods = getPodTemplates(resource, podRoutes);
  const fields = pods.flatMap(({ spec }) => [spec.get('serviceAccountName'), spec.get('serviceAccount')]);
  return fields.flatMap((field) => toAccount(field, getEffectiveNamespace(resource)));
}

function toRole(
  at: Ref,
  kind: string,
  name: string,
  { namespace }: Resource,
  labels: RoleIdentity['labels'],
): Candidate[] {
  const role = { kind, name, namespace: kind === 'Role' ? namespace : undefined };
  return [{ at, target: { span: at.anchor, role, labels } }];
}

function toAccount(at: Ref, namespace: string | undefined): Candidate[] {
  const name = at.isPresent ? at.string : undefined;
  if (name === undefined) return [];
  return [{ at, target: { span: at.anchor, subject: { kind: 'ServiceAccount', name, namespace } } }];
}

function toSubject(ref: Ref, { namespace: own }: Resource): Candidate[] {
  const at = ref.get('name');
  const kind = ref.get('kind').string;
  const written = ref.get('namespace');
  if (kind === 'ServiceAccount') return toAccount(at, written.isAbsent ? own : written.string);
  const name = at.isPresent ? at.string : undefined;
  if (name === undefined || (kind !== 'User' && kind !== 'Group')) return [];
  return [{ at, target: { span: at.anchor, subject: { kind, name, namespace: undefined } } }];
}

function isAt({ anchor, scalar }: Ref, offset: number): boolean {
  return scalar !== undefined && anchor.start <= offset && offset <= anchor.end;
}
