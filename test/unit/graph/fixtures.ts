import { findTargetAt, getAccessGraph } from '../../../server/src/engine/graph/access-graph';
import type { AccessGraph, GraphTarget } from '../../../server/src/engine/graph/graph';
import type { Project } from '../../../server/src/engine/project';
import { openProject, toUri } from '../../harness/lint-text';

const trust = (subject: string) => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D:sub": "system:serviceaccount:shop:${subject}",
          "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D:aud": "sts.amazonaws.com"
        }
      }
    }
  ]
}
`;

/** A workload with the account that it names. */
export const toDeployment = (name: string, account: string, namespace = 'shop') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${account}
      containers:
        - name: main
          image: registry.example.com/${name}:1.0
`;

/** A namespace over many files: workloads, accounts, rights, a role in the cloud and the policies around it. */
export const SHOP: Readonly<Record<string, string>> = {
  'apps/web.yaml': toDeployment('web', 'web'),
  'apps/job.yaml': toDeployment('job', 'writer'),
  'accounts/web.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
`,
  'accounts/writer.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: writer
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/report-writer
`,
  'rbac/binding.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deployers
  namespace: shop
subjects:
  - kind: ServiceAccount
    name: web
  - kind: User
    name: jo
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: deployer
`,
  'rbac/role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: deployer
  namespace: shop
rules:
  - apiGroups: [""]
    resources: [pods, services]
    verbs: [get, list, watch]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: ["*"]
`,
  'rbac/everybody.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: everybody-views
subjects:
  - kind: Group
    name: system:serviceaccounts:shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
`,
  'rbac/books.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: books-viewer
  labels:
    rbac.authorization.k8s.io/aggregate-to-view: "true"
rules:
  - apiGroups: [example.com]
    resources: [books]
    verbs: [get, list]
`,
  'iam/report-writer.json': trust('writer'),
  'iam/report-reader.json': trust('reader'),
};

/** The same with a role in the cloud that refuses its account. */
export const REFUSED: Readonly<Record<string, string>> = { ...SHOP, 'iam/report-writer.json': trust('wirter') };

/** The graph of what stands at the first `needle` of a file; throws when there is none. */
export function drawAt(files: Readonly<Record<string, string>>, file: string, needle = 'kind:'): AccessGraph {
  const project = openProject(files);
  const target = findTargetAt(project, toUri(file), (files[file] ?? '').indexOf(needle));
  if (!target) throw new Error(`nothing at ${needle} in ${file}`);
  return draw(project, target);
}

/** The graph of a target; throws when there is none. */
export function draw(project: Project, target: GraphTarget): AccessGraph {
  const graph = getAccessGraph(project, target);
  if (!graph) throw new Error(`no graph of ${JSON.stringify(target)}`);
  return graph;
}

/** Each edge in words, sorted: `Deployment web runs as ServiceAccount web`. */
export function toSentences({ nodes, edges }: AccessGraph): string[] {
  const name = (id: string) => nodes.filter((node) => node.id === id).map((node) => `${node.kind} ${node.name}`)[0];
  return edges.map(({ from, word, to }) => `${name(from)} ${word} ${name(to)}`).sort();
}

/** The one node of a name; throws when there is another number of them. */
export function nodeOf({ nodes }: AccessGraph, kind: string, name: string): AccessGraph['nodes'][number] {
  const found = nodes.filter((node) => node.kind === kind && node.name === name);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} nodes ${kind} ${name}`);
  return found[0];
}
