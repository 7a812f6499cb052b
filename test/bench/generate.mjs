// Makes the manifests that are measured: the same bytes for the same arguments, about `lines` lines of whole objects.

const KINDS = [deployment, service, role, networkPolicy, configMap, serviceAccount];

/** A file of about `lines` lines, many documents. `seed` tells files of one folder apart. */
export function generateManifests(lines, seed = 0) {
  const documents = [];
  let count = 0;
  for (let i = 0; count < lines; i++) {
    const document = KINDS[i % KINDS.length](`app-${seed}-${i}`, `team-${(seed + i) % 7}`);
    documents.push(document);
    count += document.split('\n').length;
  }
  return documents.join('---\n');
}

/** A file with one application: a workload with its account, its rights, its Service and who may connect to it. */
export function generateApplication(number) {
  const name = `app-${number}`;
  const namespace = `team-${number % 200}`;
  const makers = [deployment, service, serviceAccount, role, roleBinding, networkPolicy];
  return makers.map((maker) => maker(name, namespace)).join('---\n');
}

function roleBinding(name, namespace) {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}
    namespace: ${namespace}
`;
}

function deployment(name, namespace) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: main # the program
          image: registry.example.com/${name}:1.4.2
          ports:
            - containerPort: 8080
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 128Mi
          volumeMounts:
            - name: tmp
              mountPath: /tmp
        - name: sidecar
          image: registry.example.com/proxy:2.0.0
          securityContext:
            readOnlyRootFilesystem: false
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
`;
}

function service(name, namespace) {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: 8080
`;
}

function role(name, namespace) {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}
  namespace: ${namespace}
rules:
  - apiGroups: [""]
    resources: ["configmaps"]
    verbs: ["get", "list", "watch"]
  - apiGroups: ["apps"]
    resources: ["deployments"]
    verbs: ["get"]
`;
}

function networkPolicy(name, namespace) {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: gateway
      ports:
        - port: 8080
          protocol: TCP
`;
}

function configMap(name, namespace) {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  application.properties: |
    server.port=8080
    server.host=0.0.0.0
  LEVEL: info
  MODE: production
`;
}

function serviceAccount(name, namespace) {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${namespace}
automountServiceAccountToken: false
`;
}
