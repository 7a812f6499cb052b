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

/** A Namespace, for the examples of rules. */
export const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
`;

/** A workload of that namespace. */
export const WORKLOAD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
`;

/** A policy that denies these directions to every pod of that namespace. */
export function toDefaultDenyExample(policyTypes: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {}
  policyTypes: ${policyTypes}
`;
}
