import * as vscode from 'vscode';

const RULE_PATH = /^\/rules\/([a-z0-9-]+)$/;

/** The address below which this editor opens the page of a rule, by its id. */
export function getDocsUrl({ extension }: vscode.ExtensionContext): string {
  return `${vscode.env.uriScheme}://${extension.id}/rules/`;
}

/** Opens the page of a rule that came with the extension. */
export async function showRuleDocs({ extensionUri }: vscode.ExtensionContext, rule: string): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'rules', `${rule}.md`);
  try {
    await vscode.workspace.fs.stat(page);
  } catch {
    vscode.window.showInformationMessage(`Breakwater has no page on "${rule}".`);
    return;
  }
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

/** Opens the addresses of `getDocsUrl`, wherever they are followed: in a diagnostic, a hover or another program. */
export function registerDocsLinks(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.window.registerUriHandler({
    handleUri: async ({ path }) => {
      const rule = RULE_PATH.exec(path)?.[1];
      if (rule !== undefined) await showRuleDocs(context, rule);
    },
  });
}
