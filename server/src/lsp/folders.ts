import type { InitializeParams } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { findFolder, toFolderKey } from './uri';

/** The folders of the workspace, by key. */
export class Folders {
  #keys: readonly string[];

  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  get all(): readonly string[] {
    return this.#keys;
  }

  /** The innermost folder that holds a file. */
  find(key: string): string | undefined {
    return findFolder(this.#keys, key);
  }

  add(keys: readonly string[]): void {
    this.#keys = [...new Set([...this.#keys, ...keys])];
  }

  remove(keys: readonly string[]): void {
    this.#keys = this.#keys.filter((key) => !keys.includes(key));
  }
}

/** The folders that a client opens with, in any of the three ways in which the protocol has let it say so. */
export function readFolders({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => toFolderKey(uri));
  if (rootUri) return [toFolderKey(rootUri)];
  return rootPath ? [toFolderKey(URI.file(rootPath).toString())] : [];
}
