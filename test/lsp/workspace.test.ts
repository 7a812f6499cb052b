import { describe, expect, test } from 'vitest';
import { TestClient } from './client';
import { ACCOUNT, MISSPELT_TRUST, makeFolder, rulesOf } from './texts';

const RULE = 'irsa-subject-mismatch';
const DELETED = 3;
const CHANGED = 2;
const CREATED = 1;

/** A workspace in which a trust policy is open; whether it names a near miss depends on which other files are known. */
async function openTrust(files: Readonly<Record<string, string>>, others: readonly string[] = []) {
  const folder = makeFolder(files);
  const client = await TestClient.start({ folders: [folder.uri, ...others] });
  await client.scans.take();
  const trust = folder.uriOf('trust.json');
  await client.open(trust, MISSPELT_TRUST);
  const knowsAccount = async () => rulesOf(await client.diagnose(trust)).includes(RULE);
  const tell = (name: string, type: number) =>
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(name), type }] });
  return { folder, client, trust, knowsAccount, tell };
}

describe('files in the background', () => {
  test('are read, at any depth and in JSON too', async () => {
    const { knowsAccount } = await openTrust({ 'a/b/accounts.yml': ACCOUNT });
    expect(await knowsAccount()).toBe(true);
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'report-writer', namespace: 'shop' },
    };
    expect(await (await openTrust({ 'accounts.json': JSON.stringify(account) })).knowsAccount()).toBe(true);
  });

  test('are not read when they are ignored, a dependency, of another kind or binary', async () => {
    const { knowsAccount } = await openTrust({
      '.gitignore': '/out\n',
      'sub/.gitignore': '*.gen.yaml\n!kept.gen.yaml\n',
      'out/accounts.yaml': ACCOUNT,
      'sub/deep/accounts.gen.yaml': ACCOUNT,
      'node_modules/pkg/accounts.yaml': ACCOUNT,
      '.git/accounts.yaml': ACCOUNT,
      'accounts.txt': ACCOUNT,
      'binary.yaml': `${ACCOUNT}\u0000`,
    });
    expect(await knowsAccount()).toBe(false);
  });

  test('that a deeper .gitignore takes back are read', async () => {
    const { knowsAccount } = await openTrust({
      '.gitignore': '*.gen.yaml\n',
      'sub/.gitignore': '!kept.gen.yaml\n',
      'sub/kept.gen.yaml': ACCOUNT,
    });
    expect(await knowsAccount()).toBe(true);
  });

  test('are watched', async () => {
    const client = await TestClient.start();
    expect(await client.registrations.take((method) => method === 'workspace/didChangeWatchedFiles')).toBeTruthy();
  });

  test('count from their creation to their deletion', async () => {
    const { folder, client, knowsAccount, tell } = await openTrust({});
    expect(await knowsAccount()).toBe(false);
    folder.write('accounts.yaml', ACCOUNT);
    await tell('accounts.yaml', CREATED);
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(true);
    folder.write('accounts.yaml', ACCOUNT.replace('report-writer', 'unlike-anything'));
    await tell('accounts.yaml', CHANGED);
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(false);
    folder.write('accounts.yaml', ACCOUNT);
    await tell('accounts.yaml', CHANGED);
    await client.refreshes.take();
    folder.remove('accounts.yaml');
    await tell('accounts.yaml', DELETED);
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(false);
  });

  test('come with the folder that is created, of which alone a client may tell', async () => {
    const { folder, client, knowsAccount, tell } = await openTrust({ '.gitignore': 'out\n' });
    folder.write('out/accounts.yaml', ACCOUNT);
    folder.write('node_modules/accounts.yaml', ACCOUNT);
    await tell('out', CREATED);
    await tell('node_modules', CREATED);
    expect(await knowsAccount()).toBe(false);
    folder.write('new/sub.d/accounts.yaml', ACCOUNT);
    await tell('new', CREATED);
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(true);
  });

  test('stay unknown when they are ignored and change', async () => {
    const { folder, client, trust, knowsAccount } = await openTrust({ '.gitignore': 'out\n' });
    await client.change(trust, 2, [{ text: MISSPELT_TRUST.replace('report-witer', 'report-writer') }]);
    expect(await knowsAccount()).toBe(false);
    folder.write('out/accounts.yaml', ACCOUNT);
    folder.write('accounts.yaml', ACCOUNT.replace('report-writer', 'report-writes'));
    const changes = ['out/accounts.yaml', 'accounts.yaml'].map((name) => ({ uri: folder.uriOf(name), type: CREATED }));
    await client.notify('workspace/didChangeWatchedFiles', { changes });
    await client.refreshes.take();
    // The near miss is only a finding as long as the account that the policy names is not known.
    expect(await knowsAccount()).toBe(true);
  });

  test('go with the folder that is deleted, whichever way it is told', async () => {
    for (const method of ['workspace/didChangeWatchedFiles', 'workspace/didDeleteFiles']) {
      const { folder, client, knowsAccount } = await openTrust({ 'a/b/accounts.yaml': ACCOUNT });
      expect(await knowsAccount()).toBe(true);
      folder.remove('a');
      const uri = folder.uriOf('a');
      await client.notify(
        method,
        method.endsWith('Files') && method.includes('Watched')
          ? { changes: [{ uri, type: DELETED }] }
          : { files: [{ uri }] },
      );
      await client.refreshes.take();
      expect(await knowsAccount()).toBe(false);
    }
  });

  test('move with a rename', async () => {
    const { folder, client, knowsAccount } = await openTrust({ 'a/accounts.yaml': ACCOUNT });
    folder.remove('a');
    folder.write('accounts.txt', ACCOUNT);
    const [oldUri, newUri] = [folder.uriOf('a/accounts.yaml'), folder.uriOf('accounts.txt')];
    await client.diagnose(folder.uriOf('trust.json'));
    await client.notify('workspace/didRenameFiles', { files: [{ oldUri, newUri }] });
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(false);
    folder.write('b/accounts.yaml', ACCOUNT);
    await client.notify('workspace/didRenameFiles', { files: [{ oldUri: newUri, newUri: folder.uriOf('b') }] });
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(true);
  });
});

