import { describe, expect, test } from 'vitest';
import { PUSHED, TestClient } from './client';
import { ACCOUNT, MISSPELT_TRUST, makeFolder, PRIVILEGED_POD, rangeOf, rulesOf, UNTITLED } from './texts';

const start = (folders: readonly string[] = []) => TestClient.start({ capabilities: PUSHED, folders });

describe('pushed diagnostics', () => {
  test('pulling is not offered to a client that does not know it', async () => {
    const { result } = await start();
    expect(result?.capabilities).not.toHaveProperty('diagnosticProvider');
  });

  test('are published after opening and after every change, and taken back on closing', async () => {
    const client = await start();
    await client.open(UNTITLED, PRIVILEGED_POD);
    const first = await client.published.take();
    expect(first).toMatchObject({ uri: UNTITLED, version: 1 });
    expect(rulesOf(first.diagnostics)).toContain('privileged-container');
    await client.change(UNTITLED, 2, [{ range: rangeOf(PRIVILEGED_POD, 'needed'), text: 'wanted' }]);
    const second = await client.published.take();
    expect(second).toEqual({ ...first, version: 2 });
    await client.change(UNTITLED, 3, [{ range: rangeOf(PRIVILEGED_POD, 'true'), text: 'false' }]);
    const third = await client.published.take();
    expect(third.version).toBe(3);
    expect(rulesOf(third.diagnostics)).not.toContain('privileged-container');
    await client.close(UNTITLED);
    expect(await client.published.take()).toEqual({ uri: UNTITLED, diagnostics: [] });
  });

  test('are published for another open file whose findings have changed, and for no other', async () => {
    const client = await start();
    const [trust, accounts] = ['file:///w/trust.json', 'file:///w/accounts.yaml'];
    await client.open(UNTITLED, PRIVILEGED_POD);
    await client.published.take(({ uri }) => uri === UNTITLED);
    await client.open(trust, MISSPELT_TRUST);
    await client.published.take(({ uri }) => uri === trust);
    await client.open(accounts, ACCOUNT);
    await client.published.take(({ uri }) => uri === accounts);
    const { uri, diagnostics } = await client.published.take();
    expect(uri).toBe(trust);
    expect(rulesOf(diagnostics)).toContain('irsa-subject-mismatch');
    expect(client.published.size).toBe(0);
  });

  test('follow the files of the workspace that are not open', async () => {
    const folder = makeFolder({ 'accounts.yaml': ACCOUNT });
    const client = await start([folder.uri]);
    await client.scans.take();
    const trust = folder.uriOf('trust.json');
    await client.open(trust, MISSPELT_TRUST);
    const { diagnostics } = await client.published.take();
    expect(rulesOf(diagnostics)).toContain('irsa-subject-mismatch');
    folder.remove('accounts.yaml');
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: folder.uriOf('accounts.yaml'), type: 3 }],
    });
    const after = await client.published.take();
    expect(rulesOf(after.diagnostics)).not.toContain('irsa-subject-mismatch');
  });
});
