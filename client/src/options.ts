import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { OPEN_RULE_DOCS } from './commands';
import { SHOW_NAMESPACE_GRAPH } from './graph/graphs';
import { HOVER_TRUST, linkToCommand } from './hover-links';
import { DOCUMENT_SELECTOR } from './languages';
import { getDocsUrl } from './rule-docs';
import { getOwnSettings } from './settings';

/** The WebAssembly modules of the parser for Terraform, for a server that cannot read them itself. */
export interface HclModules {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** How the server is talked to, wherever it runs. */
export function toClientOptions(
  extension: vscode.ExtensionContext,
  channel: vscode.LogOutputChannel,
  hcl?: HclModules,
): LanguageClientOptions {
  const docsUrl = getDocsUrl(extension);
  return {
    documentSelector: DOCUMENT_SELECTOR,
    outputChannel: channel,
    diagnosticPullOptions: { onChange: true, onTabs: false },
    initializationOptions: { commands: [OPEN_RULE_DOCS, SHOW_NAMESPACE_GRAPH], docsUrl, readsFiles: true, hcl },
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
}
