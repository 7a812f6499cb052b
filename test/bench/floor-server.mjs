// A server that does no work: what the protocol, the pipe and the process cost by themselves.
import { createConnection, ProposedFeatures, TextDocumentSyncKind } from 'vscode-languageserver/node';

const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
const capabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
};
connection.onInitialize(() => ({ capabilities }));
connection.onNotification('textDocument/didOpen', () => {});
connection.onNotification('textDocument/didChange', () => {});
connection.languages.diagnostics.on(() => ({ kind: 'full', items: [] }));
connection.listen();
