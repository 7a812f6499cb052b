import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createClient } from './client';
import { registerCommands } from './commands';
import { onFirstDocument } from './first-document';
import { watchActiveFile } from './graph/active-file';
import { registerGraphs } from './graph/graphs';
import { registerDocsLinks } from './rule-docs';
import { createStatus } from './status';

let client: LanguageClient | undefined;
let connected: Promise<LanguageClient> | undefined;

/** Called by VS Code when a document of one of our languages is opened, one of our commands is run or one of our links followed. */
export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Breakwater', { log: true });
  const launch = async (): Promise<LanguageClient> => {
    const status = createStatus();
    const created = createClient(context, channel);
    client = created;
    context.subscriptions.push(
      status,
      created.onDidChangeState(({ newState }) => status.show(newState)),
    );
    await created.start();
    return created;
  };
  // Whoever needs the server first starts it, and all others wait for the same start.
  const connect = (): Promise<LanguageClient> => {
    connected ??= launch();
    return connected;
  };
  const restart = async (): Promise<void> => {
    const known = client;
    // Who asks from now on waits for this start: the first one may have failed.
    if (known) connected = known.restart().then(() => known);
    await connect();
  };
  const report = (error: unknown): void => {
    channel.error(error instanceof Error ? error : String(error));
    vscode.window.showErrorMessage('Breakwater could not start. Its output says why.');
  };
  context.subscriptions.push(
    channel,
    registerCommands({ context, restart: () => restart().catch(report), channel }),
    registerDocsLinks(context),
    registerGraphs({ context, connect }),
    watchActiveFile(),
    onFirstDocument(() => void connect().catch(report)),
  );
}

/** Called by VS Code before the extension goes. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
