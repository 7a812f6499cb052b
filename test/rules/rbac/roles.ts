/** A rule of a role, in block style with flow lists. */
export function rule(apiGroups: string, resources: string, verbs: string, resourceNames?: string): string {
  const names = resourceNames === undefined ? '' : `\nresourceNames: [${resourceNames}]`;
  return `apiGroups: [${apiGroups}]\nresources: [${resources}]\nverbs: [${verbs}]${names}`;
}

/** A role with these rules, each with a comment of its own. */
export function role(rules: string | readonly string[], kind = 'ClusterRole', extra = ''): string {
  const items = (typeof rules === 'string' ? [rules] : rules).map(
    (text, index) => `  # Rule ${index + 1}.\n  - ${text.replaceAll('\n', '\n    ')}\n`,
  );
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: operator
${kind === 'Role' ? '  namespace: shop\n' : ''}${extra}rules:
${items.join('')}`;
}

/** A ClusterRole whose rules the controller writes. */
export function aggregated(rules: string): string {
  return role(rules, 'ClusterRole', 'aggregationRule:\n  clusterRoleSelectors:\n    - matchLabels: { a: b }\n');
}

/** A binding; subjects are `Kind name` or `Kind name namespace`. */
export function binding(kind: string, roleName: string, subjects: readonly string[], name = 'operators'): string {
  const items = subjects.map((subject) => {
    const [subjectKind, subjectName, namespace] = subject.split(' ');
    const extra = namespace === undefined ? '' : `    namespace: ${namespace}\n`;
    return `  - kind: ${subjectKind}\n    name: ${subjectName} # ${subject}\n${extra}`;
  });
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: ${name}
${kind === 'RoleBinding' ? '  namespace: shop\n' : ''}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${roleName}
subjects:
${items.join('')}`;
}
