import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import { DOCUMENT_SELECTOR } from './languages';

/** What the status item shows. */
export interface Status extends vscode.Disposable {
  show(state: State): void;
}

/** The item beside the language in the status bar that says whether the server runs, and leads to its output or a restart. */
export function createStatus(): Status {
  const item = vscode.languages.createLanguageStatusItem('breakwater.status', DOCUMENT_SELECTOR);
  item.name = 'Breakwater';
  const show = (state: State): void => {
    item.busy = state === State.Starting;
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.command = { title: 'Show Output', command: 'breakwater.showOutput' };
    if (state === State.Starting) {
      item.text = 'Breakwater is starting';
    } else if (state === State.Running) {
      item.text = 'Breakwater checks this file';
    } else {
      item.text = 'Breakwater is not running';
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.command = { title: 'Restart', command: 'breakwater.restart' };
    }
  };
  show(State.Starting);
  return { show, dispose: () => item.dispose() };
}
