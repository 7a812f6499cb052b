import { resolve } from 'node:path';
import { isOfConcern } from '../engine/concern';
import { isVariableFile } from '../engine/terraform-variables';
import { getLanguageOfName, type Language } from '../syntax/language';
import type { LintArguments } from './arguments';
import { compareText, toFileUri, toShownPath } from './paths';
import { type ReadFile, type ReadResult, readStandardInput, readTextFile } from './read-file';
import { walk } from './walk';

/** A file that was read. */
export interface InputFile {
  readonly uri: string;
  /** How reports name it. */
  readonly shown: string;
  /** Absolute; undefined for standard input. */
  readonly path: string | undefined;
  /** True when the user named the file, or handed it in. */
  readonly isNamed: boolean;
  readonly language: Language;
  readonly file: ReadFile;
}

/** A file or folder that could not be read. */
export interface UnreadFile {
  readonly shown: string;
  readonly reason: string;
}

/** Everything that one call is to check, in the order of the names shown. */
export interface Inputs {
  readonly files: readonly InputFile[];
  readonly unread: readonly UnreadFile[];
}

/** Reads all that the arguments name. Throws a UsageProblem for a path that does not exist. */
export function readInputs(
  { paths, stdinFilename }: Pick<LintArguments, 'paths' | 'stdinFilename'>,
  cwd: string,
  isExcluded: (path: string) => boolean,
): Inputs {
  const walked = walk(
    paths.filter((path) => path !== '-'),
    cwd,
    isExcluded,
  );
  const files: InputFile[] = [];
  const unread: UnreadFile[] = walked.unreadable.map(({ path, reason }) => ({ shown: toShownPath(cwd, path), reason }));
  const add = (result: ReadResult, input: Omit<InputFile, 'file' | 'language'>): void => {
    if ('reason' in result) unread.push({ shown: input.shown, reason: result.reason });
    else files.push({ ...input, file: result, language: getLanguage(input.shown, result.text) });
  };
  const stdinPath = resolve(cwd, stdinFilename ?? '-');
  const hasStdin = paths.includes('-');
  if (hasStdin) {
    const shown = stdinFilename === undefined ? '<stdin>' : toShownPath(cwd, stdinPath);
    add(readStandardInput(), { uri: toFileUri(stdinPath), shown, path: undefined, isNamed: true });
  }
  for (const { path, isNamed } of walked.files) {
    // What comes in under the name of a file stands for it: an editor hands in what is not saved yet.
    if (hasStdin && path === stdinPath) continue;
    add(readTextFile(path, isNamed), { uri: toFileUri(path), shown: toShownPath(cwd, path), path, isNamed });
  }
  files.sort((a, b) => compareText(a.shown, b.shown));
  return { files, unread: unread.sort((a, b) => compareText(a.shown, b.shown)) };
}

/** True for a file that rules are to see: any YAML and, as folders are full of other JSON, JSON that looks like theirs. */
export function isWorthReading({ uri, isNamed, language, file }: InputFile): boolean {
  return isNamed || language === 'yaml' || isVariableFile(uri) || isOfConcern(file.text, language);
}

/** By the name; a name that tells nothing leaves it to the text, of which one that starts with a brace is JSON. */
export function getLanguage(name: string, text: string): Language {
  const known = getLanguageOfName(name.split('/').at(-1) ?? '');
  if (known) return known;
  return /^\s*\{\s*("|\})/.test(text) ? 'json' : 'yaml';
}
