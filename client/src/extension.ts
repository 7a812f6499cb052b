import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerCommands } from './commands';
import { answerFiles } from './files';
import { onFirstDocument } from './first-document';
import { watchActiveFile } from './graph/active-file';
import { registerGraphs } from './graph/graphs';
import { registerDocsLinks } from './rule-docs';
import { createStatus } from './status';

/** Makes the connection to a server that is not started yet. */
export type CreateClient = (
  context: vscode.ExtensionContext,
  channel: vscode.LogOutputChannel,
) => Promise<BaseLanguageClient>;

let client: BaseLanguageClient | undefined;
let connected: Promise<BaseLanguageClient> | undefined;

/** What the extension does once a document of one of our languages is opened, one of our commands is run or one of our links followed. */
export function start(context: vscode.ExtensionContext, createClient: CreateClient): void {
  const channel = vscode.window.createOutputChannel('Breakwater', { log: true });
  const launch = async (): Promise<BaseLanguageClient> => {
    const status = createStatus();
    const created = await createClient(context, channel);
    client = created;
    context.subscriptions.push(
      status,
      answerFiles(created),
      created.onDidChangeState(({ newState }) => status.show(newState)),
    );
    await created.start();
    return created;
  };
  // Whoever needs the server first starts it, and all others wait for the same start.
  const connect = (): Promise<BaseLanguageClient> => {
    connected ??= launch();
    return connected;
  };
  const restart = async (): Promise<void> => {
    const known = client;
    // Who asks from now on waits for this start: the first one may have failed.
    if (known)
      connected = known
        .stop()
        .then(() => known.start())
        .then(() => known);
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

/** What it does before it goes. */
export async function stop(): Promise<void> {
  await client?.stop();
}
