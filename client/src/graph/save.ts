import * as vscode from 'vscode';
import type { ViewTarget } from './messages';

/** Writes a picture to a file: the one given, else one that the person chooses. Undefined when none was chosen. */
export async function saveSvg(text: string, target: ViewTarget, file?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const chosen = file ?? (await choose(target));
  if (!chosen) return undefined;
  try {
    await vscode.workspace.fs.writeFile(chosen, new TextEncoder().encode(text));
  } catch (error) {
    vscode.window.showErrorMessage(`The picture could not be saved: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
  return chosen;
}

async function choose(target: ViewTarget): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `access-${toFileName(target)}.svg`;
  return await vscode.window.showSaveDialog({
    filters: { 'SVG picture': ['svg'] },
    title: 'Save the Access Graph',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

function toFileName(target: ViewTarget): string {
  const parts = target.kind === 'namespace' ? [target.name] : [target.objectKind, target.name ?? ''];
  return parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
