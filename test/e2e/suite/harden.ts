import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyAction, closeAll, getActions, getComments, open, pickAction, rangeOf, undoTo } from './editing';
import { waitForAbsence, waitForFinding } from './wait';

/** Bringing a container or a pod to a level of the Pod Security Standards. */
export function defineHardenSuite(): void {
  describe('Hardening', () => {
    afterEach(closeAll);

    it('a container is brought to restricted in one step, and back in one', async () => {
      const document = await open('apps/web.yaml');
      const before = document.getText();
      await waitForFinding(document.uri, 'privileged-container');
      await applyAction(await pick(document, /^Harden container "web" to restricted \(v1\.\d+\)$/));
      assert.deepEqual(getComments(document.getText()), getComments(before));
      for (const rule of ['privileged-container', 'privilege-escalation-allowed', 'capabilities-not-dropped']) {
        await waitForAbsence(document.uri, rule);
      }
      await undoTo(document, before);
      await waitForFinding(document.uri, 'privileged-container');
    });

    it('a pod at restricted has nothing left to harden', async () => {
      const document = await open('apps/web.yaml');
      await waitForFinding(document.uri, 'privileged-container');
      await applyAction(await pick(document, /^Harden Deployment "web" to restricted/));
      await waitForAbsence(document.uri, 'run-as-root-allowed');
      assert.deepEqual(await getHardenActions(document), []);
    });
  });
}

async function getHardenActions(document: vscode.TextDocument): Promise<readonly vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.RefactorRewrite.append('breakwater');
  const actions = await getActions(document, rangeOf(document, 'image:'), kind);
  return actions.filter(({ title }) => title.startsWith('Harden'));
}

async function pick(document: vscode.TextDocument, title: RegExp): Promise<vscode.CodeAction> {
  return pickAction(await getHardenActions(document), title);
}
