import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { guardNotification, runGuarded } from './guard';
import type { Publisher } from './server';
import type { Session } from './session';

/** Follows the settings. */
export interface ConfigurationHandlers {
  /** Asks the client to tell of changes. */
  subscribe(): Promise<void>;
  /** Reads all settings anew, the configuration files too, judges again what they touch, and goes through all folders. */
  reload(): Promise<void>;
}

/** Handles workspace/didChangeConfiguration. */
export function registerConfiguration(session: Session, publisher: Publisher): ConfigurationHandlers {
  const { connection, log, features, documents, configuration, project, reports, roleFiles, workspaceFiles } = session;
  const read = async (areFilesStale: boolean): Promise<void> => {
    // Who is told of no change on the disk takes each of settings as one.
    const isStale = areFilesStale || !features.canRegisterWatchers;
    const { isChanged, isFolderChanged } = await configuration.reload([...documents.all], isStale);
    if (isChanged) {
      project.setSettings((uri) => configuration.getSettings(uri));
      reports.invalidate();
      publisher.onBackground();
    }
    // Clients tell of settings once they are asked to, when nothing has changed. Else what is excluded may differ now.
    if (!isFolderChanged && !isStale) return;
    await workspaceFiles.scan();
    publisher.onBackground();
    await roleFiles.check();
  };
  connection.onDidChangeConfiguration(
    guardNotification(log, 'workspace/didChangeConfiguration', ({ settings }) => {
      if (!features.hasConfiguration) session.pushedSettings = Object(settings ?? {}).breakwater ?? settings;
      runGuarded(log, 'workspace/didChangeConfiguration', () => read(false));
    }),
  );
  return {
    subscribe: async () => {
      if (!features.canRegisterConfiguration) return;
      await connection.client.register(DidChangeConfigurationNotification.type, {
        section: ['breakwater', 'files.exclude'],
      });
    },
    reload: () => read(true),
  };
}
