import { describe, expect, test } from 'vitest';
import { TestClient } from './client';
import { makeFolder, rulesOf, UNTITLED } from './texts';

const RULE = 'privileged-container';
const ENTRY = { apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.pools.*.template' };

const WORKER = `apiVersion: example.com/v2
kind: Worker
metadata: { name: crunch, namespace: shop }
spec:
  pools:
    - template:
        metadata: { labels: { app: crunch } }
        spec:
          containers:
            - name: crunch
              image: registry.example.com/crunch:1.0
              securityContext:
                privileged: true
`;
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';

describe('pod templates of custom resources', () => {
  test('are judged when the settings tell of them, and no longer when they do not', async () => {
    const client = await TestClient.start();
    await client.open(UNTITLED, WORKER);
    expect(rulesOf(await client.diagnose(UNTITLED))).not.toContain(RULE);
    await client.configure({ podTemplates: [ENTRY] });
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(UNTITLED))).toContain(RULE);
    await client.configure({});
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(UNTITLED))).not.toContain(RULE);
  });

  test('are judged when the configuration file tells of them, and count as workloads of their namespace', async () => {
    const configuration = `podTemplates:\n  - { apiVersion: ${ENTRY.apiVersion}, kind: Worker, path: "${ENTRY.path}" }\n`;
    const folder = makeFolder({ '.breakwater.yaml': configuration, 'worker.yaml': WORKER, 'ns.yaml': NAMESPACE });
    const client = await TestClient.start({ folders: [folder.uri] });
    await client.scans.take();
    await client.open(folder.uriOf('ns.yaml'), NAMESPACE);
    expect(rulesOf(await client.diagnose(folder.uriOf('ns.yaml')))).toContain('default-deny-missing');
    await client.open(folder.uriOf('worker.yaml'), WORKER);
    expect(rulesOf(await client.diagnose(folder.uriOf('worker.yaml')))).toContain(RULE);
  });

  test('of an open document count as workloads although its settings come after its text', async () => {
    const client = await TestClient.start({ settings: { podTemplates: [ENTRY] } });
    await client.open(UNTITLED, `${NAMESPACE}---\n${WORKER}`);
    expect(rulesOf(await client.diagnose(UNTITLED))).toContain('default-deny-missing');
  });

  test.each([
    ['no list', { podTemplates: ENTRY }, /podTemplates.*must be a list/],
    ['no path', { podTemplates: [{ apiVersion: 'example.com/v1', kind: 'Worker' }] }, /"path" must be/],
    ['no version', { podTemplates: [{ ...ENTRY, apiVersion: 'example.com' }] }, /"apiVersion" must be/],
    ['no object', { podTemplates: ['Worker'] }, /"Worker".*"kind" must be|"Worker": "apiVersion" must be/],
  ])('that cannot be used are warned of: %s', async (_, settings, message) => {
    const client = await TestClient.start({ settings });
    await client.open(UNTITLED, WORKER);
    expect(rulesOf(await client.diagnose(UNTITLED))).not.toContain(RULE);
    expect(await client.warnings.take()).toMatch(message);
  });
});
