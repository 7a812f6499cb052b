import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { getBuilt } from '../harness/built';
import { type ClientOptions, TestClient } from './client';
import { DOCS, findRule, makeFolder, PRIVILEGED_POD, startOf, UNTITLED } from './texts';

const RULE = 'privileged-container';

/** A server in a folder of its own, with only the given files beside it. */
function placeServer(files: Readonly<Record<string, string>>): string {
  const folder = makeFolder({ 'dist/server.js': '', ...files });
  const server = fileURLToPath(folder.uriOf('dist/server.js'));
  copyFileSync(getBuilt('server'), server);
  return server;
}

async function openPod(options: ClientOptions) {
  const client = await TestClient.start(options);
  await client.open(UNTITLED, PRIVILEGED_POD);
  const diagnostics = await client.diagnose(UNTITLED);
  const found = findRule(diagnostics, RULE);
  const actions = await client.getActions(UNTITLED, found.range, { diagnostics: [found] });
  const position = startOf(PRIVILEGED_POD, 'true');
  const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri: UNTITLED }, position });
  const docsAction = actions.find(({ title }) => title === `Show documentation for ${RULE}`);
  return { client, diagnostics, found, docsAction, hover: (hover.contents as MarkupContent).value };
}

test('a client that shows the pages itself is given addresses of its own', async () => {
  const { found, docsAction, hover } = await openPod({ initializationOptions: DOCS });
  expect(found.codeDescription).toEqual({ href: `${DOCS.docsUrl}${RULE}` });
  expect(hover).toContain(`[${RULE}](${DOCS.docsUrl}${RULE})`);
  expect(docsAction?.command).toMatchObject({ command: 'breakwater.openRuleDocs', arguments: [RULE] });
});

test('other clients are given the page beside the server, which is there', async () => {
  const page = `# ${RULE}\n`;
  const { client, found, docsAction, hover } = await openPod({
    server: placeServer({ [`docs/rules/${RULE}.md`]: page }),
  });
  const href = found.codeDescription?.href ?? '';
  expect(readFileSync(fileURLToPath(href), 'utf8')).toBe(page);
  expect(hover).toContain(`[${RULE}](${href})`);
  await client.request('workspace/executeCommand', docsAction?.command);
  expect(await client.shown.take()).toBe(href);
});

test('where no pages are, there are no links and no action that leads nowhere', async () => {
  const { diagnostics, docsAction, hover } = await openPod({ server: placeServer({}) });
  expect(diagnostics.filter(({ codeDescription }) => codeDescription)).toEqual([]);
  expect(hover).toContain(`\`${RULE}\``);
  expect(hover).not.toContain(`[${RULE}]`);
  expect(docsAction).toBeUndefined();
});
