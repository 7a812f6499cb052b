import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { guardNotification, runGuarded } from './guard';
import type { Publisher } from './server';
import type { Session } from './session';

/** Follows the settings. */
export interface ConfigurationHandlers {
  /** Asks the client to tell of changes. */
  subscribe(): Promise<void>;
  /** Reads all settings anew and judges again what they touch. */
  reload(): Promise<void>;
}

/** Handles workspace/didChangeConfiguration. */
export function registerConfiguration(session: Session, publisher: Publisher): ConfigurationHandlers {
  const { connection, log, features, documents, configuration, project, reports, workspaceFiles } = session;
  const reload = async (): Promise<void> => {
    const hasChanged = await configuration.reload([...documents.all]);
    if (hasChanged) {
      project.setSettings((uri) => configuration.getSettings(uri));
      reports.invalidate();
      publisher.onBackground();
    }
    // What is excluded may differ now.
    await workspaceFiles.scan();
    publisher.onBackground();
  };
  connection.onDidChangeConfiguration(
    guardNotification(log, 'workspace/didChangeConfiguration', ({ settings }) => {
      if (!features.hasConfiguration) session.pushedSettings = Object(settings ?? {}).breakwater ?? settings;
      runGuarded(log, 'workspace/didChangeConfiguration', reload);
    }),
  );
  return {
    subscribe: async () => {
      if (!features.canRegisterConfiguration) return;
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'breakwater' });
    },
    reload,
  };
}
