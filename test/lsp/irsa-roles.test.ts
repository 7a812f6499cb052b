import { describe, expect, test } from 'vitest';
import { toAccountExample, toExactPolicyExample } from '../../server/src/rules/irsa/_examples';
import { TestClient } from './client';
import { makeFolder, rulesOf, textAt } from './texts';

const ROLE = 'arn:aws:iam::111122223333:role/s3-reader';
const RULE = 'irsa-role-not-admitting';
const READER = toAccountExample('production', 's3-reader', 's3-reader');
const TRUST = toExactPolicyExample('system:serviceaccount:billing:invoices');
const configure = (path: string) => `irsa:\n  roles:\n    "${ROLE}": ${path}\n`;

async function start(files: Readonly<Record<string, string>>, settings: object = {}) {
  const folder = makeFolder({ 'a.yaml': READER, 'iam/trust.json': TRUST, ...files });
  const client = await TestClient.start({ folders: [folder.uri], settings });
  await client.scans.take();
  await client.open(folder.uriOf('a.yaml'), READER);
  return { client, folder, diagnose: async () => rulesOf(await client.diagnose(folder.uriOf('a.yaml'))) };
}

describe('irsa.roles', () => {
  test('joins a role and its policy by the configuration file', async () => {
    expect(await (await start({})).diagnose()).not.toContain(RULE);
    expect(await (await start({ '.breakwater.yaml': configure('iam/trust.json') })).diagnose()).toContain(RULE);
  });

  test('joins them by the settings of the editor', async () => {
    const { diagnose } = await start({}, { irsa: { roles: { [ROLE]: 'iam/trust.json' } } });
    expect(await diagnose()).toContain(RULE);
  });

  test.each([
    ['a name', { 's3-reader': 'iam/trust.json' }, /irsa\.roles.*not the ARN of an IAM role/],
    ['an absolute path', { [ROLE]: '/iam/trust.json' }, /irsa\.roles.*relative path/],
  ])('what cannot be used is warned of: %s', async (_, roles, message) => {
    const { client } = await start({}, { irsa: { roles } });
    expect(await client.warnings.take()).toMatch(message);
  });

  test('a file without a policy is underlined in the configuration, and one that is not there warned of', async () => {
    const text = configure('a.yaml');
    const { client, folder } = await start({ '.breakwater.yaml': text });
    await client.open(folder.uriOf('.breakwater.yaml'), text);
    const [problem] = await client.diagnose(folder.uriOf('.breakwater.yaml'));
    expect(problem?.message).toContain('there is no trust policy for web identities in that file');
    const missing = await start({ '.breakwater.yaml': configure('iam/other.json') });
    expect(await missing.client.warnings.take()).toMatch(/\.breakwater\.yaml: .*there is no such file/);
  });

  test('a file that is not there is underlined at its entry, until it comes, and again when it goes', async () => {
    const path = 'iam/later/trust.json';
    const text = configure(path);
    const { client, folder } = await start({ '.breakwater.yaml': text, '.gitignore': 'iam/later/\n' });
    const uri = folder.uriOf('.breakwater.yaml');
    await client.open(uri, text);
    const problems = async () =>
      (await client.diagnose(uri)).map(({ message, range }) => [
        textAt(text, range),
        String(message).split(', but ')[1],
      ]);
    const missing = [[path, 'there is no such file, or it cannot be read.']];
    while ((await problems()).length === 0) await client.refreshes.take();
    expect(await problems()).toEqual(missing);
    const tell = async (name: string, type: number) => {
      await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(name), type }] });
      await client.refreshes.take();
    };
    folder.write(path, TRUST);
    // Of a folder that comes or goes alone.
    await tell('iam/later', 1);
    expect(await problems()).toEqual([]);
    folder.write(path, '{}');
    await tell(path, 2);
    expect(await problems()).toEqual([[path, 'there is no trust policy for web identities in that file.']]);
    folder.remove('iam/later');
    await tell('iam/later', 3);
    expect(await problems()).toEqual(missing);
  });

  test('the underline follows what is typed in the file, and goes back to the disk when it is closed', async () => {
    const text = configure('iam/trust.json');
    const { client, folder } = await start({ '.breakwater.yaml': text });
    const uri = folder.uriOf('.breakwater.yaml');
    const policy = folder.uriOf('iam/trust.json');
    await client.open(uri, text);
    const count = async () => (await client.diagnose(uri)).length;
    expect(await count()).toBe(0);
    await client.open(policy, TRUST);
    await client.change(policy, 2, [{ text: '{}' }]);
    expect(await count()).toBe(1);
    await client.change(policy, 3, [{ text: TRUST }]);
    expect(await count()).toBe(0);
    await client.change(policy, 4, [{ text: '{}' }]);
    expect(await count()).toBe(1);
    await client.close(policy);
    while ((await count()) > 0) await client.refreshes.take();
  });

  test('a file that a setting of the editor names is warned of, when the workspace is read and when the file goes', async () => {
    const roles = (path: string) => ({ irsa: { roles: { [ROLE]: path } } });
    const { client } = await start({}, roles('iam/other.json'));
    expect(await client.warnings.take()).toMatch(/The setting "breakwater\.irsa\.roles" .*there is no such file/);
    const other = await start({}, roles('iam/trust.json'));
    other.folder.remove('iam/trust.json');
    const changes = [{ uri: other.folder.uriOf('iam/trust.json'), type: 3 }];
    await other.client.notify('workspace/didChangeWatchedFiles', { changes });
    expect(await other.client.warnings.take()).toMatch(/The setting "breakwater\.irsa\.roles" .*there is no such file/);
  });
});
