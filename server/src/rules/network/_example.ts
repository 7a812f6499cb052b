/** A NetworkPolicy with the lines of its spec given without indentation, for the examples of rules. */
export function toPolicyExample(spec: string, podSelector = '{ matchLabels: { app: db } }'): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  podSelector: ${podSelector}
${spec.replace(/^/gm, '  ')}
`;
}
