import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, configure, open, toUri, write } from './editing';
import { getFindings, waitForAbsence, waitForFinding } from './wait';

const accounts = 'apps/accounts.yaml';
/** Reported at the account as long as the trust policy in iam/ is among the files that are read. */
const refused = 'irsa-role-not-admitting';

/** Which files are read, and what it means that none of them holds an object: by settings, without a reload. */
export function defineScopeSuite(): void {
  describe('What is left out of the workspace', () => {
    afterEach(async () => {
      await configure('exclude', undefined, 'files');
      await configure('exclude', undefined);
      await vscode.workspace.fs.delete(toUri('.gitignore')).then(undefined, () => {});
      await closeAll();
    });

    it('is what files.exclude hides', async () => {
      const { uri } = await open(accounts);
      await waitForFinding(uri, refused);
      await configure('exclude', { iam: true }, 'files');
      await waitForAbsence(uri, refused);
      await configure('exclude', undefined, 'files');
      await waitForFinding(uri, refused);
    });

    it('is what our own setting names, open files included', async () => {
      const { uri } = await open(accounts);
      await waitForFinding(uri, refused);
      await configure('exclude', ['iam/*.json']);
      await waitForAbsence(uri, refused);
      await configure('exclude', undefined);
      const policy = await open('iam/report-writer.json');
      await waitForFinding(policy.uri, 'irsa-subject-mismatch');
      await configure('exclude', ['iam']);
      await waitForAbsence(policy.uri, 'irsa-subject-mismatch');
      assert.deepEqual(getFindings(policy.uri), []);
      await configure('exclude', undefined);
      await waitForFinding(uri, refused);
      await waitForFinding(policy.uri, 'irsa-subject-mismatch');
    });

    it('is what .gitignore names, from the moment that it is written to the moment that it goes', async () => {
      const { uri } = await open(accounts);
      await waitForFinding(uri, refused);
      await write('.gitignore', 'iam/\n');
      await waitForAbsence(uri, refused);
      await write('.gitignore', 'iam/\n!iam/\n');
      await waitForFinding(uri, refused);
      await write('.gitignore', '*.json\n');
      await waitForAbsence(uri, refused);
      await vscode.workspace.fs.delete(toUri('.gitignore'));
      await waitForFinding(uri, refused);
    });
  });

  describe('What is known of the cluster', () => {
    const rule = 'secret-or-config-map-not-found';
    const path = 'mail/relay.yaml';

    beforeEach(async () => write(path, RELAY));

    afterEach(async () => {
      await configure('workspace.complete', undefined);
      await configure('workspace.external', undefined);
      await closeAll();
      await vscode.workspace.fs.delete(toUri('mail'), { recursive: true });
    });

    it('workspace.complete makes an object missing that may be elsewhere, in the namespaces that it names', async () => {
      const { uri } = await open(path);
      await waitForFinding(uri, 'privileged-container');
      await waitForAbsence(uri, rule);
      await configure('workspace.complete', true);
      const { message, severity } = await waitForFinding(uri, rule);
      assert.match(message, /"smtp"/);
      assert.notEqual(severity, vscode.DiagnosticSeverity.Information);
      await configure('workspace.complete', ['shop']);
      await waitForAbsence(uri, rule);
      await configure('workspace.complete', ['sh*', 'mail']);
      await waitForFinding(uri, rule);
      await configure('workspace.complete', undefined);
      await waitForAbsence(uri, rule);
    });

    it('workspace.external takes what lives elsewhere out of it', async () => {
      const { uri } = await open(path);
      await configure('workspace.complete', true);
      await waitForFinding(uri, rule);
      await configure('workspace.external', [{ kind: 'Secret', namespace: 'mail', name: 'smtp*' }]);
      await waitForAbsence(uri, rule);
      await configure('workspace.external', [{ kind: 'Secret', namespace: 'shop', name: 'smtp*' }]);
      await waitForFinding(uri, rule);
    });
  });
}

const RELAY = `apiVersion: v1
kind: Pod
metadata:
  name: relay
  namespace: mail
spec:
  containers:
    - name: relay
      image: registry.example.com/mail/relay:1.0.0
      securityContext:
        privileged: true
      envFrom:
        - secretRef:
            name: smtp
`;
