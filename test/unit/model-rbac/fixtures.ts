/** A cluster in many files: roles, bindings, accounts, an aggregated role. */
export const CLUSTER: Readonly<Record<string, string>> = {
  'accounts.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: job
  namespace: shop
`,
  'reader.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: shop
rules:
  - apiGroups: [""]
    resources: [pods, services]
    verbs: [get, list, watch]
  - apiGroups: [apps]
    resources: [deployments]
    resourceNames: [web]
    verbs: [get, update, patch]
`,
  'reader-binding.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: shop
subjects:
  - kind: ServiceAccount
    name: web
  - kind: Group
    name: developers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
`,
  'monitoring.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: monitoring
aggregationRule:
  clusterRoleSelectors:
    - matchLabels:
        example.com/monitoring: "true"
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: nodes-metrics
  labels:
    example.com/monitoring: "true"
rules:
  - apiGroups: [""]
    resources: [nodes/metrics]
    verbs: [get]
  - nonResourceURLs: [/metrics]
    verbs: [get]
`,
  'monitoring-binding.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: monitors
subjects:
  - kind: Group
    name: system:serviceaccounts:shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: monitoring
`,
  'view.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: books-viewer
  labels:
    rbac.authorization.k8s.io/aggregate-to-view: "true"
rules:
  - apiGroups: [example.com]
    resources: [books]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: viewers
  namespace: library
subjects:
  - kind: ServiceAccount
    name: job
    namespace: shop
  - kind: User
    name: jo
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
`,
};

const bindTo = (kind: string, name: string, role: string, subject: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: ${name}
${kind === 'RoleBinding' ? '  namespace: shop\n' : ''}subjects:
  - ${subject}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${role}
`;

const roleOf = (name: string, rule: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${name}
rules:
  - ${rule}
`;

/** Dangerous rights, held together by one account or named by what other files show. */
export const RIGHTS: Readonly<Record<string, string>> = {
  'nodes.yaml': roleOf('nodes', '{ apiGroups: [""], resources: [nodes], verbs: [patch] }'),
  'evictor.yaml': roleOf('evictor', '{ apiGroups: [""], resources: [pods/eviction], verbs: [create] }'),
  'nodes-binding.yaml': bindTo(
    'ClusterRoleBinding',
    'nodes',
    'nodes',
    '{ kind: ServiceAccount, name: job, namespace: shop }',
  ),
  'evictor-binding.yaml': bindTo(
    'RoleBinding',
    'evictor',
    'evictor',
    '{ kind: Group, name: "system:serviceaccounts:shop" }',
  ),
  'secrets.yaml': roleOf('secrets', '{ apiGroups: [""], resources: [secrets], verbs: [get, list] }'),
  'secrets-binding.yaml': bindTo(
    'RoleBinding',
    'secrets',
    'secrets',
    '{ kind: ServiceAccount, name: default, namespace: shop }',
  ),
  'login.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: login\n  namespace: shop\n',
  'webhooks.yaml': roleOf(
    'webhooks',
    '{ apiGroups: [admissionregistration.k8s.io], resources: [validatingwebhookconfigurations], verbs: [patch] }',
  ),
  'mine.yaml':
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: mine\n',
  'store.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: store
  namespace: shop
spec:
  selector:
    matchLabels: { app: store }
  template:
    metadata:
      labels: { app: store }
    spec:
      containers:
        - name: store
          image: registry.example.com/store:1.0.0
`,
};
