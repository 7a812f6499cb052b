import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, rangeOf, toUri } from './editing';
import { waitForFinding } from './wait';

/** Going from a name to what it names, and renaming it everywhere. */
export function defineNavigationSuite(): void {
  describe('Names across files', () => {
    afterEach(closeAll);

    it('the account of a pod leads to its ServiceAccount', async () => {
      const web = await openWeb();
      const links = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        web.uri,
        toAccount(web),
      );
      const [link] = links;
      assert(link && links.length === 1, 'there is one definition');
      assert.equal(link.targetUri.toString(), toUri('apps/accounts.yaml').toString());
      const accounts = await vscode.workspace.openTextDocument(link.targetUri);
      assert.equal(accounts.getText(link.targetSelectionRange), 'web');
      assert.match(accounts.getText(link.targetRange), /^apiVersion: v1\nkind: ServiceAccount/);
    });

    it('a rename changes the object, the pod and the binding, and one undo restores them', async () => {
      const web = await openWeb();
      const documents = [web];
      for (const path of ['apps/accounts.yaml', 'rbac/web.yaml']) {
        documents.push(await vscode.workspace.openTextDocument(toUri(path)));
      }
      const before = documents.map((document) => document.getText());
      await rename(web, 'front');
      assert.match(web.getText(), /serviceAccountName: front\n/);
      assert.match(documents[1]?.getText() ?? '', /kind: ServiceAccount\nmetadata:\n {2}name: front\n/);
      assert.match(documents[2]?.getText() ?? '', /name: "front" # the front page/);
      assert.match(web.getText(), /- name: web # the only one/);
      await vscode.commands.executeCommand('undo');
      assert.deepEqual(
        documents.map((document) => document.getText()),
        before,
      );
    });

    it('over a Namespace stands what is in it', async () => {
      const document = await open('namespaces/shop.yaml');
      await waitForFinding(document.uri, 'default-deny-missing');
      const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        1,
      );
      assert.match(lens?.command?.title ?? '', /^1 workload · .* · no default-deny$/);
    });
  });
}

/** Opens the pod's file, once the workspace is read: the account of another file is known then. */
async function openWeb(): Promise<vscode.TextDocument> {
  const accounts = await open('apps/accounts.yaml');
  await waitForFinding(accounts.uri, 'irsa-role-not-admitting');
  return await open('apps/web.yaml');
}

function toAccount(document: vscode.TextDocument): vscode.Position {
  return rangeOf(document, 'serviceAccountName: ').end;
}

async function rename(document: vscode.TextDocument, name: string): Promise<void> {
  const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    document.uri,
    toAccount(document),
    name,
  );
  assert.equal(edit.size, 3, 'three files change');
  assert(await vscode.workspace.applyEdit(edit), 'VS Code took the edit');
}
