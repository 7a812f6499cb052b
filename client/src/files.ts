import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

// What the server asks for where it cannot read by itself: a repository that is browsed without a clone, or any folder when it
// runs in a browser. What cannot be read is not there: the answer is null.

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

interface ReadFileParams {
  readonly uri: string;
  /** Longer files (in bytes) are answered without their text. */
  readonly limit: number;
  /** Of the reading that the server has: the text is left out when it still holds. */
  readonly stamp?: string;
}

interface Reading {
  readonly text?: string;
  readonly stamp: string;
}

/** Answers the server's requests for folders and files. */
export function answerFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest('breakwater/listFolder', ({ uri }: { uri: string }) => orNull(() => list(vscode.Uri.parse(uri)))),
    client.onRequest('breakwater/readFile', (params: ReadFileParams) => orNull(() => read(params))),
    client.onRequest('breakwater/kindOf', ({ uri }: { uri: string }) =>
      orNull(async () => toKind((await vscode.workspace.fs.stat(vscode.Uri.parse(uri))).type)),
    ),
  );
}

async function orNull<T>(run: () => Promise<T | undefined>): Promise<T | null> {
  try {
    return (await run()) ?? null;
  } catch {
    return null;
  }
}

async function list(folder: vscode.Uri): Promise<readonly Entry[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries
    .flatMap(([name, type]): Entry[] => {
      const kind = toKind(type);
      // A linked folder may lead back to where the walk came from; a linked file cannot.
      const isLink = (type & vscode.FileType.SymbolicLink) !== 0;
      return kind === undefined || (isLink && kind === 'folder') ? [] : [{ name, kind }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function read({ uri, limit, stamp: known }: ReadFileParams): Promise<Reading> {
  const file = vscode.Uri.parse(uri);
  const { size, mtime, ctime } = await vscode.workspace.fs.stat(file);
  const stamp = [size, mtime, ctime].join(' ');
  if (stamp === known || size > limit) return { stamp };
  const text = await vscode.workspace.decode(await vscode.workspace.fs.readFile(file), { uri: file });
  return text.includes('\u0000') ? { stamp } : { text, stamp };
}

function toKind(type: vscode.FileType): Entry['kind'] | undefined {
  if (type & vscode.FileType.Directory) return 'folder';
  return type & vscode.FileType.File ? 'file' : undefined;
}
