import { isOfConcern, isTerraformOfIam } from '../engine/concern';
import { CONFIGURATION_FILE_NAME } from '../engine/configuration';
import type { Project } from '../engine/project';
import { isVariableFile } from '../engine/terraform-variables';
import type { FileAccess } from './files';
import { type Ignored, readGitignore } from './ignored';
import { getLanguageOfFile } from './language';
import { joinUri, toBaseName } from './uri';

/** Longer files (in bytes) are not read in the background. */
export const MAX_FILE_LENGTH = 5_000_000;
const READERS = 8;

/** What a scan works with. */
export interface ScanInput {
  readonly files: FileAccess;
  readonly project: Project;
  /** Stamps of the files that the project has read as they are on the disk, by key. */
  readonly stamps: Map<string, string>;
  /** The last reading of each file that is being read, by key. */
  readonly readings: Map<string, symbol>;
  /** True for a file that the editor holds: its text wins. */
  readonly isOpen: (key: string) => boolean;
  /** True when nobody wants the result any more. */
  readonly isStopped: () => boolean;
  /** How many files may be read at most; without it, all. */
  readonly limit?: number;
  /** Told of each file that is looked at. */
  readonly onFile?: (key: string) => void;
}

/**
 * Reads everything below a workspace folder, or below the folder `base` in it (empty or ending with `/`), into the project.
 * Gives way to requests after each file. False when there are more files than the limit: then none is read.
 */
export async function scanFolder(input: ScanInput, folder: string, ignored: Ignored, base = ''): Promise<boolean> {
  const listed = listFiles(input, folder, ignored, base);
  const paths = input.limit === undefined ? listed : await takeUpTo(input.limit, listed);
  if (!paths) return false;
  const work = async () => {
    for await (const path of paths) {
      if (input.isStopped()) return;
      const key = joinUri(folder, ...path.split('/'));
      await readInBackground(input, key);
      await giveWay();
    }
  };
  await Promise.all(Array.from({ length: READERS }, work));
  return true;
}

/** What a sequence holds, to be taken one by one by several; undefined when that is more than the limit. */
async function takeUpTo(limit: number, paths: AsyncIterable<string>): Promise<Iterable<string> | undefined> {
  const taken: string[] = [];
  for await (const path of paths) {
    if (taken.length === limit) return undefined;
    taken.push(path);
  }
  return taken.values();
}

/** Reads one file into the project unless it knows it as it is; forgets it when it is gone or holds nothing to know. */
export async function readInBackground(input: ScanInput, key: string): Promise<void> {
  const { files, project, stamps, readings, isOpen } = input;
  input.onFile?.(key);
  const language = getLanguageOfFile(key);
  // The configuration is read by itself.
  if (!language || isOpen(key) || toBaseName(key) === CONFIGURATION_FILE_NAME) return;
  const reading = Symbol(key);
  readings.set(key, reading);
  const found = await files.readChanged(key, MAX_FILE_LENGTH, stamps.get(key));
  // Of two readings the one that began later knows better, whichever ends first.
  if (readings.get(key) !== reading) return;
  readings.delete(key);
  // The editor may have opened it in the meantime.
  if (isOpen(key) || found === 'unchanged') return;
  if (found) stamps.set(key, found.stamp);
  else stamps.delete(key);
  const text = found?.text;
  const isWanted =
    text !== undefined && (isOfConcern(text, language) || isTerraformOfIam(text, language) || isVariableFile(key));
  if (isWanted) project.setFile(key, text, language, false);
  else project.removeFile(key);
}

/** The paths of files in readable languages below `base` (empty or ending with `/`), folder by folder. */
async function* listFiles(
  input: ScanInput,
  folder: string,
  ignored: Ignored,
  base: string,
): AsyncGenerator<string, void, undefined> {
  if (input.isStopped()) return;
  const entries = await input.files.list(joinUri(folder, ...base.split('/')));
  const hasRules = entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file');
  const rules = hasRules ? await readGitignore(input.files, folder, base, ignored) : ignored;
  for (const { name, kind } of entries) {
    const path = `${base}${name}`;
    if (rules.isIgnored(path, kind)) continue;
    if (kind === 'folder') yield* listFiles(input, folder, rules, `${path}/`);
    else if (getLanguageOfFile(name)) yield path;
  }
}

/** Lets messages that have arrived be handled first. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
