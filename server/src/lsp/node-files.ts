import { readdir, readFile, stat } from 'node:fs/promises';
import { URI } from 'vscode-uri';
import { decodeText, type Entry, type FileAccess, type Reading } from './files';
import { joinUri } from './uri';

/** Reads `file:` addresses from the disk; anything else is not there. */
export const nodeFiles: FileAccess = { list, read, readChanged, kindOf };

async function list(uri: string): Promise<readonly Entry[]> {
  const path = toPath(uri);
  if (path === undefined) return [];
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const known = entries.map(async (entry): Promise<Entry | undefined> => {
      if (entry.isDirectory()) return { name: entry.name, kind: 'folder' };
      if (entry.isFile()) return { name: entry.name, kind: 'file' };
      // A linked folder may lead back to where the walk came from; a linked file cannot.
      if (entry.isSymbolicLink() && (await kindOf(joinUri(uri, entry.name))) === 'file') {
        return { name: entry.name, kind: 'file' };
      }
      return undefined;
    });
    const found = (await Promise.all(known)).filter((entry) => entry !== undefined);
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

async function read(uri: string, limit: number): Promise<string | undefined> {
  const found = await readChanged(uri, limit, undefined);
  return found === 'unchanged' ? undefined : found?.text;
}

async function readChanged(
  uri: string,
  limit: number,
  known: string | undefined,
): Promise<Reading | 'unchanged' | undefined> {
  const path = toPath(uri);
  if (path === undefined) return undefined;
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
    const stamp = [size, mtimeNs, ctimeNs, ino].join(' ');
    if (stamp === known) return 'unchanged';
    return { text: size > limit ? undefined : decodeText(await readFile(path)), stamp };
  } catch {
    return undefined;
  }
}

async function kindOf(uri: string): Promise<Entry['kind'] | undefined> {
  const path = toPath(uri);
  if (path === undefined) return undefined;
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

function toPath(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}
