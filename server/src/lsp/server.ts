import { type Connection, ErrorCodes, type InitializeResult, ResponseError } from 'vscode-languageserver';
import { registerAccessGraph } from './access-graph';
import { toCapabilities } from './capabilities';
import { registerCodeActions } from './code-actions';
import { registerCodeLens } from './code-lens';
import { registerCommands } from './commands';
import { registerConfiguration } from './configuration';
import { registerDefinition } from './definition';
import { registerDocumentLinks } from './document-links';
import { runGuarded } from './guard';
import { registerHover } from './hover';
import { registerPull } from './pull';
import { registerPush } from './push';
import { registerReferences } from './references';
import { registerRename } from './rename';
import { createSession, type Host, type Session } from './session';
import { registerSync } from './sync';
import { registerWatching } from './watching';

/** Tells the client that diagnostics may have changed; what is done about it depends on whether it pulls. */
export interface Publisher {
  /** An open document has been opened or changed. */
  onChanged(key: string): void;
  /** A document has been closed. `uri` is the client's spelling. */
  onClosed(uri: string): void;
  /** Something else has changed: files in the background, settings. */
  onBackground(): void;
}

/** For how long (in milliseconds) the scan of the workspace lets open documents go first. */
const HEAD_START = 100;

/** Serves one client over a connection, which the caller has made and now hands over. */
export function serve(connection: Connection, host: Host): { isShutDown(): boolean } {
  let isInitialized = false;
  let isShutDown = false;
  connection.onInitialize(async (params): Promise<InitializeResult | ResponseError<{ retry: boolean }>> => {
    if (isInitialized) return new ResponseError(ErrorCodes.InvalidRequest, 'Already initialized', { retry: false });
    isInitialized = true;
    await host.prepare(params.initializationOptions);
    const session = createSession(connection, params, host);
    register(session);
    return { capabilities: toCapabilities(session.features), serverInfo: { name: 'Breakwater' } };
  });
  connection.onShutdown(() => {
    isShutDown = true;
  });
  connection.listen();
  return { isShutDown: () => isShutDown };
}

function register(session: Session): void {
  const { connection, features, workspaceFiles, reports, roleFiles, log } = session;
  const diagnostics = features.canPullDiagnostics ? registerPull(session) : registerPush(session);
  const publisher = registerAccessGraph(session, registerCodeLens(session, diagnostics));
  roleFiles.onChanged = () => {
    reports.invalidate();
    publisher.onBackground();
  };
  registerSync(session, publisher);
  registerHover(session);
  registerCodeActions(session);
  registerDefinition(session);
  registerReferences(session);
  registerRename(session);
  registerDocumentLinks(session);
  registerCommands(session);
  const configure = registerConfiguration(session, publisher);
  const watch = registerWatching(session, publisher, configure.reload);
  connection.onInitialized(() => {
    runGuarded(log, 'registering', () => Promise.all([configure.subscribe(), watch()]));
    runGuarded(log, 'reading the workspace', async () => {
      // The document that the person looks at comes first; a client that opens none is not waited for.
      await Promise.race([reports.first, new Promise((resolve) => setTimeout(resolve, HEAD_START))]);
      await workspaceFiles.scan();
      publisher.onBackground();
      await roleFiles.check();
    });
  });
}
