import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { toDeployment, toPolicy } from '../rules/network/policy-text';
import { TestClient } from './client';
import { rangeOf, startOf } from './texts';

const POLICY = toPolicy('policyTypes: [Ingress]\ningress:\n  - from: [{ podSelector: {} }]\n');
const POD = toDeployment('db', '{ app: db }');
const POLICY_URI = 'untitled:policy.yaml';
const POD_URI = 'untitled:db.yaml';

test('a hover on a NetworkPolicy says what it does and links to what it selects', async () => {
  const client = await TestClient.start();
  await client.open(POLICY_URI, POLICY);
  await client.open(POD_URI, POD);
  const answer = await client.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: POLICY_URI },
    position: startOf(POLICY, 'NetworkPolicy'),
  });
  expect(answer?.range).toEqual(rangeOf(POLICY, 'NetworkPolicy'));
  const text = (answer?.contents as MarkupContent | undefined)?.value;
  expect(text).toContain(
    'Pods `app=db` of this namespace accept connections at every port from all pods of this namespace.',
  );
  expect(text).toContain(`Selects [Deployment "db"](${POD_URI}#L${rangeOf(POD, 'Deployment').start.line + 1}).`);
});
