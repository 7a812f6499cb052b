import type { Connection } from 'vscode-languageserver';
import type { Entry, FileAccess } from './files';

/** What `breakwater/readFile` asks for; as in `FileAccess.readChanged`. */
export interface ReadFileParams {
  readonly uri: string;
  readonly limit: number;
  readonly stamp?: string;
}

type ReadFileAnswer = { readonly text?: string; readonly stamp: string };

/**
 * Reads through the client, by requests that are our own: what only the editor can reach, such as a repository that is browsed
 * without a clone. A client that answers them says so with `readsFiles` among its initialization options.
 */
export function createClientFiles(connection: Connection): FileAccess {
  const ask = async <R>(method: string, params: ReadFileParams | { readonly uri: string }): Promise<R | undefined> => {
    try {
      return (await connection.sendRequest<R | null>(method, params)) ?? undefined;
    } catch {
      return undefined;
    }
  };
  const readChanged: FileAccess['readChanged'] = async (uri, limit, stamp) => {
    const answer = await ask<ReadFileAnswer>('breakwater/readFile', {
      uri,
      limit,
      ...(stamp !== undefined && { stamp }),
    });
    if (!answer) return undefined;
    return answer.stamp === stamp ? 'unchanged' : { text: answer.text, stamp: answer.stamp };
  };
  return {
    list: async (uri) => (await ask<readonly Entry[]>('breakwater/listFolder', { uri })) ?? [],
    read: async (uri, limit) => {
      const found = await readChanged(uri, limit, undefined);
      return found === 'unchanged' ? undefined : found?.text;
    },
    readChanged,
    kindOf: (uri) => ask<Entry['kind']>('breakwater/kindOf', { uri }),
  };
}

/** True for what the editor fetches from a network, file by file: a repository that is browsed without a clone. */
export const isFetched = (uri: string): boolean => uri.startsWith('vscode-vfs:');

/** Reads `file:` addresses by one way, and all others by another. */
export function splitFiles(disk: FileAccess, others: FileAccess): FileAccess {
  const choose = (uri: string) => (uri.startsWith('file:') ? disk : others);
  return {
    list: (uri) => choose(uri).list(uri),
    read: (uri, limit) => choose(uri).read(uri, limit),
    readChanged: (uri, limit, stamp) => choose(uri).readChanged(uri, limit, stamp),
    kindOf: (uri) => choose(uri).kindOf(uri),
  };
}
