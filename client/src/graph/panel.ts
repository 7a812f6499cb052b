import * as vscode from 'vscode';
import type { DrawnState, FromView, GraphAnswer, ToView, ViewLocation, ViewTarget } from './messages';
import { saveSvg } from './save';

/** What a panel shows, and how it learns of it. */
export interface PanelSource {
  readonly target: ViewTarget;
  /** Undefined while the server is not running. */
  ask(target: ViewTarget): Promise<GraphAnswer | undefined>;
}

/** One view of a graph. */
export interface GraphPanel {
  readonly panel: vscode.WebviewPanel;
  readonly target: ViewTarget;
  /** What the view shows, each time that it has drawn. */
  readonly onDidDraw: vscode.Event<DrawnState>;
  /** Asks anew, soon: changes that follow each other are one. */
  refresh(): void;
  /** Saves the picture: where the person says, or to the file given. Resolves with the file, undefined when it was not saved. */
  save(file?: vscode.Uri): Promise<vscode.Uri | undefined>;
}

/** For how long (in milliseconds) more changes are waited for. */
const PAUSE = 150;

/** Brings a panel whose page is set to life. */
export function createGraphPanel(panel: vscode.WebviewPanel, { target, ask }: PanelSource): GraphPanel {
  const drawing = new vscode.EventEmitter<DrawnState>();
  let isReady = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let wanting: ((text: string) => void) | undefined;

  const post = (message: ToView): void => void panel.webview.postMessage(message);
  const update = async (): Promise<void> => {
    const own = ++round;
    const answer = await ask(target).catch(
      (): GraphAnswer => ({ refusal: 'The server of Breakwater does not answer.' }),
    );
    // A later question may have been answered first.
    if (own !== round || !answer) return;
    if ('refusal' in answer) post({ type: 'refusal', text: answer.refusal });
    else {
      panel.title = toPanelTitle(answer.title);
      post({ type: 'graph', graph: answer });
    }
  };
  const refresh = (): void => {
    clearTimeout(timer);
    // A hidden page is gone; it asks when it is shown again.
    if (isReady && panel.visible) timer = setTimeout(() => void update(), PAUSE);
  };
  const subscriptions = vscode.Disposable.from(
    drawing,
    panel.onDidChangeViewState(() => {
      if (!panel.visible) isReady = false;
    }),
    panel.webview.onDidReceiveMessage(async (message: FromView) => {
      if (message.type === 'ready') {
        isReady = true;
        await update();
      } else if (message.type === 'drawn') {
        drawing.fire(message.state);
      } else if (message.type === 'open') {
        await openBeside(panel, message.location);
      } else if (wanting) {
        wanting(message.text);
      } else {
        await saveSvg(message.text, target);
      }
    }),
  );
  panel.onDidDispose(() => {
    clearTimeout(timer);
    subscriptions.dispose();
  });
  return {
    panel,
    target,
    onDidDraw: drawing.event,
    refresh,
    save: async (file) => {
      const text = await new Promise<string>((resolve) => {
        wanting = resolve;
        post({ type: 'export' });
      }).finally(() => {
        wanting = undefined;
      });
      return await saveSvg(text, target, file);
    },
  };
}

/** What the tab of a graph is called. */
export function toPanelTitle(title: string): string {
  return `Access: ${title.replaceAll('"', '')}`;
}

/** Shows a place in an editor that does not cover the graph. */
async function openBeside(panel: vscode.WebviewPanel, { uri, range }: ViewLocation): Promise<void> {
  const { start, end } = range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const other = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn !== panel.viewColumn);
  const viewColumn = other?.viewColumn ?? vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection, viewColumn });
}
