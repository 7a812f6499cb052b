import { expect, test } from 'vitest';
import type { ClientCapabilities, CodeLens } from 'vscode-languageserver';
import { FULL, TestClient } from './client';
import { Mailbox } from './mailbox';
import { makeFolder, PRIVILEGED_POD, rangeOf, startOf } from './texts';

const LENSES: ClientCapabilities = { ...FULL, workspace: { ...FULL.workspace, codeLens: { refreshSupport: true } } };

const NAMESPACES = `# all of ours
apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: Namespace
metadata:
  name: empty
`;

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;

async function start(settings?: unknown, initializationOptions?: unknown) {
  const folder = makeFolder({ 'ns.yaml': NAMESPACES, 'pod.yaml': PRIVILEGED_POD, 'deny.yaml': '' });
  const client = await TestClient.start({
    folders: [folder.uri],
    capabilities: LENSES,
    settings,
    initializationOptions,
  });
  const refreshes = new Mailbox<void>();
  client.connection.onRequest('workspace/codeLens/refresh', () => refreshes.put());
  await client.scans.take();
  const uri = folder.uriOf('ns.yaml');
  await client.open(uri, NAMESPACES);
  const ask = () => client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  const show = async () => {
    const lenses = (await ask()).map((lens) => client.request<CodeLens>('codeLens/resolve', lens));
    return (await Promise.all(lenses)).map(({ command }) => command?.title);
  };
  return { folder, client, refreshes, ask, show };
}

test('over each Namespace stands what is in it', async () => {
  const { ask, show, client, folder } = await start();
  const [first, second] = await ask();
  expect(first?.range.start).toEqual(startOf(NAMESPACES, 'apiVersion'));
  expect(second?.range.start.line).toBe(rangeOf(NAMESPACES, '---\n').end.line);

  const uris = [folder.uriOf('ns.yaml'), folder.uriOf('pod.yaml')];
  await client.open(folder.uriOf('pod.yaml'), PRIVILEGED_POD);
  const found = (await Promise.all(uris.map((uri) => client.diagnose(uri)))).flat();
  const count = (severity: number) =>
    found.filter((one) => one.severity === severity && !String(one.message).includes('"empty"')).length;
  const [shop, empty] = await show();
  expect(shop).toMatch(/^1 workload · /);
  expect(shop).toContain(` ${count(1)} error`);
  expect(shop).toContain(` ${count(2)} warning`);
  expect(shop).toMatch(/ · no default-deny$/);
  expect(empty).toMatch(/^no workloads · /);
});

test('a lens is shown anew when what it says has changed elsewhere', async () => {
  const { show, client, folder, refreshes } = await start();
  await show();
  const deny = folder.uriOf('deny.yaml');
  await client.open(deny, DENY);
  await refreshes.take();
  expect((await show())[0]).toMatch(/ · default-deny for ingress only$/);
  await client.change(deny, 2, [{ range: rangeOf(DENY, 'Ingress'), text: 'Ingress, Egress' }]);
  await refreshes.take();
  expect((await show())[0]).toMatch(/ · default-deny for ingress and egress$/);
});

test('lenses can be turned off, and on again', async () => {
  const { ask, client, refreshes } = await start({ codeLens: { enable: false } });
  expect(await ask()).toEqual([]);
  await client.configure({ codeLens: { enable: true } });
  await refreshes.take();
  expect(await ask()).toHaveLength(2);
  await client.configure({ codeLens: { enable: 'no' } });
  expect(await client.warnings.take()).toContain('breakwater.codeLens.enable');
});

test('a lens draws the access graph where the client has a command for it, and only speaks elsewhere', async () => {
  const command = 'breakwater.showNamespaceAccessGraph';
  for (const commands of [[command], []]) {
    const { ask, client } = await start(undefined, { commands });
    const [lens] = await ask();
    const resolved = await client.request<CodeLens>('codeLens/resolve', lens);
    expect(resolved.command?.command).toBe(commands[0] ?? '');
    expect(resolved.command?.arguments).toEqual(commands.length > 0 ? ['shop'] : undefined);
  }
});
