import * as vscode from 'vscode';

/** Lets the person pick a namespace; `reason` says why they are asked. */
export async function pickNamespace(names: readonly string[], reason?: string): Promise<string | undefined> {
  if (names.length === 0) {
    vscode.window.showInformationMessage(reason ?? 'No file of the workspace names a namespace.');
    return undefined;
  }
  return await vscode.window.showQuickPick(names, {
    title: 'Access Graph of a Namespace',
    placeHolder: reason ?? 'Namespace to draw',
  });
}
