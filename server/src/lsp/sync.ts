import { guardNotification, runGuarded } from './guard';
import type { Publisher } from './server';
import type { Session } from './session';
import { toKey } from './uri';

/** Follows what the editor opens, changes and closes. */
export function registerSync(session: Session, publisher: Publisher): void {
  const { connection, log, documents, configuration, reports, roleFiles, workspaceFiles } = session;
  // What is wrong with the file of a role is underlined where the configuration names it.
  const noteText = (key: string): void => {
    if (roleFiles.isConcernedBy(key)) reports.invalidateConfigurations();
  };
  connection.onDidOpenTextDocument(
    guardNotification(log, 'textDocument/didOpen', ({ textDocument }) => {
      const document = documents.open(textDocument);
      if (!document) return;
      workspaceFiles.setEdited(document.key);
      configuration.forget(document.key);
      configuration.prepare(document.key, document.uri);
      noteText(document.key);
      publisher.onChanged(document.key);
    }),
  );
  connection.onDidChangeTextDocument(
    guardNotification(log, 'textDocument/didChange', (params) => {
      const document = documents.change(params);
      if (!document) return;
      noteText(document.key);
      publisher.onChanged(document.key);
    }),
  );
  connection.onDidCloseTextDocument(
    guardNotification(log, 'textDocument/didClose', ({ textDocument: { uri } }) => {
      const document = documents.close(uri);
      publisher.onClosed(uri);
      if (!document) return;
      reports.forget(document.key);
      configuration.forget(document.key);
      // What counts from now on is the file on the disk, which may lack what was typed, or not be there at all.
      runGuarded(log, 'textDocument/didClose', () =>
        workspaceFiles.refresh(toKey(uri)).then(() => {
          noteText(toKey(uri));
          publisher.onBackground();
        }),
      );
    }),
  );
}
