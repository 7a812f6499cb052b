const indent = (text: string, width: number) => (text ? `${text.replace(/^(?=.)/gm, ' '.repeat(width))}\n` : '');
const inNamespace = (namespace: string | undefined) => (namespace === undefined ? '' : `  namespace: ${namespace}\n`);

/** A Pod with further lines in its spec and in its container. */
export function pod(namespace: string | undefined, spec = '', container = ''): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
${inNamespace(namespace)}spec:
${indent(spec, 2)}  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${indent(container, 6)}`;
}

/** A Deployment with further lines in the spec of its pods. */
export function deployment(namespace: string | undefined, spec = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
${inNamespace(namespace)}spec:
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
${indent(spec, 6)}      containers:
        - name: shop
          image: registry.example.com/shop:1.4.2
`;
}

/** A ServiceAccount with further lines of its own and in its metadata. */
export function account(namespace: string | undefined, name: string, lines = '', metadata = ''): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
${inNamespace(namespace)}${indent(metadata, 2)}${indent(lines, 0)}`;
}

/** A RoleBinding in a namespace that names an account. */
export function binding(namespace: string, name: string, accountNamespace?: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
  - kind: ServiceAccount
    name: ${name}
${accountNamespace === undefined ? '' : `    namespace: ${accountNamespace}\n`}`;
}
