import type { Fix } from '../../engine/operation';
import type { Report, RuleContext } from '../../engine/rule';
import { isTypo } from '../../model/iam/near';
import type { Binding } from '../../model/kubernetes/rbac-bindings';
import { isBootstrapClusterRole } from '../../model/kubernetes/rbac-roles';
import { describeBinding } from './_bindings';

const KINDS = ['Role', 'ClusterRole'] as const;
/** Rules that look at the role of a binding, and may see it once its kind is one. */
const ROLE_RULES: readonly string[] = [
  'admin-bound-cluster-wide',
  'cluster-admin-bound',
  'privileged-service-account',
  'role-in-other-namespace',
  'role-not-found',
];

/** A kind that is none: the one that is meant by its letters, else the only one that has the name. */
export function* reportUnknownKind(binding: Binding | undefined, { workspace }: RuleContext): Generator<Report> {
  const role = binding?.resource.root.get('roleRef');
  const at = role?.get('kind');
  if (!binding || !role?.isMapping || !at || at.isUnknown || KINDS.some((kind) => kind === at.string)) return;
  const { roleName: name = '', roleKind = '', isClusterWide } = binding;
  const letters = roleKind.toLowerCase().replace(/[^a-z]|s$/g, '');
  const isClusterRole = isBootstrapClusterRole(name);
  const named = KINDS.filter((kind) =>
    kind === 'ClusterRole' && isClusterRole
      ? true
      : workspace.find('role', name).some(({ value }) => value.kind === kind),
  );
  const meant = KINDS.find((kind) => kind.toLowerCase() === letters || isTypo(kind.toLowerCase(), letters));
  const [kind] = [meant, ...(named.length === 1 ? named : [])].filter(
    (one) => one !== undefined && !(isClusterWide && one === 'Role'),
  );
  const what = at.isPresent ? `a role of kind "${at.string ?? at.written}"` : 'a role without its kind';
  yield {
    at,
    severity: 'error',
    message: `${describeBinding(binding)} names ${what}, and there are only Role and ClusterRole: the API server refuses it.`,
    fixes: kind === undefined ? [] : [{ ...toKindFix(binding, kind), reveals: ROLE_RULES }],
  };
}

/** Writes another kind into the `roleRef` of a binding. */
export function toKindFix({ resource }: Binding, value: string): Fix {
  const at = resource.root.get('roleRef', 'kind');
  return { title: `Change the kind to ${value}`, safety: 'unsafe', operations: [{ op: 'set', at, value }] };
}
