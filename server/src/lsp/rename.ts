import {
  LSPErrorCodes,
  MessageType,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  ShowMessageNotification,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { getRenamable, renameAccount } from '../engine/navigation/rename';
import type { OpenDocument } from './documents';
import { guardRequest } from './guard';
import type { Session } from './session';
import { toRange } from './to-proto';
import { toWorkspaceEdit } from './workspace-edit';

/** Answers textDocument/prepareRename and textDocument/rename on the name of a ServiceAccount. */
export function registerRename(session: Session): void {
  const { connection, log, project } = session;
  connection.onPrepareRename(
    guardRequest(
      log,
      'textDocument/prepareRename',
      (): PrepareRenameResult | null => null,
      async ({ textDocument, position }: PrepareRenameParams) => {
        const document = await prepare(session, textDocument.uri);
        const found = document && getRenamable(project, document.key, document.text.offsetAt(position));
        return found ? { range: toRange(found.span, document.text), placeholder: found.name } : null;
      },
    ),
  );
  connection.onRenameRequest(
    guardRequest(
      log,
      'textDocument/rename',
      (): WorkspaceEdit | ResponseError<never> | null => null,
      async ({ textDocument, position, newName }: RenameParams) => {
        const document = await prepare(session, textDocument.uri);
        const offset = document?.text.offsetAt(position) ?? 0;
        const result = document && renameAccount(project, document.key, offset, newName);
        if (!result) return null;
        if ('problem' in result) return new ResponseError<never>(LSPErrorCodes.RequestFailed, result.problem);
        if (result.left !== undefined) {
          // A notification: a client may not know how to be asked.
          const { left: message } = result;
          await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
        }
        return toWorkspaceEdit(session, result.files, false) ?? null;
      },
    ),
  );
}

/** The document once its settings are known; undefined where nothing is to be renamed. */
async function prepare({ documents, configuration }: Session, uri: string): Promise<OpenDocument | undefined> {
  const document = documents.find(uri);
  if (!document) return undefined;
  await configuration.prepare(document.key, document.uri);
  return configuration.isExcluded(document.key) ? undefined : document;
}
