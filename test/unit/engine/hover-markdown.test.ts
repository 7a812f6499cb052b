import { describe, expect, test } from 'vitest';
import { getAccountHover } from '../../../server/src/engine/account-hover';
import { getNetworkHover } from '../../../server/src/engine/network-hover';
import { getRbacHover } from '../../../server/src/engine/rbac-hover';
import { escapeMarkdown, toCode } from '../../../server/src/text/markdown';
import { openProject, toUri } from '../../harness/lint-text';

/** Texts that would load a picture from afar if they were read as Markdown where they come to stand. */
const PICTURE = '![x](https://example.com/x)';
const TEXTS = [PICTURE, `a\` ${PICTURE}`, `a\n\n${PICTURE}`, `<img src="https://example.com/x"`, `](a) ${PICTURE}`];

/** Markdown without what is code in it, and without what is escaped. A line that is empty ends what was open before it. */
function toActive(markdown: string): string {
  return markdown
    .split(/\n\s*\n/)
    .map((block) => block.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/`[^`]*`/g, ''))
    .join('\n\n');
}

function expectNoPicture(markdown: string | undefined): void {
  expect(markdown).toBeDefined();
  expect(toActive(markdown ?? '')).not.toMatch(/!\[|<\w|\]\((?!file:)/);
}

const toFiles = (word: string): Readonly<Record<string, string>> => {
  const name = JSON.stringify(word);
  return {
    'rbac.yaml': `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: ${name}, namespace: ${name}}
rules:
  - {apiGroups: [${name}], resources: [${name}], resourceNames: [${name}], verbs: [${name}]}
  - {nonResourceURLs: [${name}], verbs: [${name}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ${name}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${name}, name: ${name}}
subjects:
  - {kind: ${name}, name: ${name}}
  - {kind: ServiceAccount, name: ${name}, namespace: ${name}}
  - {kind: Group, name: ${JSON.stringify(`system:serviceaccounts:${word}`)}}
`,
    'accounts.yaml': `
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${name}
  annotations: {eks.amazonaws.com/role-arn: ${JSON.stringify(`arn:aws:iam::111122223333:role/${word}`)}}
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${name}, labels: {app: ${name}}}
spec: {serviceAccountName: ${name}, containers: [{name: ${name}, image: ${name}}]}
`,
    'network.yaml': `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${name}}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - ports: [{port: ${name}, protocol: ${name}}]
      from: [{ipBlock: {cidr: ${name}, except: [${name}]}}, {podSelector: {matchLabels: {${name}: ${name}}}}]
`,
    'trust.json': JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { [word]: word, AWS: word, Federated: word },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${word}:sub`]: `system:serviceaccount:${word}:${word}` } },
        },
      ],
    }),
  };
};

describe.each(TEXTS)('a hover shows %j as text', (word) => {
  const files = toFiles(word);
  const project = openProject(files, {
    irsaRoles: { [`arn:aws:iam::111122223333:role/${word}`]: toUri('trust.json') },
  });
  const at = (file: string, text: string) => [project, toUri(file), files[file]?.indexOf(text) ?? -1] as const;
  test('on a role and on a binding', () => {
    const text = files['rbac.yaml'] ?? '';
    for (const start of [text.indexOf('metadata: {name: '), text.lastIndexOf('metadata: {name: ')]) {
      const offset = start + 'metadata: {name: '.length;
      expectNoPicture(getRbacHover(project, toUri('rbac.yaml'), offset, (uri) => uri)?.markdown);
    }
  });

  test('on an account, with its rights, pods and role', () => {
    expectNoPicture(getAccountHover(...at('accounts.yaml', 'ServiceAccount\n'))?.markdown);
    expectNoPicture(getRbacHover(...at('accounts.yaml', 'ServiceAccount\n'), (uri) => uri)?.markdown);
  });

  test('on a network policy', () => {
    expectNoPicture(getNetworkHover(...at('network.yaml', 'NetworkPolicy'))?.markdown);
  });

  test('as code, and as it is written', () => {
    expectNoPicture(`a ${toCode(word)} b ${toCode('')} c ${escapeMarkdown(word)}`);
  });
});
