import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createClient } from './client';
import { registerCommands } from './commands';
import { onFirstDocument } from './first-document';
import { registerDocsLinks } from './rule-docs';
import { createStatus } from './status';

let client: LanguageClient | undefined;

/** Called by VS Code when a document of one of our languages is opened, one of our commands is run or one of our links followed. */
export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Breakwater', { log: true });
  const start = async (): Promise<void> => {
    if (client) return await client.restart();
    const status = createStatus();
    client = createClient(context, channel);
    context.subscriptions.push(
      status,
      client.onDidChangeState(({ newState }) => status.show(newState)),
    );
    await client.start();
  };
  const report = (error: unknown): void => {
    channel.error(error instanceof Error ? error : String(error));
    vscode.window.showErrorMessage('Breakwater could not start. Its output says why.');
  };
  context.subscriptions.push(
    channel,
    registerCommands({ context, restart: () => start().catch(report), channel }),
    registerDocsLinks(context),
    onFirstDocument(() => void start().catch(report)),
  );
}

/** Called by VS Code before the extension goes. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
