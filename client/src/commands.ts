import * as vscode from 'vscode';
import { showRuleDocs } from './rule-docs';

/** Opens the page of a rule: of the one whose id is given, else of one that the person picks from the active file's findings. */
export const OPEN_RULE_DOCS = 'breakwater.openRuleDocs';

const RULE_ID = /^[a-z0-9-]+$/;

/** What the commands work on. */
export interface CommandTargets {
  readonly context: vscode.ExtensionContext;
  restart(): Promise<void>;
  readonly channel: vscode.LogOutputChannel;
}

/** Registers the commands that the manifest lists. */
export function registerCommands({ context, restart, channel }: CommandTargets): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('breakwater.restart', restart),
    vscode.commands.registerCommand('breakwater.showOutput', () => channel.show()),
    vscode.commands.registerCommand(OPEN_RULE_DOCS, async (rule?: unknown) => {
      const target = typeof rule === 'string' && RULE_ID.test(rule) ? rule : await pickRule();
      if (target !== undefined) await showRuleDocs(context, target);
    }),
  );
}

async function pickRule(): Promise<string | undefined> {
  const rules = getRulesOfActiveFile();
  if (rules.length === 0) {
    vscode.window.showInformationMessage('Breakwater has found nothing in the active file.');
    return undefined;
  }
  return await vscode.window.showQuickPick(rules, { placeHolder: 'Rule to read about' });
}

/** The rules that have findings in the active file: those whose code links to a page. */
function getRulesOfActiveFile(): string[] {
  const editor = vscode.window.activeTextEditor;
  const diagnostics = editor ? vscode.languages.getDiagnostics(editor.document.uri) : [];
  const rules = diagnostics.flatMap(({ source, code }) =>
    source === 'Breakwater' && typeof code === 'object' ? [String(code.value)] : [],
  );
  return [...new Set(rules)].sort();
}
