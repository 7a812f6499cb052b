import { expect, test } from 'vitest';
import { FULL, TestClient } from './client';
import { ACCOUNT, MISSPELT_TRUST, makeFolder, PRIVILEGED_POD, rulesOf } from './texts';

const ROOTS = ['vscode-vfs://github/example/shop', 'memfs://shop', 'memfs:/shop'];
const RULE = 'irsa-subject-mismatch';

type Files = Map<string, { readonly text: string; readonly stamp: string }>;

/** A client that alone can read its folder, and notes what it is asked to read. */
async function start(root: string, files: Files, options: object = { readsFiles: true }) {
  const client = new TestClient();
  const reads: string[] = [];
  const toPath = (uri: string) => uri.slice(root.length).replace(/^\//, '');
  client.connection.onRequest('breakwater/listFolder', ({ uri }: { uri: string }) => {
    const base = toPath(uri);
    const prefix = base === '' ? '' : `${base}/`;
    const below = [...files.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
    const names = [...new Set(below.map((path) => path.replace(/\/.*/, '/')))];
    return names.map((name) => ({ name: name.replace('/', ''), kind: name.endsWith('/') ? 'folder' : 'file' }));
  });
  client.connection.onRequest('breakwater/readFile', ({ uri, stamp }: { uri: string; stamp?: string }) => {
    const file = files.get(toPath(uri));
    if (!file) return null;
    reads.push(toPath(uri));
    return file.stamp === stamp ? { stamp } : file;
  });
  client.connection.onRequest('breakwater/kindOf', ({ uri }: { uri: string }) =>
    files.has(toPath(uri)) ? 'file' : null,
  );
  await client.initialize({ folders: [`${root}/`], capabilities: FULL, initializationOptions: options });
  const trust = `${root}/trust.json`;
  await client.open(trust, MISSPELT_TRUST);
  await client.scans.take();
  const knowsAccount = async () => rulesOf(await client.diagnose(trust)).includes(RULE);
  const settles = async (wanted: boolean) => {
    while ((await knowsAccount()) !== wanted) await client.refreshes.take();
  };
  return { client, reads, knowsAccount, settles };
}

const toFiles = (texts: Readonly<Record<string, string>>): Files =>
  new Map(Object.entries(texts).map(([path, text]) => [path, { text, stamp: '1' }]));

test.each(ROOTS)('what only the client can read is read through it: %s', async (root) => {
  const files = toFiles({ 'deep/down/accounts.yaml': ACCOUNT, 'trust.json': MISSPELT_TRUST });
  const { client, reads, knowsAccount, settles } = await start(root, files);
  expect(await knowsAccount()).toBe(true);
  expect(reads.sort()).toEqual(['deep/down/accounts.yaml']);
  const uri = `${root}/deep/down/accounts.yaml`;
  files.delete('deep/down/accounts.yaml');
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
  await settles(false);
  files.set('deep/down/accounts.yaml', { text: ACCOUNT, stamp: '2' });
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
  await settles(true);
});

test('the configuration file of such a folder counts', async () => {
  const { knowsAccount } = await start(
    'memfs:/shop',
    toFiles({ 'accounts.yaml': ACCOUNT, '.breakwater.yaml': `rules:\n  ${RULE}: off\n` }),
  );
  expect(await knowsAccount()).toBe(false);
});

test('a client that reads nothing is asked for nothing, and is served all the same', async () => {
  const { client, reads } = await start('memfs:/shop', toFiles({ 'accounts.yaml': ACCOUNT }), {});
  await client.open('memfs:/shop/pod.yaml', PRIVILEGED_POD);
  expect(rulesOf(await client.diagnose('memfs:/shop/pod.yaml'))).toContain('privileged-container');
  expect(reads).toEqual([]);
});

test('a client that reads files leaves those of the disk to the server', async () => {
  const folder = makeFolder({ 'accounts.yaml': ACCOUNT });
  const { reads, knowsAccount } = await start(folder.uri, toFiles({}));
  expect(await knowsAccount()).toBe(true);
  expect(reads).toEqual([]);
});

test('a repository with too much to fetch is left alone, and that is said once', async () => {
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`many/${n}.yaml`, PRIVILEGED_POD]));
  const root = 'vscode-vfs://github/example/shop';
  const { client, reads, knowsAccount } = await start(root, toFiles({ 'accounts.yaml': ACCOUNT, ...many }));
  expect(await client.warnings.take()).toMatch(
    /^Breakwater: "shop" has more than 1000 files .* only those that are open/,
  );
  expect(await knowsAccount()).toBe(false);
  expect(reads).toEqual([]);
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `${root}/accounts.yaml`, type: 2 }] });
  expect(await knowsAccount()).toBe(false);
  expect(reads).toEqual([]);
});

test('elsewhere as much is read as there is', async () => {
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`many/${n}.yaml`, PRIVILEGED_POD]));
  const { reads, knowsAccount } = await start('memfs:/shop', toFiles({ 'accounts.yaml': ACCOUNT, ...many }));
  expect(await knowsAccount()).toBe(true);
  expect(reads).toHaveLength(1002);
});
