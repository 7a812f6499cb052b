import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PAGE = /^([a-z0-9-]+)\.md$/;

/** The pages of rules that lie in a folder, as `file:` addresses by rule id; none where the folder cannot be read. */
export function findRulePages(folder: string): ReadonlyMap<string, string> {
  return new Map(
    listNames(folder).flatMap((name): [string, string][] => {
      const id = PAGE.exec(name)?.[1];
      return id === undefined ? [] : [[id, pathToFileURL(join(folder, name)).href]];
    }),
  );
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
