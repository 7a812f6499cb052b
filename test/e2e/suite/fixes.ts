import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyAction, closeAll, getActions, getComments, open, pickAction, undoTo, waitForText } from './editing';
import { waitForAbsence, waitForFinding } from './wait';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('breakwater');

/** Rules whose findings in import.yaml have a fix that no workload can notice. */
const safeRules = ['privilege-escalation-allowed', 'seccomp-profile-missing'];

/** Rules whose fix could stop the containers of import.yaml, which may run as root. */
const unsafeRules = ['run-as-root-allowed', 'capabilities-not-dropped'];

/** Fixes as the light bulb and "fix all on save" apply them. */
export function defineFixesSuite(): void {
  describe('Fixes', () => {
    afterEach(closeAll);

    it('repair a container in one step, keep every comment, and are undone in one step', async () => {
      const document = await open('apps/web.yaml');
      const before = document.getText();
      const finding = await waitForFinding(document.uri, 'privileged-container');
      await applyAction(pickAction(await getActions(document, finding.range), /^Set privileged: false/));
      assert.equal(document.getText(), before.replace('privileged: true', 'privileged: false'));
      await waitForAbsence(document.uri, 'privileged-container');
      await undoTo(document, before);
      await waitForFinding(document.uri, 'privileged-container');
    });

    it('add what is missing, in the style of the file', async () => {
      const document = await open('apps/web.yaml');
      const before = document.getText();
      const finding = await waitForFinding(document.uri, 'capabilities-not-dropped');
      await applyAction(pickAction(await getActions(document, finding.range), /Drop ALL/));
      const after = document.getText();
      for (const line of before.split('\n')) assert(after.includes(line), `this line is as it was: ${line}`);
      assert.deepEqual(getComments(after), getComments(before));
      await waitForAbsence(document.uri, 'capabilities-not-dropped');
      await undoTo(document, before);
      await waitForFinding(document.uri, 'capabilities-not-dropped');
    });

    it('offer three ways out of a wildcard verb', async () => {
      const document = await open('rbac/deployer.yaml');
      const before = document.getText();
      const finding = await waitForFinding(document.uri, 'verb-wildcard');
      for (const title of [/^Read-only/, /^Read-write/, /^Every verb/]) {
        await applyAction(pickAction(await getActions(document, finding.range), title));
        assert.doesNotMatch(document.getText(), /"\*"/);
        assert.match(document.getText(), /resources: \[deployments\]\s+verbs: .*\bget\b/);
        assert.deepEqual(getComments(document.getText()), getComments(before));
        await waitForAbsence(document.uri, 'verb-wildcard');
        await undoTo(document, before);
        await waitForFinding(document.uri, 'verb-wildcard');
      }
    });

    it('are offered where only the cursor touches the finding, and not elsewhere', async () => {
      const document = await open('apps/web.yaml');
      const { range } = await waitForFinding(document.uri, 'seccomp-profile-missing');
      pickAction(await getActions(document, new vscode.Range(range.end, range.end)), /seccompProfile/);
      const start = new vscode.Position(0, 0);
      const actions = await getActions(document, new vscode.Range(start, start));
      assert(!actions.some(({ title }) => /seccompProfile/.test(title)));
    });

    it('all at once: source.fixAll.breakwater applies the safe ones and nothing else', async () => {
      const document = await open('apps/import.yaml');
      const before = document.getText();
      for (const rule of safeRules) await waitForFinding(document.uri, rule);
      const changed = waitForText(document, (text) => text !== before);
      await vscode.commands.executeCommand('editor.action.codeAction', { kind: fixAllKind.value, apply: 'first' });
      const after = await changed;
      for (const rule of safeRules) await waitForAbsence(document.uri, rule);
      for (const rule of unsafeRules) await waitForFinding(document.uri, rule);
      assert.deepEqual(getComments(after), getComments(before));
      await undoTo(document, before);
      for (const rule of safeRules) await waitForFinding(document.uri, rule);
    });

    it('all at once when saving, as the settings of the workspace ask', async () => {
      const document = await open('apps/import.yaml');
      const before = document.getText();
      try {
        for (const rule of safeRules) await waitForFinding(document.uri, rule);
        const editor = vscode.window.activeTextEditor;
        await editor?.edit((builder) => builder.insert(new vscode.Position(0, 0), '# Saved once.\n'));
        await document.save();
        assert.match(document.getText(), /allowPrivilegeEscalation: false/);
        for (const rule of safeRules) await waitForAbsence(document.uri, rule);
      } finally {
        await vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode(before));
      }
    });

    it('all at once, again: nothing is left to do', async () => {
      const document = await open('apps/import.yaml');
      const before = document.getText();
      for (const rule of safeRules) await waitForFinding(document.uri, rule);
      const [first] = await getActions(document, wholeOf(document), fixAllKind);
      assert(first, 'fix-all is offered');
      await applyAction(first);
      assert.notEqual(document.getText(), before);
      const [second] = await getActions(document, wholeOf(document), fixAllKind);
      assert.equal(second, undefined);
    });
  });
}

const wholeOf = (document: vscode.TextDocument) =>
  new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
