import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, configure, open, toUri, write } from './editing';
import { getRule, waitForFindings } from './wait';

/** What becomes known when files come. */
export function defineNewFilesSuite(): void {
  describe('Files that come', () => {
    const names = Array.from({ length: 20 }, (_, index) => `worker-${index}`);
    const rule = 'service-account-not-found';

    beforeEach(async () => {
      await write('late/pods.yaml', names.map(toPod).join('---\n'));
      await configure('workspace.complete', ['late']);
    });

    afterEach(async () => {
      await configure('workspace.complete', undefined);
      await closeAll();
      await vscode.workspace.fs.delete(toUri('late'), { recursive: true });
    });

    it('together with their folder are all seen, though VS Code tells of some folders alone', async () => {
      const { uri } = await open('late/pods.yaml');
      const count = (findings: readonly vscode.Diagnostic[]) =>
        findings.filter((finding) => getRule(finding) === rule).length;
      const waitForCount = (wanted: number) =>
        waitForFindings(uri, (findings) => (count(findings) === wanted ? true : undefined), `${wanted} of ${rule}`);
      await waitForCount(names.length);
      for (const name of names) {
        const folder = toUri(`late/${name}`).fsPath;
        mkdirSync(folder);
        writeFileSync(join(folder, 'account.yaml'), toAccount(name));
      }
      await waitForCount(0);
    });
  });
}

const toPod = (name: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: late
spec:
  serviceAccountName: ${name}
  containers:
    - name: main
      image: registry.example.com/late/worker:1.0.0
`;

const toAccount = (name: string) => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: late
`;
