import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import type { ClientFeatures } from './client-features';
import { OPEN_RULE_DOCS } from './commands';
import { HARDEN_KIND } from './harden-actions';
import { IRSA_KIND } from './irsa-actions';

/** The kind of the action that applies every safe fix of a file. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.breakwater`;

const ANYTHING = { filters: [{ pattern: { glob: '**/*' } }] };

/** What the server offers to a client. */
export function toCapabilities(features: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: features.canPrepareRename ? { prepareProvider: true } : true,
    codeLensProvider: { resolveProvider: true },
    documentLinkProvider: { resolveProvider: true },
    ...(features.hasCodeActionLiterals && {
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, HARDEN_KIND, IRSA_KIND, FIX_ALL_KIND],
        resolveProvider: features.canResolveEdits,
      },
    }),
    ...(features.canPullDiagnostics && {
      diagnosticProvider: { identifier: 'breakwater', interFileDependencies: true, workspaceDiagnostics: false },
    }),
    ...(canServeDocs(features) && { executeCommandProvider: { commands: [OPEN_RULE_DOCS] } }),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { didDelete: ANYTHING, didRename: ANYTHING, didCreate: ANYTHING },
    },
  };
}

/** True when the server itself opens the pages of rules, because the client has no command for it but can show a page. */
export function canServeDocs({ canShowDocuments, ownCommands }: ClientFeatures): boolean {
  return canShowDocuments && !ownCommands.includes(OPEN_RULE_DOCS);
}
