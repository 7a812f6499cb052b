import * as vscode from 'vscode';

/** Opens the page of a rule: of the one given with its address, else of one that the person picks from the active file's findings. */
export const OPEN_RULE_DOCS = 'breakwater.openRuleDocs';

/** What the commands work on. */
export interface CommandTargets {
  restart(): Promise<void>;
  readonly channel: vscode.LogOutputChannel;
}

/** Registers the commands that the manifest lists. */
export function registerCommands({ restart, channel }: CommandTargets): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('breakwater.restart', restart),
    vscode.commands.registerCommand('breakwater.showOutput', () => channel.show()),
    vscode.commands.registerCommand(OPEN_RULE_DOCS, openRuleDocs),
  );
}

async function openRuleDocs(rule?: unknown, address?: unknown): Promise<void> {
  const target = typeof rule === 'string' && typeof address === 'string' ? address : await pickAddress();
  const uri = target === undefined ? undefined : vscode.Uri.parse(target);
  if (uri?.scheme === 'https') await vscode.env.openExternal(uri);
}

async function pickAddress(): Promise<string | undefined> {
  const pages = getPagesOfActiveFile();
  if (pages.size === 0) {
    vscode.window.showInformationMessage('Breakwater has found nothing in the active file.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick([...pages.keys()].sort(), { placeHolder: 'Rule to read about' });
  return picked === undefined ? undefined : pages.get(picked);
}

/** The rules that have findings in the active file, with the addresses of their pages. */
function getPagesOfActiveFile(): ReadonlyMap<string, string> {
  const editor = vscode.window.activeTextEditor;
  const diagnostics = editor ? vscode.languages.getDiagnostics(editor.document.uri) : [];
  return new Map(
    diagnostics.flatMap(({ source, code }): [string, string][] =>
      source === 'Breakwater' && typeof code === 'object' ? [[String(code.value), code.target.toString(true)]] : [],
    ),
  );
}
