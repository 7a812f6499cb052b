import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { getActiveChecks } from '../../server/src/standards/pss';
import { TestClient } from './client';
import { makeFolder, PRIVILEGED_POD, startOf } from './texts';

function toNamespace(level: string, mode = 'enforce'): string {
  const label = `pod-security.kubernetes.io/${mode}`;
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    ${label}: ${level}\n    ${label}-version: v1.33\n`;
}

/** The hover at the version label of a Namespace in a folder with other files. */
async function hover(namespace: string, files: Readonly<Record<string, string>> = {}) {
  const folder = makeFolder({ 'ns.yaml': namespace, ...files });
  const client = await TestClient.start({ folders: [folder.uri] });
  await client.scans.take();
  const uri = folder.uriOf('ns.yaml');
  await client.open(uri, namespace);
  const params = { textDocument: { uri }, position: startOf(namespace, 'v1.33') };
  const answer = await client.request<Hover | null>('textDocument/hover', params);
  return { text: (answer?.contents as MarkupContent | undefined)?.value ?? '', folder };
}

test.each(['baseline', 'restricted'] as const)(
  'a label tells every check of %s and what becomes of a pod',
  async (level) => {
    const { text } = await hover(toNamespace(level));
    expect(text).toContain(`**Pod Security: enforce \`${level}\`, v1.33**`);
    for (const { title } of getActiveChecks(level, 33)) expect(text.split(title)).toHaveLength(2);
    expect(text).toMatch(/is rejected/);
    expect(text).toMatch(/holds no workload of namespace `shop`/);
  },
);

test('the workloads that would not pass are counted by check and linked, and the list is cut', async () => {
  const pods = Array.from({ length: 12 }, (_, index) => PRIVILEGED_POD.replace('name: debug', `name: pod-${index}`));
  const { text, folder } = await hover(toNamespace('baseline'), {
    'a.yaml': PRIVILEGED_POD.replace('privileged: true', 'privileged: false'),
    'pods.yaml': pods.join('---\n'),
  });
  expect(text).toContain(
    '**12 of 13 workloads** of namespace `shop` in this workspace would be rejected (12 × `privileged`)',
  );
  const joined = pods.join('---\n');
  const line = startOf(joined, 'name: pod-3').line + 1;
  expect(text).toContain(`- [Pod "pod-3"](${folder.uriOf('pods.yaml')}#L${line}): \`privileged\``);
  expect(text.match(/^- \[Pod/gm)).toHaveLength(10);
  expect(text).toContain('- and 2 more');
});

test('modes that only speak say so, and privileged asks for nothing', async () => {
  const files = { 'a.yaml': PRIVILEGED_POD };
  expect((await hover(toNamespace('baseline', 'audit'), files)).text).toMatch(
    /1 of 1 workload\*\* .* noted in the audit log/,
  );
  expect((await hover(toNamespace('baseline', 'warn'), files)).text).toMatch(/would be warned about/);
  const { text } = await hover(toNamespace('privileged'), files);
  expect(text).toContain('every one is admitted');
  expect(text).not.toContain('rejected');
});
