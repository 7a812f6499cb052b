import type { Project } from '../../../server/src/engine/project';
import { toUri } from '../../harness/lint-text';

/** A small cluster: an account with everything that names it, and what its pods need. */
export const CLUSTER: Readonly<Record<string, string>> = {
  'apps/account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: "writer" # writes reports
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/report-writer
`,
  'apps/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      serviceAccountName: writer # who it is
      imagePullSecrets:
        - name: registry
      containers:
        - name: web
          image: registry.example.com/web:1.0
          envFrom:
            - configMapRef: { name: web-config }
          env:
            - name: TOKEN
              valueFrom:
                secretKeyRef: { name: web-token, key: token }
      volumes:
        - name: data
          persistentVolumeClaim: { claimName: web-data }
        - name: all
          projected:
            sources:
              - secret: { name: web-token }
`,
  'apps/needs.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: web-config, namespace: shop }
---
apiVersion: v1
kind: Secret
metadata: { name: registry, namespace: shop }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: token-source, namespace: shop }
spec: { target: { name: web-token } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: web-data, namespace: shop }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: sales } }
`,
  'rbac/rights.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
  - { apiGroups: [""], resources: [configmaps], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: writer-reads, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
  - kind: ServiceAccount
    name: 'writer'
    namespace: shop
  - kind: User
    apiGroup: rbac.authorization.k8s.io
    name: system:serviceaccount:shop:writer
`,
  'iam/trust.json': `{
  "RoleName": "report-writer",
  "AssumeRolePolicyDocument": {
    "Statement": [
      {
        "Effect": "Allow",
        "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF" },
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
          "StringEquals": {
            "oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF:sub": ["system:serviceaccount:shop:writer", "system:serviceaccount:shop:other"]
          }
        }
      }
    ]
  }
}
`,
  'net/policies.yaml': `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector:
    app: web
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: into-db, namespace: data }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { team: sales } }
          podSelector: { matchLabels: { app: web } }
`,
  'other/account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: { name: writer, namespace: bank }
`,
};

/** A place of a file, named by a text around it with `|` before the place. */
export function placeOf(project: Project, file: string, marked: string): { uri: string; offset: number } {
  const uri = toUri(file);
  const found = (project.getText(uri) ?? '').indexOf(marked.replace('|', ''));
  if (found === -1) throw new Error(`${file} has no ${JSON.stringify(marked)}`);
  return { uri, offset: found + marked.indexOf('|') };
}
