import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import rule from '../../server/src/rules/pod-security/privileged-container';
import { FULL, TestClient } from './client';
import { DOCS, findRule, PRIVILEGED_POD, rangeOf, startOf, UNTITLED } from './texts';

async function hover(needle: string, capabilities = FULL): Promise<MarkupContent | undefined> {
  const client = await TestClient.start({ capabilities, initializationOptions: DOCS });
  await client.open(UNTITLED, PRIVILEGED_POD);
  const params = { textDocument: { uri: UNTITLED }, position: startOf(PRIVILEGED_POD, needle) };
  const answer = await client.request<Hover | null>('textDocument/hover', params);
  return answer ? (answer.contents as MarkupContent) : undefined;
}

test('a hover on a finding says what, why, what to do, and who says so', async () => {
  const content = await hover('true');
  expect(content?.kind).toBe('markdown');
  for (const part of [rule.title, rule.docs.what, rule.docs.why, rule.docs.remedy, `(${DOCS.docsUrl}${rule.id})`]) {
    expect(content?.value).toContain(part);
  }
  expect(content?.value).toMatch(/- \[Kubernetes Pod Security Standards: .*\]\(https:\/\/kubernetes\.io/);
});

test('a hover elsewhere is silent', async () => {
  expect(await hover('registry.example.com')).toBeUndefined();
});

test('a client that knows no Markdown is told plain text', async () => {
  const { hover: _, ...textDocument } = FULL.textDocument ?? {};
  expect((await hover('true', { ...FULL, textDocument }))?.kind).toBe('plaintext');
});

test('the range of a hover is that of the finding', async () => {
  const client = await TestClient.start();
  await client.open(UNTITLED, PRIVILEGED_POD);
  const found = findRule(await client.diagnose(UNTITLED), 'privileged-container');
  const params = { textDocument: { uri: UNTITLED }, position: rangeOf(PRIVILEGED_POD, 'true').start };
  expect(await client.request<Hover>('textDocument/hover', params)).toMatchObject({ range: found.range });
});
