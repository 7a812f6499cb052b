import type { InitializeParams } from 'vscode-languageserver';

/** What the client can do, as far as it matters here. */
export interface ClientFeatures {
  readonly canPullDiagnostics: boolean;
  readonly canRefreshDiagnostics: boolean;
  readonly hasRelatedDocuments: boolean;
  readonly hasConfiguration: boolean;
  readonly canRegisterConfiguration: boolean;
  readonly canRegisterWatchers: boolean;
  readonly hasWorkspaceFolders: boolean;
  readonly hasProgress: boolean;
  readonly hasDocumentChanges: boolean;
  readonly canCreateFiles: boolean;
  readonly hasChangeAnnotations: boolean;
  readonly canResolveEdits: boolean;
  readonly hasCodeActionLiterals: boolean;
  readonly hasDisabledActions: boolean;
  readonly hasMarkdownHover: boolean;
  readonly hasLocationLinks: boolean;
  readonly canPrepareRename: boolean;
  readonly canRefreshCodeLenses: boolean;
  readonly canShowDocuments: boolean;
  /** It answers our requests for folders and files that the server cannot reach. */
  readonly readsFiles: boolean;
  /** Commands that the client itself has under the names of ours. */
  readonly ownCommands: readonly string[];
}

/** Reads what a client announces. */
export function readClientFeatures({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const { textDocument, workspace, window } = capabilities;
  const { commands, readsFiles } = Object(initializationOptions ?? {});
  return {
    canPullDiagnostics: textDocument?.diagnostic !== undefined,
    canRefreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    hasRelatedDocuments: textDocument?.diagnostic?.relatedDocumentSupport === true,
    hasConfiguration: workspace?.configuration === true,
    canRegisterConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    canRegisterWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    hasProgress: window?.workDoneProgress === true,
    hasDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    canCreateFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    hasChangeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    canResolveEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    hasDisabledActions: textDocument?.codeAction?.disabledSupport === true,
    hasCodeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    hasMarkdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    hasLocationLinks: textDocument?.definition?.linkSupport === true,
    canPrepareRename: textDocument?.rename?.prepareSupport === true,
    canRefreshCodeLenses: workspace?.codeLens?.refreshSupport === true,
    canShowDocuments: window?.showDocument?.support === true,
    readsFiles: readsFiles === true,
    ownCommands: Array.isArray(commands) ? commands.filter((one) => typeof one === 'string') : [],
  };
}
