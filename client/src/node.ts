import * as vscode from 'vscode';
import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { start, stop } from './extension';
import { toClientOptions } from './options';

/** Called by VS Code on the desktop or on a remote host: the server is a process of its own. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, async (extension, channel) => {
    const module = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'server.js').fsPath;
    const server: ServerOptions = {
      run: { module, transport: TransportKind.stdio },
      debug: { module, transport: TransportKind.stdio, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    };
    return new LanguageClient('breakwater', 'Breakwater', server, toClientOptions(extension, channel));
  });
}

/** Called by VS Code before the extension goes. */
export const deactivate = stop;
