import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type ClientCapabilities,
  type CodeAction,
  type ConfigurationParams,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { getBuilt } from '../harness/built';
import { Mailbox } from './mailbox';

/** How a client introduces itself. */
export interface ClientOptions {
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  /** The section `breakwater` that workspace/configuration is answered with. */
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
  /** The globs of the setting files.exclude. */
  readonly hidden?: Readonly<Record<string, unknown>>;
  /** A file that each path is added to which the server reads. */
  readonly reads?: string;
  /** The bundle to run, where it is not the one that was built. */
  readonly server?: string;
}

/** What a client that can do everything announces. */
export const FULL: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create'],
      changeAnnotationSupport: { groupsOnLabel: false },
    },
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
  textDocument: {
    diagnostic: { relatedDocumentSupport: false },
    hover: { contentFormat: ['markdown'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      resolveSupport: { properties: ['edit'] },
      dataSupport: true,
      isPreferredSupport: true,
    },
  },
};

const { diagnostic: _, ...withoutPull } = FULL.textDocument ?? {};

/** The same for a client that waits for diagnostics to be published. */
export const PUSHED: ClientCapabilities = { ...FULL, textDocument: withoutPull };

/** A language client that drives the built server over stdio. It ends with the test that started it. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly published = new Mailbox<PublishDiagnosticsParams>();
  readonly refreshes = new Mailbox<void>();
  readonly warnings = new Mailbox<string>();
  /** One message for each scan of the workspace that has ended. */
  readonly scans = new Mailbox<void>();
  readonly registrations = new Mailbox<string>();
  readonly shown = new Mailbox<string>();
  /** What the server wrote to its log as an error. */
  readonly errors: string[] = [];
  result: InitializeResult | undefined;
  settings: unknown;
  hidden: unknown;
  /** What the server has shown of its work, in order. */
  readonly progress: { readonly kind: string; readonly title?: string; readonly message?: string }[] = [];

  constructor(server = getBuilt('server'), reads?: string) {
    const spy = reads === undefined ? [] : ['--require', join(import.meta.dirname, 'count-reads.cjs')];
    const env = { ...process.env, BREAKWATER_TEST_READS: reads };
    this.process = spawn(process.execPath, [...spy, server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env });
    const { stdin, stdout } = this.process;
    if (!stdin || !stdout) throw new Error('the server has no streams');
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.#listen();
    onTestFinished(() => {
      this.connection.dispose();
      this.process.kill();
    });
  }

  /** Starts a server and makes its acquaintance. */
  static async start(options: ClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(options.server, options.reads);
    await client.initialize(options);
    return client;
  }

  async initialize(options: ClientOptions) {
    const { folders = [], capabilities = FULL, settings, hidden, initializationOptions } = options;
    this.settings = settings;
    this.hidden = hidden;
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      capabilities,
      ...(initializationOptions !== undefined && { initializationOptions }),
    };
    this.result = await this.connection.sendRequest<InitializeResult>('initialize', params);
    await this.connection.sendNotification('initialized', {});
  }

  async open(uri: string, text: string, languageId = uri.endsWith('.json') ? 'json' : 'yaml'): Promise<void> {
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Sends changes of a document as one notification; one without a range replaces the whole text. */
  async change(uri: string, version: number, changes: readonly { range?: Range; text: string }[]): Promise<void> {
    await this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: changes });
  }

  async close(uri: string): Promise<void> {
    await this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  async pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return await this.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  }

  /** The diagnostics of a document as a pull gives them. */
  async diagnose(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('the report is not full');
    return report.items;
  }

  async getActions(
    uri: string,
    range: Range,
    { diagnostics = [], only }: { diagnostics?: readonly Diagnostic[]; only?: readonly string[] } = {},
  ): Promise<readonly CodeAction[]> {
    const params = { textDocument: { uri }, range, context: { diagnostics, ...(only && { only }) } };
    return (await this.request<CodeAction[] | null>('textDocument/codeAction', params)) ?? [];
  }

  /** Changes the settings and tells of it, as an editor does. */
  async configure(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.notify('workspace/didChangeConfiguration', { settings: { breakwater: settings } });
  }

  async request<R>(method: string, params: unknown): Promise<R> {
    return await this.connection.sendRequest<R>(method, params);
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.connection.sendNotification(method, params);
  }

  #listen(): void {
    const { connection } = this;
    connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
      items.map(({ section }) => (section === 'files.exclude' ? this.hidden : this.settings) ?? null),
    );
    connection.onRequest('workspace/diagnostic/refresh', () => this.refreshes.put());
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('window/showDocument', ({ uri }) => {
      this.shown.put(uri);
      return { success: true };
    });
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { method } of registrations) this.registrations.put(method);
    });
    connection.onNotification('textDocument/publishDiagnostics', (params) => this.published.put(params));
    connection.onNotification('window/showMessage', ({ message }) => this.warnings.put(message));
    connection.onNotification('window/logMessage', ({ type, message }) => {
      if (type === 1) this.errors.push(message);
    });
    connection.onNotification('$/progress', ({ value }) => {
      this.progress.push(value);
      if (value.kind === 'end') this.scans.put();
    });
    connection.listen();
  }
}
