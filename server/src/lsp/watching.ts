import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  WatchKind,
} from 'vscode-languageserver';
import { CONFIGURATION_FILE_NAME } from '../engine/configuration';
import { guardNotification, runGuarded } from './guard';
import { getLanguageOfFile } from './language';
import type { Publisher } from './server';
import type { Session } from './session';
import { toBaseName, toFolderKey } from './uri';

/** Names of files that decide which others are read, and how they are judged. */
const DECIDING: readonly string[] = [CONFIGURATION_FILE_NAME, '.gitignore'];

/**
 * Follows the files and folders of the workspace. Returns how to ask the client for watching, once it may be asked.
 * `reload` reads the settings anew.
 */
export function registerWatching(session: Session, publisher: Publisher, reload: () => Promise<void>) {
  const { connection, log, features, folders, roleFiles, workspaceFiles } = session;
  const refresh = async (gone: readonly string[], come: readonly string[]): Promise<void> => {
    const keys = { gone: gone.map(toFolderKey), come: come.map(toFolderKey) };
    let isTouched = false;
    for (const key of keys.gone) isTouched = workspaceFiles.remove(key) || isTouched;
    for (const key of keys.come) isTouched = (await workspaceFiles.refresh(key)) || isTouched;
    if (isTouched) publisher.onBackground();
    if ([...keys.gone, ...keys.come].some((key) => roleFiles.isConcernedBy(key))) await roleFiles.check();
    if ([...keys.gone, ...keys.come].some((key) => DECIDING.includes(toBaseName(key)))) await reload();
  };
  const run = (name: string, gone: readonly string[], come: readonly string[]) =>
    runGuarded(log, name, () => refresh(gone, come));

  connection.onDidChangeWatchedFiles(
    guardNotification(log, 'workspace/didChangeWatchedFiles', ({ changes }) => {
      const gone = changes.filter(({ type }) => type === FileChangeType.Deleted);
      // What was created may be a folder.
      const come = changes.filter(
        ({ type, uri }) => type === FileChangeType.Created || (type === FileChangeType.Changed && isFollowed(uri)),
      );
      run('workspace/didChangeWatchedFiles', gone.map(toUri), come.map(toUri));
    }),
  );
  connection.workspace.onDidDeleteFiles(
    guardNotification(log, 'workspace/didDeleteFiles', ({ files }) => {
      run('workspace/didDeleteFiles', files.map(toUri), []);
    }),
  );
  connection.workspace.onDidCreateFiles(
    guardNotification(log, 'workspace/didCreateFiles', ({ files }) => {
      run('workspace/didCreateFiles', [], files.map(toUri));
    }),
  );
  connection.workspace.onDidRenameFiles(
    guardNotification(log, 'workspace/didRenameFiles', ({ files }) => {
      const [from, to] = [files.map(({ oldUri }) => oldUri), files.map(({ newUri }) => newUri)];
      run('workspace/didRenameFiles', from, to);
    }),
  );
  // Not through `connection.workspace`, which would register for it a second time, before the client may be asked.
  connection.onNotification(
    DidChangeWorkspaceFoldersNotification.type,
    guardNotification(log, 'workspace/didChangeWorkspaceFolders', ({ event: { added, removed } }) => {
      folders.remove(removed.map(({ uri }) => toFolderKey(uri)));
      folders.add(added.map(({ uri }) => toFolderKey(uri)));
      runGuarded(log, 'workspace/didChangeWorkspaceFolders', reload);
    }),
  );

  return async (): Promise<void> => {
    if (!features.canRegisterWatchers) return;
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: '**/*.{yaml,yml,json,tf,tfvars}' },
        { globPattern: '**/.gitignore' },
        { globPattern: '**/{Dockerfile,Containerfile,Dockerfile.*,Containerfile.*,*.dockerfile,*.Dockerfile}' },
        // Of a folder that comes or goes clients may tell only the folder: they watch a new one too late to see its first files.
        { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
      ],
    });
  };
}

function isFollowed(uri: string): boolean {
  return getLanguageOfFile(uri) !== undefined || DECIDING.includes(toBaseName(uri));
}

function toUri({ uri }: { readonly uri: string }): string {
  return uri;
}
