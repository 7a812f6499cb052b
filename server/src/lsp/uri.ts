import { URI, Utils } from 'vscode-uri';

/**
 * The one spelling under which a file is known. Clients differ in what they encode and in the case of drive letters
 * (`file:///C:/a b` and `file:///c%3A/a%20b` are one file).
 */
export function toKey(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

/** The one spelling of a folder: as `toKey`, without a slash at its end, unless it is the root of what holds it. */
export function toFolderKey(uri: string): string {
  const key = toKey(uri);
  return ROOT.test(key) ? key : key.replace(/(?<=[^/:])\/+$/, '');
}

const ROOT = /^[^/]*:\/\/[^/]*\/$/;

/** The address of a child of a folder. */
export function joinUri(folder: string, ...names: readonly string[]): string {
  return Utils.joinPath(URI.parse(folder), ...names).toString();
}

/** The last segment of an address, decoded. */
export function toBaseName(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/** The way from a folder to something in it, with `/` between names; undefined for anything that is not in it. */
export function getRelativePath(folder: string, uri: string): string | undefined {
  const [base, target] = [URI.parse(folder), URI.parse(uri)];
  if (base.scheme !== target.scheme || base.authority !== target.authority) return undefined;
  const prefix = base.path.endsWith('/') ? base.path : `${base.path}/`;
  return target.path.startsWith(prefix) && target.path.length > prefix.length
    ? target.path.slice(prefix.length)
    : undefined;
}

/** The innermost of several folders that holds a file. */
export function findFolder(folders: readonly string[], uri: string): string | undefined {
  return folders.filter((folder) => getRelativePath(folder, uri) !== undefined).sort((a, b) => b.length - a.length)[0];
}
