import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { start, stop } from './extension';
import { type HclModules, toClientOptions } from './options';

// The types of a browser and those of Node, by which everything else is checked, exclude each other.
declare const Worker: new (url: string) => never;

/** Called by VS Code in a browser: the server is a worker beside the extension's own. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, async (extension, channel) => {
    const server = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'worker.js').toString(true);
    const options = toClientOptions(extension, channel, await readHclModules(extension));
    // VS Code puts a class of its own in the place of `Worker`, by which the library would not know one.
    const connect = async () => {
      const worker = new Worker(server);
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return new LanguageClient('breakwater', 'Breakwater', connect, options);
  });
}

/** Called by VS Code before the extension goes. */
export const deactivate = stop;

/** A worker may not fetch from where the extension lies; VS Code reads there for the extension. */
async function readHclModules({ extensionUri }: vscode.ExtensionContext): Promise<HclModules> {
  const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name));
  const [runtime, grammar] = await Promise.all([read('web-tree-sitter.wasm'), read('tree-sitter-terraform.wasm')]);
  return { runtime, grammar };
}
