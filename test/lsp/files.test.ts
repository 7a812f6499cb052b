import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type ClientOptions, FULL, TestClient } from './client';
import { ACCOUNT, MISSPELT_TRUST, makeFolder, PRIVILEGED_POD, rulesOf, WIDE_ROLE } from './texts';

const RULE = 'irsa-subject-mismatch';
const FILES = {
  'accounts.yaml': ACCOUNT,
  'apps/pod.yaml': PRIVILEGED_POD,
  'apps/role.yaml': WIDE_ROLE,
  'apps/.gitignore': '*.gen.yaml\n',
  'apps/ignored.gen.yaml': PRIVILEGED_POD,
  'readme.md': '# nothing to know\n',
  '.breakwater.yaml': 'rules:\n  verb-wildcard: info\n',
};

/** A client in a folder, whose server notes what it reads. The trust policy, which is open, names nearly the account. */
async function start(files: Readonly<Record<string, string>> = FILES, options: Partial<ClientOptions> = {}) {
  const folder = makeFolder({ ...files, 'trust.json': MISSPELT_TRUST });
  const notes = makeFolder({ reads: '' });
  const reads = fileURLToPath(notes.uriOf('reads'));
  const client = await TestClient.start({ folders: [folder.uri], reads, ...options });
  const trust = folder.uriOf('trust.json');
  await client.open(trust, MISSPELT_TRUST);
  const listReads = () =>
    readFileSync(reads, 'utf8')
      .split('\n')
      .map((path) => basename(path))
      .filter((name) => name in names);
  const names = Object.fromEntries(
    [...Object.keys(files), 'trust.json', 'new.yaml'].map((path) => [basename(path), 0]),
  );
  const knowsAccount = async () => rulesOf(await client.diagnose(trust)).includes(RULE);
  const tell = (name: string, type: number) =>
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(name), type }] });
  return { folder, client, trust, listReads, knowsAccount, tell };
}

/** What is read at the start: all that is not ignored, in a language that is known, and not open. */
const READ_AT_START = ['.breakwater.yaml', '.gitignore', 'accounts.yaml', 'pod.yaml', 'role.yaml'];

test('each file is read once at the start, though the client tells of settings as soon as it is asked to', async () => {
  const { client, listReads, knowsAccount } = await start();
  await client.registrations.take((method) => method === 'workspace/didChangeConfiguration');
  await client.configure(undefined);
  await client.scans.take();
  expect(await knowsAccount()).toBe(true);
  await client.configure(undefined);
  // By its answer the server has asked for the settings as they are now.
  await knowsAccount();
  // A change of settings that holds for the folder: it goes after all that came before.
  await client.configure({ exclude: ['nowhere'] });
  await client.scans.take();
  expect(listReads().sort()).toEqual([...READ_AT_START, '.gitignore'].sort());
  expect(client.progress.filter(({ kind }) => kind === 'begin')).toHaveLength(2);
});

test('reading is shown while it lasts', async () => {
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`many/${n}.yaml`, PRIVILEGED_POD]));
  const { client } = await start({ ...FILES, ...many });
  await client.scans.take();
  expect(client.progress.map(({ kind }) => kind)).toEqual(['begin', 'report', 'end']);
  expect(client.progress[0]?.title).toContain('reading the workspace');
  expect(client.progress[1]?.message).toBe('100 files');
});

test('a change is read by itself, and a message that tells of it twice does not read it twice', async () => {
  const { folder, client, listReads, knowsAccount, tell } = await start();
  await client.scans.take();
  expect(await knowsAccount()).toBe(true);
  const before = listReads();
  folder.write('accounts.yaml', ACCOUNT.replace('report-writer', 'unlike-anything'));
  await tell('accounts.yaml', 2);
  await client.refreshes.take();
  expect(await knowsAccount()).toBe(false);
  folder.write('new.yaml', ACCOUNT);
  await client.notify('workspace/didCreateFiles', { files: [{ uri: folder.uriOf('new.yaml') }] });
  await client.refreshes.take();
  await tell('new.yaml', 1);
  expect(await knowsAccount()).toBe(true);
  folder.remove('new.yaml');
  await tell('new.yaml', 3);
  await client.refreshes.take();
  expect(await knowsAccount()).toBe(false);
  const after = listReads().slice(before.length);
  expect(after.filter((name) => name !== '.gitignore')).toEqual(['accounts.yaml', 'new.yaml']);
});

test('an open document is not read from the disk, whatever happens there, and again when it is closed', async () => {
  const { folder, client, listReads, knowsAccount, tell } = await start();
  await client.scans.take();
  const uri = folder.uriOf('accounts.yaml');
  await client.open(uri, ACCOUNT);
  const before = listReads();
  expect(before).not.toContain('trust.json');
  folder.write('accounts.yaml', ACCOUNT.replace('report-writer', 'unlike-anything'));
  await tell('accounts.yaml', 2);
  expect(await knowsAccount()).toBe(true);
  expect(listReads()).toEqual(before);
  await client.close(uri);
  await client.refreshes.take();
  expect(await knowsAccount()).toBe(false);
  expect(listReads().filter((name) => name === 'accounts.yaml')).toHaveLength(2);
});

test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
  ['a folder at any depth', { '**/vendor': true }, false],
  ['a folder at the top, which it is not', { vendor: true }, true],
  ['a folder by its way', { 'a/vendor': true }, false],
  ['files', { '**/*.yaml': true }, false],
  ['nothing, since it is turned off', { '**/vendor': false }, true],
  ['what was made from something else', { '**/*.yaml': { when: '$(basename).ts' } }, true],
])('files.exclude hides %s', async (_, hidden, expected) => {
  const { client, knowsAccount } = await start({ 'a/vendor/accounts.yaml': ACCOUNT }, { hidden });
  await client.scans.take();
  expect(await knowsAccount()).toBe(expected);
});

test('a change of files.exclude, of our own setting or of a .gitignore is followed', async () => {
  const { folder, client, listReads, knowsAccount, tell } = await start();
  await client.scans.take();
  const change = async (hidden: unknown, settings: unknown) => {
    client.hidden = hidden;
    await client.configure(settings);
    await client.scans.take();
    return await knowsAccount();
  };
  expect(await knowsAccount()).toBe(true);
  expect(await change({ 'accounts.yaml': true }, undefined)).toBe(false);
  expect(await change({}, undefined)).toBe(true);
  expect(await change({}, { exclude: ['accounts.*'] })).toBe(false);
  expect(await change({}, {})).toBe(true);
  folder.write('.gitignore', 'accounts.yaml\n');
  await tell('.gitignore', 1);
  await client.scans.take();
  expect(await knowsAccount()).toBe(false);
  folder.remove('.gitignore');
  await tell('.gitignore', 3);
  await client.scans.take();
  expect(await knowsAccount()).toBe(true);
  // What stays the same meanwhile is not read again.
  expect(listReads().filter((name) => name === 'pod.yaml')).toHaveLength(1);
});

test('a client that is not told of changes on the disk looks for them when settings change', async () => {
  const workspace = { ...FULL.workspace, didChangeWatchedFiles: { dynamicRegistration: false } };
  const { folder, client, knowsAccount } = await start(FILES, { capabilities: { ...FULL, workspace } });
  await client.scans.take();
  folder.write('accounts.yaml', ACCOUNT.replace('report-writer', 'unlike-anything'));
  await client.configure(undefined);
  await client.scans.take();
  expect(await knowsAccount()).toBe(false);
});
