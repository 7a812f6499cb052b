import ignore, { type Ignore } from 'ignore';
import type { FileAccess } from './files';
import { joinUri } from './uri';

/** Folders that never hold what a person writes. */
const NEVER: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** True for a path inside such a folder, whatever the settings say. */
export function isNeverRead(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((name) => NEVER.has(name));
}

interface Level {
  /** Way from the workspace folder to the folder of the .gitignore, empty or ending with `/`. */
  readonly base: string;
  readonly rules: Ignore;
}

/** Tells what of a workspace folder is not read. Paths are relative to it, with `/`. */
export interface Ignored {
  isIgnored(path: string, kind: 'file' | 'folder'): boolean;
  /** The same with the .gitignore of a folder taken into account; `base` is empty or ends with `/`. */
  with(base: string, gitignore: string): Ignored;
}

/** What is ignored where no .gitignore has been read: dependencies, git's own files, and what the person wants left alone. */
export function createIgnored(isUnwanted: (path: string) => boolean): Ignored {
  return toIgnored(isUnwanted, []);
}

function toIgnored(isUnwanted: (path: string) => boolean, levels: readonly Level[]): Ignored {
  return {
    isIgnored(path, kind) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return (kind === 'folder' && NEVER.has(name)) || isUnwanted(path) || isGitIgnored(levels, path, kind);
    },
    with(base, gitignore) {
      return toIgnored(isUnwanted, [...levels, { base, rules: ignore().add(gitignore) }]);
    },
  };
}

/** Longer .gitignore files (in bytes) are not read. */
const MAX_RULES_LENGTH = 1_000_000;

/** `ignored` with the .gitignore of one folder taken into account; `base` is empty or ends with `/`. */
export async function readGitignore(
  files: FileAccess,
  folder: string,
  base: string,
  ignored: Ignored,
): Promise<Ignored> {
  const text = await files.read(joinUri(folder, ...base.split('/'), '.gitignore'), MAX_RULES_LENGTH);
  return text === undefined ? ignored : ignored.with(base, text);
}

/**
 * `ignored` with every .gitignore on the way to a path taken into account; undefined when the path itself, or a folder on the
 * way to it, is ignored.
 */
export async function readGitignoresTo(
  files: FileAccess,
  folder: string,
  path: string,
  kind: 'file' | 'folder',
  ignored: Ignored,
): Promise<Ignored | undefined> {
  let rules = await readGitignore(files, folder, '', ignored);
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (rules.isIgnored(path.slice(0, slash), 'folder')) return undefined;
    rules = await readGitignore(files, folder, path.slice(0, slash + 1), rules);
  }
  return rules.isIgnored(path, kind) ? undefined : rules;
}

/** The innermost .gitignore that says anything about a path decides, as in git. */
function isGitIgnored(levels: readonly Level[], path: string, kind: 'file' | 'folder'): boolean {
  for (const { base, rules } of levels.toReversed()) {
    const { ignored, unignored } = rules.test(`${path.slice(base.length)}${kind === 'folder' ? '/' : ''}`);
    if (ignored || unignored) return ignored;
  }
  return false;
}
