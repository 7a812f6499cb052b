import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { TestClient } from './client';
import { ACCOUNT, MISSPELT_TRUST, makeFolder, PRIVILEGED_POD, rangeOf } from './texts';

const ROLE = 'arn:aws:iam::111122223333:role/report-writer';
const WITH_ROLE = `${ACCOUNT}  annotations:\n    eks.amazonaws.com/role-arn: ${ROLE}\n`;
const POD = PRIVILEGED_POD.replace('spec:', 'spec:\n  serviceAccountName: report-writer');
const TRUST = MISSPELT_TRUST.replace(
  '"system:serviceaccount:shop:report-witer"',
  '["system:serviceaccount:shop:report-writer", "system:serviceaccount:tools:cron"]',
);

test('a hover in a pod on its ServiceAccount says rights, role and who else can take it on, with links into other files', async () => {
  const folder = makeFolder({ 'account.yaml': WITH_ROLE, 'pod.yaml': POD, 'report-writer-trust.json': TRUST });
  const client = await TestClient.start({ folders: [folder.uri] });
  await client.scans.take();
  const uri = folder.uriOf('pod.yaml');
  await client.open(uri, POD);
  const range = rangeOf(POD, 'report-writer');
  const ask = { textDocument: { uri }, position: range.start };
  const answer = await client.request<Hover | null>('textDocument/hover', ask);
  const { value } = (answer as Hover).contents as MarkupContent;
  const lineOf = (text: string, needle: string) => text.slice(0, text.indexOf(needle)).split('\n').length;
  expect(value).toContain('**ServiceAccount `report-writer` of namespace `shop`** is given no rights');
  expect(value).toContain(`Pods that run as it: [Pod "debug"](${uri}#L${lineOf(POD, 'name: debug')}).`);
  expect(value).toContain('**IAM role `report-writer`**');
  const line = lineOf(TRUST, '"Effect"');
  const trust = `[trust policy in report-writer-trust.json](${folder.uriOf('report-writer-trust.json')}#L${line})`;
  expect(value).toContain(`The ${trust} admits this account.`);
  expect(value).toContain('- ServiceAccount `cron` of namespace `tools`');
  expect(answer?.range).toEqual(range);
});
