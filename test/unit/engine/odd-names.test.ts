import { expect, test } from 'vitest';
import { getRbacHover } from '../../../server/src/engine/rbac-hover';
import { checkFile, openProject, toUri } from '../../harness/lint-text';

/** What every object of JavaScript has by itself. */
const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];

const toFiles = (name: string): Record<string, string> => ({
  'kinds.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: ${name}
metadata: {name: ${name}, namespace: ${name}, labels: {${name}: x}}
spec: {template: {spec: {containers: [{name: ${name}, image: ${name}}]}}}
---
apiVersion: ${name}/v1
kind: ${name}
metadata: {name: a}
spec: {selector: {matchLabels: {${name}: x}}}
`,
  'namespaces.yaml': `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {tier: front}}
`,
  'policy.yaml': `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a, namespace: shop}
spec:
  podSelector: {matchLabels: {${name}: x}}
  ingress: [{from: [{namespaceSelector: {matchLabels: {${name}: front}}}]}]
`,
  'roles.yaml': `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: a, namespace: shop}
rules: [{apiGroups: [${name}], resources: [${name}], verbs: [${name}]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${name}, name: ${name}}
subjects: [{kind: ${name}, name: ${name}}, {kind: ServiceAccount, name: a}]
`,
  'trust.json': JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Federated: 'x' }, Action: 'sts:AssumeRoleWithWebIdentity', [name]: name },
      {
        Effect: 'Allow',
        Principal: { [name]: name },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { [name]: { [name]: name } },
      },
    ],
  }),
  Dockerfile: `FROM ${name}\nRUN useradd ${name}\nUSER ${name}\n`,
});

test.each(NAMES)('files in which everything is called %s are judged like any other', (name) => {
  const files = toFiles(name);
  const project = openProject(files);
  const other = openProject(toFiles('other'));
  for (const file of Object.keys(files)) {
    const rules = checkFile(project, file).findings.map(({ rule }) => rule);
    expect(rules).toEqual(checkFile(other, file).findings.map(({ rule }) => rule));
  }
});

test.each(NAMES)('a hover says the verb %s as it is written', (name) => {
  const file = 'roles.yaml';
  const text = toFiles(name)[file] ?? '';
  const hover = getRbacHover(openProject({ [file]: text }), toUri(file), text.indexOf('a, namespace'), (uri) => uri);
  expect(hover?.markdown).toContain(`\`${name}\` \`${name}\``);
});