describe('open documents and the disk', () => {
  test('what is typed counts, and what is on the disk counts again when the document is closed', async () => {
    const { folder, client, knowsAccount, tell } = await openTrust({ 'accounts.yaml': ACCOUNT });
    const uri = folder.uriOf('accounts.yaml');
    await client.open(uri, ACCOUNT.replace('report-writer', 'unlike-anything'));
    expect(await knowsAccount()).toBe(false);
    await tell('accounts.yaml', CHANGED);
    await client.diagnose(uri);
    expect(await knowsAccount()).toBe(false);
    await client.close(uri);
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(true);
  });

  test('a document of a file that is gone counts until it is closed', async () => {
    const { folder, client, knowsAccount, tell } = await openTrust({ 'accounts.yaml': ACCOUNT });
    const uri = folder.uriOf('accounts.yaml');
    await client.open(uri, ACCOUNT);
    folder.remove('accounts.yaml');
    await tell('accounts.yaml', DELETED);
    expect(await knowsAccount()).toBe(true);
    await client.close(uri);
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(false);
  });
});

describe('several roots', () => {
  test('are read together, and as they come and go', async () => {
    const second = makeFolder({ 'accounts.yaml': ACCOUNT });
    const { client, knowsAccount } = await openTrust({}, [second.uri]);
    expect(await knowsAccount()).toBe(true);
    const root = { uri: second.uri, name: 'second' };
    await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [root] } });
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(false);
    await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [root], removed: [] } });
    await client.refreshes.take();
    expect(await knowsAccount()).toBe(true);
  });
});
