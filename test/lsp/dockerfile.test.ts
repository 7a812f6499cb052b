import { expect, test } from 'vitest';
import { TestClient } from './client';
import { makeFolder, rulesOf } from './texts';

const RULE = 'run-as-non-root-without-numeric-user';
const CHANGED = 2;
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    runAsNonRoot: true
  containers:
    - name: web
      image: registry.example.com/shop/web:1.4.2
`;

test('a Dockerfile of the workspace is read in the background, and again when it changes', async () => {
  const folder = makeFolder({ 'src/web/Dockerfile': 'FROM node:22\nUSER app\n' });
  const client = await TestClient.start({ folders: [folder.uri] });
  await client.scans.take();
  const pod = folder.uriOf('web.yaml');
  await client.open(pod, POD);
  expect(rulesOf(await client.diagnose(pod))).toContain(RULE);
  folder.write('src/web/Dockerfile', 'FROM node:22\nUSER 1200\n');
  await client.notify('workspace/didChangeWatchedFiles', {
    changes: [{ uri: folder.uriOf('src/web/Dockerfile'), type: CHANGED }],
  });
  await client.refreshes.take();
  expect(rulesOf(await client.diagnose(pod))).not.toContain(RULE);
});
