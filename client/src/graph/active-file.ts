import * as vscode from 'vscode';
import { hasAccess } from '../languages';

/** Under which menus learn whether the file in the active editor has a part in access. */
const CONTEXT = 'breakwater.hasAccess';

/** Keeps what menus know in step with the active editor. */
export function watchActiveFile(): vscode.Disposable {
  const tell = (editor: vscode.TextEditor | undefined): void => {
    vscode.commands.executeCommand('setContext', CONTEXT, editor !== undefined && hasAccess(editor.document));
  };
  tell(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(tell),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document === document) tell(editor);
    }),
  );
}
