/** A Namespace with the labels given, for the examples of rules. */
export function toNamespace(labels: Readonly<Record<string, string>>): string {
  const lines = Object.entries(labels).map(([key, value]) => `    pod-security.kubernetes.io/${key}: ${value}\n`);
  return `apiVersion: v1
kind: Namespace
metadata:
  name: shop
${lines.length > 0 ? `  labels:\n${lines.join('')}` : ''}`;
}

/** Labels of a Namespace with which no rule finds fault. */
export const GOOD_LABELS = {
  enforce: 'restricted',
  'enforce-version': 'v1.37',
  audit: 'restricted',
  'audit-version': 'v1.37',
  warn: 'restricted',
  'warn-version': 'v1.37',
};
