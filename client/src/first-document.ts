import * as vscode from 'vscode';
import { isWorthStarting } from './languages';

/** Calls `start` once, as soon as a document is open that gives the server something to do. */
export function onFirstDocument(start: () => void): vscode.Disposable {
  if (vscode.workspace.textDocuments.some(isWorthStarting)) {
    start();
    return new vscode.Disposable(() => {});
  }
  const consider = (document: vscode.TextDocument): void => {
    if (!isWorthStarting(document)) return;
    subscriptions.dispose();
    start();
  };
  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidChangeTextDocument(({ document }) => consider(document)),
  );
  return subscriptions;
}
