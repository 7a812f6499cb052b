import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, configure, open } from './editing';
import { getFindings, getRule, waitForAbsence, waitForFinding, waitForFindings } from './wait';

const extensionId = 'breakwater.breakwater';

/** Settings and commands. */
export function defineSessionSuite(): void {
  describe('Settings and commands', () => {
    afterEach(async () => {
      for (const key of ['rules', 'podSecurity.level']) await configure(key, undefined);
      await closeAll();
    });

    it('the extension is active once a manifest is open', async () => {
      const { uri } = await open('apps/web.yaml');
      await waitForFinding(uri, 'privileged-container');
      assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
    });

    it('a rule that is switched off falls silent, and speaks again', async () => {
      const { uri } = await open('apps/web.yaml');
      await waitForFinding(uri, 'privileged-container');
      await configure('rules', { 'privileged-container': 'off' });
      await waitForAbsence(uri, 'privileged-container');
      assert(getFindings(uri).length > 0, 'the other rules still speak');
      await configure('rules', undefined);
      await waitForFinding(uri, 'privileged-container');
    });

    it('a rule takes the severity that it is given', async () => {
      const { uri } = await open('apps/web.yaml');
      await waitForFinding(uri, 'privileged-container');
      await configure('rules', { 'privileged-container': 'info' });
      await waitForFindings(
        uri,
        (findings) =>
          findings.find(
            (finding) =>
              getRule(finding) === 'privileged-container' && finding.severity === vscode.DiagnosticSeverity.Information,
          ),
        'the finding as an information',
      );
    });

    it('the pod-security level judges pods whose namespace says nothing', async () => {
      const { uri } = await open('apps/import.yaml');
      await waitForFinding(uri, 'seccomp-profile-missing');
      await configure('podSecurity.level', 'baseline');
      await waitForAbsence(uri, 'seccomp-profile-missing');
      await configure('podSecurity.level', undefined);
      await waitForFinding(uri, 'seccomp-profile-missing');
    });

    it('restarting the server brings the findings back', async () => {
      const { uri } = await open('apps/web.yaml');
      await waitForFinding(uri, 'privileged-container');
      const emptied = waitForFindings(uri, (findings) => (findings.length === 0 ? true : undefined), 'a clean slate');
      await vscode.commands.executeCommand('breakwater.restart');
      await emptied;
      await waitForFinding(uri, 'privileged-container');
    });

    it('the output channel can be shown', async () => {
      await vscode.commands.executeCommand('breakwater.showOutput');
    });
  });
}
