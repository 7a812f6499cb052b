import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { waitFor } from './wait';

/** The address of a file of the test workspace. */
export function toUri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert(folder, 'the test workspace is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

/** Writes a file of the test workspace behind the editor's back; folders on the way to it are made. */
export async function write(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(toUri(path), new TextEncoder().encode(text));
}

/** Sets one of our settings, or one of another section, in the settings of the workspace; undefined takes it back. */
export async function configure(key: string, value: unknown, section = 'breakwater'): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Workspace);
}

/** Opens a file of the test workspace in an editor, as a click in the explorer does. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const uri = toUri(path);
  await vscode.commands.executeCommand('vscode.open', uri);
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.toString(), uri.toString(), `${path} is in the active editor`);
  return editor.document;
}

/** Where `text` stands in a document; it must stand there. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const offset = document.getText().indexOf(text);
  assert(offset >= 0, `${vscode.workspace.asRelativePath(document.uri)} contains ${text}`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

/** Replaces the first `text` of the document in the active editor by `replacement`, as typing does. */
export async function replace(document: vscode.TextDocument, text: string, replacement: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document, document, 'the document is in the active editor');
  const done = await editor.edit((builder) => builder.replace(rangeOf(document, text), replacement));
  assert(done, 'the editor took the edit');
}

/** Waits until a document's text is what `probe` asks for. */
export async function waitForText(document: vscode.TextDocument, probe: (text: string) => boolean): Promise<string> {
  const settled = () => (probe(document.getText()) ? document.getText() : undefined);
  return await waitFor(vscode.workspace.onDidChangeTextDocument, settled, 'another text', () => document.getText());
}

/** Undoes once in the active editor, which must bring back `text`. */
export async function undoTo(document: vscode.TextDocument, text: string): Promise<void> {
  await vscode.commands.executeCommand('undo');
  assert.equal(document.getText(), text, 'one undo restores the text');
}

/**
 * The quick fixes (or the actions of another kind) that VS Code offers for a range, their edits resolved. VS Code drops
 * every answer while any extension registers a provider of actions, as its own do when they start: hence the second try.
 */
export async function getActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  const ask = () =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind.value,
      100,
    );
  const actions = await ask();
  return actions.length > 0 ? actions : await ask();
}

/** The one action among `actions` whose title matches. */
export function pickAction(actions: readonly vscode.CodeAction[], title: RegExp): vscode.CodeAction {
  const found = actions.find((action) => title.test(action.title));
  assert(found, `an action like ${title} is among ${JSON.stringify(actions.map((action) => action.title))}`);
  return found;
}

/** Applies an action as choosing it from the menu does: its edit, then its command. */
export async function applyAction({ edit, command }: vscode.CodeAction): Promise<void> {
  assert(edit ?? command, 'the action does something');
  if (edit) assert(await vscode.workspace.applyEdit(edit), 'VS Code took the edit');
  if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** The comments of a YAML text, in order. */
export function getComments(text: string): readonly string[] {
  return text.match(/(?<=^|\s)#.*$/gm) ?? [];
}

/** Throws unsaved changes away and closes all editors, so that the next test finds the workspace as it was. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** What VS Code shows when the mouse rests on a position, as Markdown. */
export async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const contents = hovers.flatMap((one) => one.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}
