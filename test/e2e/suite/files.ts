import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, toUri } from './editing';
import { getFindings, waitForFinding, waitForFindings } from './wait';

/** What becomes of a file's findings when the file goes away. */
export function defineFilesSuite(): void {
  describe('Files that go', () => {
    const path = 'rbac/passing.yaml';

    beforeEach(async () => {
      const text = await vscode.workspace.fs.readFile(toUri('rbac/deployer.yaml'));
      await vscode.workspace.fs.writeFile(toUri(path), text);
    });

    afterEach(async () => {
      await closeAll();
      for (const [name] of await vscode.workspace.fs.readDirectory(toUri('rbac'))) {
        if (name !== 'deployer.yaml') await vscode.workspace.fs.delete(toUri(`rbac/${name}`));
      }
    });

    it('take their findings along when deleted', async () => {
      const { uri } = await open(path);
      await waitForFinding(uri, 'verb-wildcard');
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(uri);
      assert(await vscode.workspace.applyEdit(edit));
      await waitForNothing(uri);
    });

    it('take their findings along when deleted behind the editor', async () => {
      const { uri } = await open(path);
      await waitForFinding(uri, 'verb-wildcard');
      await closeAll();
      await vscode.workspace.fs.delete(uri);
      await waitForNothing(uri);
    });

    it('carry their findings to the new name when renamed', async () => {
      const { uri } = await open(path);
      await waitForFinding(uri, 'verb-wildcard');
      const target = toUri('rbac/renamed.yaml');
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(uri, target);
      assert(await vscode.workspace.applyEdit(edit));
      await waitForNothing(uri);
      await open('rbac/renamed.yaml');
      await waitForFinding(target, 'verb-wildcard');
    });

    it('lose their findings when they stop being YAML', async () => {
      const document = await open(path);
      await waitForFinding(document.uri, 'verb-wildcard');
      await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
      await waitForNothing(document.uri);
    });

    it('lose the findings of unsaved text when it is closed', async () => {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(toUri(path)));
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: text });
      await vscode.window.showTextDocument(document);
      await waitForFinding(document.uri, 'verb-wildcard');
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await waitForNothing(document.uri);
    });
  });
}

async function waitForNothing(uri: vscode.Uri): Promise<void> {
  await waitForFindings(uri, (findings) => (findings.length === 0 ? true : undefined), 'no finding at all');
  assert.deepEqual(getFindings(uri), []);
}
