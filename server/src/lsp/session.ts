import { type Connection, type InitializeParams, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { CONFIGURATION_FILE_NAME, EMPTY_CONFIGURATION } from '../engine/configuration';
import { Project } from '../engine/project';
import type { RuleSet } from '../engine/rule-set';
import { type ClientFeatures, readClientFeatures } from './client-features';
import { createClientFiles, splitFiles } from './client-files';
import { ConfigurationStore } from './configuration-store';
import { OpenDocuments } from './documents';
import { type FileAccess, NO_FILES } from './files';
import { readFolderConfiguration } from './folder-configuration';
import { Folders, readFolders } from './folders';
import { type Log, toText } from './guard';
import { Reports } from './reports';
import { RoleFiles } from './role-files';
import { createRuleDocs, type GetRuleDocsUrl } from './rule-docs';
import { joinUri, toKey } from './uri';
import { WorkspaceFiles } from './workspace-files';

/** What the server is made of besides its connection. */
export interface Host {
  readonly rules: RuleSet;
  /** How it reads `file:` addresses by itself; undefined where it cannot, as in a browser. */
  readonly files: FileAccess | undefined;
  /** Addresses of the pages of rules that came with the server, by rule id. */
  readonly pages: ReadonlyMap<string, string>;
  /** What must have happened before the first message is acted upon; told of the client's initialization options. */
  prepare(initializationOptions: unknown): Promise<void>;
}

/** Everything the handlers of one connection share. */
export interface Session {
  readonly connection: Connection;
  readonly log: Log;
  readonly features: ClientFeatures;
  readonly getDocsUrl: GetRuleDocsUrl;
  readonly files: FileAccess;
  readonly project: Project;
  readonly documents: OpenDocuments;
  readonly configuration: ConfigurationStore;
  readonly folders: Folders;
  readonly reports: Reports;
  readonly roleFiles: RoleFiles;
  readonly workspaceFiles: WorkspaceFiles;
  /** The settings of clients that do not let themselves be asked. */
  pushedSettings: unknown;
}

/** Puts a session together from what the client says of itself. */
export function createSession(
  connection: Connection,
  params: InitializeParams,
  { rules, files: disk, pages }: Host,
): Session {
  const log = connection.console;
  const features = readClientFeatures(params);
  const others = features.readsFiles ? createClientFiles(connection) : undefined;
  const files = disk && others ? splitFiles(disk, others) : (disk ?? others ?? NO_FILES);
  const folders = new Folders(readFolders(params));
  const project: Project = new Project(rules, (uri) => configuration.getSettings(uri));
  const documents = new OpenDocuments(project);
  const ruleIds = [...rules.byId.keys()];
  const tell = createTeller(connection);
  const configuration = new ConfigurationStore(
    {
      fetchSection: async (uri) =>
        features.hasConfiguration
          ? await connection.workspace.getConfiguration({ scopeUri: uri, section: 'breakwater' })
          : session.pushedSettings,
      fetchHidden: async (uri) =>
        features.hasConfiguration
          ? await connection.workspace.getConfiguration({ scopeUri: uri, section: 'files.exclude' })
          : undefined,
      findFolder: (key) => folders.find(key),
      readFolder: async (folder) => {
        const { configuration, problems } = await readFolderConfiguration(files, folder, ruleIds);
        // Who looks at the file sees them underlined.
        const isShown = documents.has(toKey(joinUri(folder, CONFIGURATION_FILE_NAME)));
        for (const { message } of isShown ? [] : problems) tell(`${CONFIGURATION_FILE_NAME}: ${message}`);
        return configuration ?? EMPTY_CONFIGURATION;
      },
      onProblem: tell,
    },
    ruleIds,
  );
  const getDocsUrl = createRuleDocs(params.initializationOptions, pages);
  const roleFiles = new RoleFiles({ files, documents, configuration, tell });
  const reports = new Reports(project, documents, configuration, getDocsUrl, roleFiles, (error) => {
    log.error(`checking: ${toText(error)}`);
  });
  const workspaceFiles = new WorkspaceFiles({
    connection,
    features,
    files,
    project,
    documents,
    configuration,
    folders,
    tell,
  });
  const session: Session = {
    connection,
    log,
    features,
    getDocsUrl,
    files,
    project,
    documents,
    configuration,
    folders,
    reports,
    roleFiles,
    workspaceFiles,
    pushedSettings: readInitialSettings(params),
  };
  return session;
}

/** Settings among the initialization options: the section itself, or options that hold it. */
function readInitialSettings({ initializationOptions }: InitializeParams): unknown {
  const { settings, breakwater } = Object(initializationOptions ?? {});
  return settings?.breakwater ?? settings ?? breakwater;
}

/** Says each thing once where the person sees it, and every time in the log. */
function createTeller(connection: Connection): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    connection.console.warn(message);
    if (said.has(message)) return;
    said.add(message);
    // A notification: nobody waits for an answer.
    connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Warning,
      message: `Breakwater: ${message}`,
    });
  };
}
