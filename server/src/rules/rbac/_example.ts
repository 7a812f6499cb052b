/** A ClusterRole with the rules given in flow style, for the examples of rules. */
export function toClusterRole(...rules: readonly string[]): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: operator
rules:
${rules.map((rule) => `  - ${rule.replaceAll('\n', '\n    ')}\n`).join('')}`;
}

/** A rule in block style with its lists in flow style. */
export function toRule(apiGroup: string, resources: string, verbs: string, resourceNames?: string): string {
  const lines = [`apiGroups: ["${apiGroup}"]`, `resources: [${resources}]`, `verbs: [${verbs}]`];
  if (resourceNames !== undefined) lines.push(`resourceNames: [${resourceNames}]`);
  return lines.join('\n');
}

/** A ClusterRoleBinding or RoleBinding of one subject, for the examples of rules. */
export function toBinding(kind: string, roleKind: string, role: string, subject: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: operators
${kind === 'RoleBinding' ? '  namespace: shop\n' : ''}subjects:
  - ${subject.replaceAll('\n', '\n    ')}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${roleKind}
  name: ${role}
`;
}

/** A subject of the RBAC group: a user or a group. */
export function toSubject(kind: 'User' | 'Group', name: string): string {
  return `apiGroup: rbac.authorization.k8s.io\nkind: ${kind}\nname: ${name}`;
}

/** A Role with the rules given in flow style, for the examples of rules. */
export function toRole(...rules: readonly string[]): string {
  return toClusterRole(...rules)
    .replace('kind: ClusterRole', 'kind: Role')
    .replace('name: operator\n', 'name: operator\n  namespace: shop\n');
}
