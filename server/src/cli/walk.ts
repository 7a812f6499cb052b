import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONFIGURATION_FILE_NAME } from '../engine/configuration';
import { getLanguageOfName } from '../syntax/language';
import { type GitIgnores, isIgnored, readOuterIgnores, withIgnoresOf } from './gitignore';
import { compareText, toShownPath } from './paths';
import { toSystemReason, UsageProblem } from './problem';

/** A file to read. */
export interface Found {
  /** Absolute. */
  readonly path: string;
  /** True for one that the user named; it is read whatever it is called. */
  readonly isNamed: boolean;
}

/** What a walk gives: files by path, and the folders that could not be read. */
export interface Walked {
  readonly files: readonly Found[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const SKIPPED_FOLDERS = new Set(['node_modules', '.git']);

/**
 * The files that are meant by paths (relative to `cwd`), each once, in the order of their paths. `isExcluded` is asked for
 * everything found in a folder. Links to files are followed, links to folders are not: so no loop is walked. A link to a file
 * that is met anyway is not read a second time.
 * Throws a UsageProblem for a path that does not exist.
 */
export function walk(paths: readonly string[], cwd: string, isExcluded: (path: string) => boolean): Walked {
  const files = new Map<string, Found>();
  const unreadable = new Map<string, string>();
  for (const name of paths) {
    const path = resolve(cwd, name);
    if (!isFolder(path, name)) {
      files.set(path, { path, isNamed: true });
      continue;
    }
    walkFolder(path, readOuterIgnores(path), isExcluded, (found, reason) => {
      if (reason !== undefined) unreadable.set(found, reason);
      else if (!files.has(found)) files.set(found, { path: found, isNamed: false });
    });
  }
  const order = (path: string): string => toShownPath(cwd, path);
  return {
    files: toDistinct([...files.values()].sort((a, b) => compareText(order(a.path), order(b.path)))),
    unreadable: [...unreadable].map(([path, reason]) => ({ path, reason })),
  };
}

/** Of several ways to one file, the one that was named, else the file's own. */
function toDistinct(files: readonly Found[]): Found[] {
  const links = new Set(files.filter(({ path }) => isLink(path)));
  const known = new Set<string>();
  const rank = (file: Found): number => (file.isNamed ? 0 : 2) + (links.has(file) ? 1 : 0);
  const kept = new Set(
    files
      .toSorted((a, b) => rank(a) - rank(b))
      .filter(({ path }) => {
        const target = toTarget(path);
        if (known.has(target)) return false;
        known.add(target);
        return true;
      }),
  );
  return files.filter((file) => kept.has(file));
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Where a path ends up; the path itself where that cannot be told, which reading it will say. */
function toTarget(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function isFolder(path: string, name: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    // A link that leads nowhere is there: reading it will tell.
    if (isThere(path)) return false;
    throw new UsageProblem(`There is nothing to check at ${name}: ${toSystemReason(error)}.`);
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function walkFolder(
  folder: string,
  outer: GitIgnores,
  isExcluded: (path: string) => boolean,
  report: (path: string, unreadable?: string) => void,
): void {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(folder);
  } catch (error) {
    report(folder, `This folder cannot be read: ${toSystemReason(error)}.`);
    return;
  }
  const ignores = withIgnoresOf(outer, folder);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isDirectory = entry.isDirectory();
    if (isDirectory ? SKIPPED_FOLDERS.has(entry.name) : !isCandidate(entry.name)) continue;
    if (isExcluded(path) || isIgnored(ignores, path, isDirectory)) continue;
    if (isDirectory) walkFolder(path, ignores, isExcluded, report);
    else if (!entry.isSymbolicLink() || !isLinkedFolder(path)) report(path);
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

function isCandidate(name: string): boolean {
  return getLanguageOfName(name) !== undefined && name !== CONFIGURATION_FILE_NAME;
}

function isLinkedFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
