// Workloads for the examples of rules.

/** A Deployment of namespace shop whose pods have the label `app` of its name, and this container port if any. */
export function toWorkload(name: string, { port = '', spec = '', app = name } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels: { app: ${app} }
  template:
    metadata:
      labels: { app: ${app} }
    spec:
${spec.replace(/^(?=.)/gm, '      ')}      containers:
        - name: ${name}
          image: registry.example.com/${name}:1.4.2
${port === '' ? '' : `          ports:\n            - ${port}\n`}`;
}

/** Documents of one file. */
export const toFile = (...documents: readonly string[]): string => documents.join('---\n');
