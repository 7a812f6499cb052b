import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyAction, closeAll, getActions, getComments, open, pickAction, undoTo, waitForText } from './editing';
import { getRule, waitForAbsence, waitForFinding } from './wait';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('breakwater');

/** Fixes as the light bulb and "fix all on save" apply them. */
export function defineFixesSuite(): void {
  describe('Fixes', () => {
    afterEach(closeAll);

    it('repair a container in one step, keep every comment, and are undone in one step', async () => {
      const document = await open('apps/web.yaml');
      const before = document.getText();
      const finding = await waitForFinding(document.uri, 'privileged-container');
      const fixes = await getFixesFor(document, finding);
      const [fix] = fixes;
      assert(fix, 'there is a quick fix');
      await applyAction(fix);
      assert.notEqual(document.getText(), before);
      assert.doesNotMatch(document.getText(), /privileged: true/);
      assert.deepEqual(getComments(document.getText()), getComments(before));
      await waitForAbsence(document.uri, 'privileged-container');
      await undoTo(document, before);
      await waitForFinding(document.uri, 'privileged-container');
    });

    it('offer three ways out of a wildcard verb', async () => {
      const document = await open('rbac/deployer.yaml');
      const before = document.getText();
      const finding = await waitForFinding(document.uri, 'verb-wildcard');
      const titles = [/read-only/i, /read-write/i, /\b(all|every|full|spell)/i];
      for (const title of titles) {
        await applyAction(pickAction(await getFixesFor(document, finding), title));
        assert.doesNotMatch(document.getText(), /"\*"/);
        assert.match(document.getText(), /\bget\b[\s\S]*\bget\b/);
        assert.deepEqual(getComments(document.getText()), getComments(before));
        await waitForAbsence(document.uri, 'verb-wildcard');
        await undoTo(document, before);
        await waitForFinding(document.uri, 'verb-wildcard');
      }
    });

    it('are found by their diagnostic, on a range that only touches it', async () => {
      const document = await open('apps/web.yaml');
      const finding = await waitForFinding(document.uri, 'seccomp-profile-missing');
      const caret = new vscode.Range(finding.range.start, finding.range.start);
      const actions = await getActions(document, caret);
      assert(actions.some((action) => fixes(action, 'seccomp-profile-missing')));
    });

    it('all at once: source.fixAll.breakwater applies the safe ones and nothing else', async () => {
      const document = await open('apps/web.yaml');
      const before = document.getText();
      for (const rule of safeRules) await waitForFinding(document.uri, rule);
      const changed = waitForText(document, (text) => text !== before);
      await vscode.commands.executeCommand('editor.action.codeAction', { kind: fixAllKind.value, apply: 'first' });
      const after = await changed;
      for (const rule of safeRules) await waitForAbsence(document.uri, rule);
      assert.deepEqual(getComments(after), getComments(before));
      await undoTo(document, before);
      for (const rule of safeRules) await waitForFinding(document.uri, rule);
    });

    it('all at once, again: nothing is left to do', async () => {
      const document = await open('apps/web.yaml');
      const before = document.getText();
      for (const rule of safeRules) await waitForFinding(document.uri, rule);
      const [first] = await getActions(document, wholeOf(document), fixAllKind);
      assert(first, 'fix-all is offered');
      await applyAction(first);
      assert.notEqual(document.getText(), before);
      const [second] = await getActions(document, wholeOf(document), fixAllKind);
      const edits = second?.edit?.get(document.uri) ?? [];
      assert.deepEqual(edits, []);
    });
  });
}

/** Rules whose fix cannot stop a workload that the restricted standard admits. */
const safeRules = ['privilege-escalation-allowed', 'capabilities-not-dropped', 'seccomp-profile-missing'];

const wholeOf = (document: vscode.TextDocument) =>
  new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));

function fixes({ diagnostics = [] }: vscode.CodeAction, rule: string): boolean {
  return diagnostics.some((diagnostic) => getRule(diagnostic) === rule);
}

async function getFixesFor(document: vscode.TextDocument, finding: vscode.Diagnostic) {
  const actions = await getActions(document, finding.range);
  return actions.filter((action) => action.edit && fixes(action, getRule(finding)));
}
