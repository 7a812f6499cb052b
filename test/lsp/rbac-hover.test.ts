import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { TestClient } from './client';
import { rangeOf } from './texts';

const ACCOUNT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: reporter\n  namespace: shop\n';
const RIGHTS = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reports
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: reporters
  namespace: shop
subjects:
  - kind: ServiceAccount
    name: reporter
    namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reports
`;
const ACCOUNT_URI = 'untitled:account.yaml';
const RIGHTS_URI = 'untitled:rights.yaml';

test('a hover on a ServiceAccount says what it can do, with links to the rules and bindings of other documents', async () => {
  const client = await TestClient.start();
  await client.open(ACCOUNT_URI, ACCOUNT);
  await client.open(RIGHTS_URI, RIGHTS);
  const range = rangeOf(ACCOUNT, 'reporter');
  const answer = await client.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: ACCOUNT_URI },
    position: range.start,
  });
  const { value } = (answer as Hover).contents as MarkupContent;
  const lineOf = (text: string) => RIGHTS.slice(0, RIGHTS.indexOf(text)).split('\n').length;
  expect(value).toContain('**ServiceAccount `reporter` of namespace `shop`** can:');
  expect(value).toContain('In namespace `shop`:');
  expect(value).toContain(`- read \`pods\` ([ClusterRole \`reports\`](${RIGHTS_URI}#L${lineOf('- apiGroups')}))`);
  expect(value).toContain(`[RoleBinding \`reporters\`](${RIGHTS_URI}#L${lineOf('kind: RoleBinding')})`);
  expect(answer?.range).toEqual(range);
});
