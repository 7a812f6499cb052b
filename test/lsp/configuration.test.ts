import { describe, expect, test } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { FULL, PUSHED, TestClient } from './client';
import { findRule, makeFolder, PRIVILEGED_POD, rulesOf, UNTITLED } from './texts';

const RULE = 'privileged-container';
const OFF = { rules: { [RULE]: 'off' } };
const { configuration: _, ...withoutConfiguration } = FULL.workspace ?? {};
/** A client that sends its settings and cannot be asked for them. */
const MUTE = { ...PUSHED, workspace: withoutConfiguration };

describe('settings of the editor', () => {
  test('hold from the first answer', async () => {
    const client = await TestClient.start({ settings: { rules: { [RULE]: 'info' } } });
    await client.open(UNTITLED, PRIVILEGED_POD);
    expect(findRule(await client.diagnose(UNTITLED), RULE).severity).toBe(DiagnosticSeverity.Information);
  });

  test('turn a rule off and on again while a file is open', async () => {
    const client = await TestClient.start();
    await client.open(UNTITLED, PRIVILEGED_POD);
    expect(rulesOf(await client.diagnose(UNTITLED))).toContain(RULE);
    await client.configure(OFF);
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(UNTITLED))).not.toContain(RULE);
    await client.configure({});
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(UNTITLED))).toContain(RULE);
  });

  test('set the level and the version by which pods are judged', async () => {
    const client = await TestClient.start({ settings: { podSecurity: { level: 'privileged' } } });
    await client.open(UNTITLED, PRIVILEGED_POD);
    const rules = rulesOf(await client.diagnose(UNTITLED));
    await client.configure({ podSecurity: { level: 'restricted' }, kubernetesVersion: '1.31' });
    await client.refreshes.take();
    const stricter = rulesOf(await client.diagnose(UNTITLED));
    expect(rules).not.toContain('seccomp-profile-missing');
    expect(stricter).toContain('seccomp-profile-missing');
    expect(client.warnings.size).toBe(0);
  });

  test('come with the initialization or by notification from a client that cannot be asked', async () => {
    const client = await TestClient.start({ capabilities: MUTE, initializationOptions: { settings: OFF } });
    await client.open(UNTITLED, PRIVILEGED_POD);
    expect(rulesOf((await client.published.take()).diagnostics)).not.toContain(RULE);
    await client.configure({});
    expect(rulesOf((await client.published.take()).diagnostics)).toContain(RULE);
  });

  test('leave excluded files alone, open or not', async () => {
    const folder = makeFolder();
    const client = await TestClient.start({ folders: [folder.uri], settings: { exclude: ['vendor/**'] } });
    await client.open(folder.uriOf('vendor/pod.yaml'), PRIVILEGED_POD);
    await client.open(folder.uriOf('pod.yaml'), PRIVILEGED_POD);
    expect(await client.diagnose(folder.uriOf('vendor/pod.yaml'))).toEqual([]);
    expect(rulesOf(await client.diagnose(folder.uriOf('pod.yaml')))).toContain(RULE);
  });

  const wrong = {
    'an unknown rule': [{ rules: { 'privileged-contaner': 'off' } }, /privileged-contaner.*privileged-container/],
    'an unknown severity': [{ rules: { [RULE]: 'loud' } }, /privileged-container/],
    'a version that is none': [{ kubernetesVersion: '31' }, /kubernetesVersion/],
    'a level that is none': [{ podSecurity: { level: 'strict' } }, /podSecurity\.level/],
    'a pattern that is none': [{ exclude: [7] }, /exclude/],
    'addresses that are none': [{ clusterCidrs: ['10.244.0.0'] }, /clusterCidrs/],
    'a registry that is none': [{ allowedRegistries: ['Nginx:latest'] }, /allowedRegistries/],
    'a word for complete that is none': [{ workspace: { complete: 'often' } }, /workspace\.complete/],
    'an object elsewhere without a name': [
      { workspace: { external: [{ kind: 'Secret' }] } },
      /workspace\.external.*name/,
    ],
    'a list for an object': [{ rules: [] }, /rules/],
    'a text for the section': ['everything', /breakwater/],
  } as const;
  for (const [name, [settings, message]] of Object.entries(wrong)) {
    test(`${name} is warned of once, and the rest still holds`, async () => {
      const client = await TestClient.start({ settings });
      await client.open(UNTITLED, PRIVILEGED_POD);
      expect(rulesOf(await client.diagnose(UNTITLED))).toContain(RULE);
      expect(await client.warnings.take()).toMatch(message);
      await client.open('untitled:Untitled-2', PRIVILEGED_POD);
      expect(rulesOf(await client.diagnose('untitled:Untitled-2'))).toContain(RULE);
      expect(client.warnings.size).toBe(0);
    });
  }
});

