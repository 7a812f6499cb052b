/** A NetworkPolicy of namespace shop with these lines in its spec. */
export function toPolicy(spec: string, podSelector = '{ matchLabels: { app: db } }', name = 'db'): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: shop
spec: # what it does
  podSelector: ${podSelector} # the pods
${spec.replace(/^(?=.)/gm, '  ')}`;
}

/** A Deployment of a namespace with pods that have these labels and this in their spec; null: of no namespace. */
export function toDeployment(name: string, labels: string, spec = '', namespace: string | null = 'shop'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}${namespace === null ? '' : `\n  namespace: ${namespace}`}
spec:
  selector:
    matchLabels: ${labels}
  template:
    metadata:
      labels: ${labels}
    spec:
${spec.replace(/^(?=.)/gm, '      ')}      containers:
        - name: app
          image: registry.example.com/app:1.0.0
`;
}

/** The same with ports that its container declares. */
export function toServer(name: string, labels: string, ports: string): string {
  return `${toDeployment(name, labels)}          ports: ${ports}\n`;
}
