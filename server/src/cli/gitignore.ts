import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { toShownPath } from './paths';

/** The `.gitignore` files that are in force in a folder, the outermost first. */
export type GitIgnores = readonly { readonly folder: string; readonly rules: Ignore }[];

/** Those of the folders above, up to the root of the repository; none outside of a repository, or where the folder is ignored itself. */
export function readOuterIgnores(folder: string): GitIgnores {
  const outer: string[] = [];
  let current = folder;
  while (!existsSync(join(current, '.git'))) {
    const parent = dirname(current);
    if (parent === current) return [];
    current = parent;
    outer.unshift(current);
  }
  const ignores = outer.reduce<GitIgnores>(withIgnoresOf, []);
  return ignores.length > 0 && isIgnored(ignores, folder, true) ? [] : ignores;
}

/** Those of the folder around, with the folder's own. */
export function withIgnoresOf(ignores: GitIgnores, folder: string): GitIgnores {
  try {
    const rules = ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8'));
    return [...ignores, { folder, rules }];
  } catch {
    return ignores;
  }
}

/** Whether git ignores a path: the innermost file that has a word on it decides. */
export function isIgnored(ignores: GitIgnores, path: string, isFolder: boolean): boolean {
  for (let i = ignores.length - 1; i >= 0; i--) {
    const entry = ignores[i];
    if (!entry) continue;
    const { ignored, unignored } = entry.rules.test(`${toShownPath(entry.folder, path)}${isFolder ? '/' : ''}`);
    if (ignored || unignored) return ignored;
  }
  return false;
}