describe('what the workspace holds', () => {
  const account = (name: string) =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: shop\n`;
  const files = { 'pod.yaml': PRIVILEGED_POD.replace('spec:\n', 'spec:\n  serviceAccountName: web\n') };
  const MISSING = 'service-account-not-found';

  test('is said by the configuration file and by the editor, which wins', async () => {
    const folder = makeFolder({ ...files, '.breakwater.yaml': 'workspace:\n  complete: true\n' });
    const client = await TestClient.start({ folders: [folder.uri] });
    const uri = folder.uriOf('pod.yaml');
    await client.open(uri, files['pod.yaml']);
    expect(findRule(await client.diagnose(uri), MISSING).severity).toBe(DiagnosticSeverity.Warning);
    await client.configure({ workspace: { complete: 'auto' } });
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(uri))).not.toContain(MISSING);
  });

  test('and what lives elsewhere is added up', async () => {
    const external = '    - { kind: ServiceAccount, name: other }\n';
    const folder = makeFolder({
      ...files,
      'account.yaml': account('backup'),
      '.breakwater.yaml': `workspace:\n  external:\n${external}`,
    });
    const client = await TestClient.start({ folders: [folder.uri] });
    const uri = folder.uriOf('pod.yaml');
    await client.open(uri, files['pod.yaml']);
    await client.open(folder.uriOf('account.yaml'), account('backup'));
    expect(findRule(await client.diagnose(uri), MISSING).severity).toBe(DiagnosticSeverity.Information);
    await client.configure({ workspace: { external: [{ kind: 'ServiceAccount', namespace: 'shop', name: 'we*' }] } });
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(uri))).not.toContain(MISSING);
  });
});

describe('the configuration file', () => {
  test('holds for the files of its folder, and gives way to what is set in the editor', async () => {
    const folder = makeFolder({ '.breakwater.yaml': `rules:\n  ${RULE}: "off"\n` });
    const client = await TestClient.start({ folders: [folder.uri] });
    const uri = folder.uriOf('pod.yaml');
    await client.open(uri, PRIVILEGED_POD);
    await client.open(UNTITLED, PRIVILEGED_POD);
    expect(rulesOf(await client.diagnose(uri))).not.toContain(RULE);
    expect(rulesOf(await client.diagnose(UNTITLED))).toContain(RULE);
    await client.configure({ rules: { [RULE]: 'warning' } });
    await client.refreshes.take();
    expect(findRule(await client.diagnose(uri), RULE).severity).toBe(DiagnosticSeverity.Warning);
  });

  test('is read again when it changes', async () => {
    const folder = makeFolder();
    const client = await TestClient.start({ folders: [folder.uri] });
    const uri = folder.uriOf('pod.yaml');
    await client.open(uri, PRIVILEGED_POD);
    expect(rulesOf(await client.diagnose(uri))).toContain(RULE);
    folder.write('.breakwater.yaml', `rules:\n  ${RULE}: "off"\n`);
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: folder.uriOf('.breakwater.yaml'), type: 1 }],
    });
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(uri))).not.toContain(RULE);
  });

  test('shows its own faults where it is open, and warns of them where it is not', async () => {
    const text = `rules:\n  ${RULE}: loud\n`;
    const folder = makeFolder();
    const client = await TestClient.start({ folders: [folder.uri] });
    await client.scans.take();
    const uri = folder.uriOf('.breakwater.yaml');
    await client.open(uri, text);
    const [problem] = await client.diagnose(uri);
    expect(problem).toMatchObject({ code: 'configuration', source: 'Breakwater' });
    folder.write('.breakwater.yaml', text);
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
    await client.scans.take();
    expect(client.warnings.size).toBe(0);
    const other = await TestClient.start({ folders: [folder.uri] });
    expect(await other.warnings.take()).toContain(problem?.message);
  });
});
