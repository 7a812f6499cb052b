import { isAbsolute, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';

/** How reports name a file: relative to a folder, with forward slashes; absolute where there is no way (another drive). */
export function toShownPath(folder: string, path: string): string {
  const shown = relative(folder, resolve(folder, path));
  if (shown === '') return '.';
  return sep === '\\' ? shown.replaceAll('\\', '/') : shown;
}

/** The URI of an absolute path, spelt as the language server spells it. */
export function toFileUri(path: string): string {
  return URI.file(path).toString();
}

/** The absolute path of a file's URI. */
export function toFilePath(uri: string): string {
  return URI.parse(uri).fsPath;
}

/** True for a path below a folder. */
export function isInFolder(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Orders texts by their code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
