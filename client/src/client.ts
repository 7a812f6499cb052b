import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { OPEN_RULE_DOCS } from './commands';
import { SHOW_NAMESPACE_GRAPH } from './graph/graphs';
import { HOVER_TRUST, linkToCommand } from './hover-links';
import { DOCUMENT_SELECTOR } from './languages';
import { getDocsUrl } from './rule-docs';
import { getOwnSettings } from './settings';

/** The connection to the server, which is not started yet. */
export function createClient(extension: vscode.ExtensionContext, channel: vscode.LogOutputChannel): LanguageClient {
  const module = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'server.js').fsPath;
  const server: ServerOptions = {
    run: { module, transport: TransportKind.stdio },
    debug: { module, transport: TransportKind.stdio, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const docsUrl = getDocsUrl(extension);
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENT_SELECTOR,
    outputChannel: channel,
    diagnosticPullOptions: { onChange: true, onTabs: false },
    initializationOptions: { commands: [OPEN_RULE_DOCS, SHOW_NAMESPACE_GRAPH], docsUrl },
    markdown: { isTrusted: HOVER_TRUST },
    middleware: {
      provideHover: async (document, position, token, next) =>
        linkToCommand(await next(document, position, token), docsUrl),
      workspace: {
        configuration: async (params, token, next) => {
          const sections = params.items.map(async (item) => {
            if (item.section !== 'breakwater') {
              const answer = await next({ items: [item] }, token);
              return Array.isArray(answer) ? answer[0] : undefined;
            }
            return getOwnSettings(item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri));
          });
          return await Promise.all(sections);
        },
      },
    },
  };
  return new LanguageClient('breakwater', 'Breakwater', server, options);
}
