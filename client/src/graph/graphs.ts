import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  type DrawnState,
  type GraphAnswer,
  type GraphQuestion,
  type KeptState,
  REQUESTS,
  type ViewTarget,
} from './messages';
import { getScripts, toPage } from './page';
import { createGraphPanel, type GraphPanel, toPanelTitle } from './panel';
import { pickNamespace } from './pick';

/** Draws who may do what around what stands at the cursor, or in a file and at a position that are given. */
export const SHOW_GRAPH = 'breakwater.showAccessGraph';
/** Draws the same for a namespace: the one given, else one that the person picks. */
export const SHOW_NAMESPACE_GRAPH = 'breakwater.showNamespaceAccessGraph';
/** Saves the picture of the graph that is shown: where the person says, or to the file given. */
export const EXPORT_GRAPH = 'breakwater.exportAccessGraph';

const VIEW_TYPE = 'breakwater.accessGraph';

/** What graphs are drawn with. */
export interface GraphHost {
  readonly context: vscode.ExtensionContext;
  /** Starts the server if it does not run, and gives the connection to it. */
  connect(): Promise<BaseLanguageClient>;
}

/** Registers the commands of the access graph, and brings its views back after a reload. */
export function registerGraphs(host: GraphHost): vscode.Disposable {
  const shown = new Map<string, GraphPanel>();
  const ask = createQuestion(host, () => {
    for (const panel of shown.values()) panel.refresh();
  });
  const adopt = (webviewPanel: vscode.WebviewPanel, target: ViewTarget): GraphPanel => {
    webviewPanel.webview.options = { enableScripts: true, localResourceRoots: [getScripts(host.context)] };
    const panel = createGraphPanel(webviewPanel, { target, ask: (own) => ask({ target: own }) });
    const key = JSON.stringify(target);
    shown.set(key, panel);
    webviewPanel.onDidDispose(() => shown.delete(key));
    webviewPanel.webview.html = toPage(host.context, webviewPanel.webview);
    return panel;
  };
  const show = async (question: GraphQuestion): Promise<DrawnState | undefined> => {
    const answer = await ask(question);
    if ('refusal' in answer) {
      const namespace = await pickNamespace(await listNamespaces(host), answer.refusal);
      return namespace === undefined ? undefined : await show({ target: { kind: 'namespace', name: namespace } });
    }
    const { target, title } = answer;
    const known = shown.get(JSON.stringify(target));
    if (known) {
      known.panel.reveal();
      known.refresh();
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    const panel = known ?? adopt(vscode.window.createWebviewPanel(VIEW_TYPE, toPanelTitle(title), place), target);
    return await new Promise((resolve) => {
      const end = (state?: DrawnState): void => {
        listeners.dispose();
        resolve(state);
      };
      const listeners = vscode.Disposable.from(
        panel.onDidDraw(end),
        panel.panel.onDidDispose(() => end()),
      );
    });
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(SHOW_GRAPH, async (uri?: unknown, position?: unknown) => {
      const question = toQuestion(uri, position);
      return question ? await show(question) : await showNamespace();
    }),
    vscode.commands.registerCommand(SHOW_NAMESPACE_GRAPH, (name?: unknown) => showNamespace(name)),
    vscode.commands.registerCommand(EXPORT_GRAPH, async (file?: unknown) => {
      const panels = [...shown.values()];
      const panel = panels.find((one) => one.panel.active) ?? panels.find((one) => one.panel.visible);
      return await panel?.save(file instanceof vscode.Uri ? file : undefined);
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (webviewPanel, state: KeptState | undefined) => {
        if (state?.target) adopt(webviewPanel, state.target);
        else webviewPanel.dispose();
      },
    }),
  );

  async function showNamespace(name?: unknown): Promise<DrawnState | undefined> {
    const chosen = typeof name === 'string' ? name : await pickNamespace(await listNamespaces(host));
    return chosen === undefined ? undefined : await show({ target: { kind: 'namespace', name: chosen } });
  }
}

/** Asks the server, and has itself told of changes by each connection that it meets. */
function createQuestion(
  { connect, context }: GraphHost,
  onStale: () => void,
): (question: GraphQuestion) => Promise<GraphAnswer> {
  const met = new WeakSet<BaseLanguageClient>();
  return async (question) => {
    const client = await connect();
    if (!met.has(client)) {
      met.add(client);
      context.subscriptions.push(
        client.onNotification(REQUESTS.stale, onStale),
        // A server that was started again knows nobody who has asked.
        client.onDidChangeState(({ newState }) => newState === State.Running && onStale()),
      );
    }
    return await client.sendRequest<GraphAnswer>(REQUESTS.graph, question);
  };
}

async function listNamespaces({ connect }: GraphHost): Promise<readonly string[]> {
  return await (await connect()).sendRequest<string[]>(REQUESTS.namespaces, null);
}

/** What a command is about: what it is told, else where the cursor is. */
function toQuestion(uri: unknown, position: unknown): GraphQuestion | undefined {
  const editor = vscode.window.activeTextEditor;
  const file = uri instanceof vscode.Uri ? uri : editor?.document.uri;
  if (!file) return undefined;
  const isActive = editor?.document.uri.toString() === file.toString();
  const place = position instanceof vscode.Position ? position : isActive ? editor.selection.active : undefined;
  const { line, character } = place ?? new vscode.Position(0, 0);
  return { textDocument: { uri: file.toString() }, position: { line, character } };
}
