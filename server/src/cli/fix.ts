import { fixAll } from '../engine/fix/fix-all';
import type { FixSafety } from '../engine/operation';
import type { Project } from '../engine/project';
import type { OnInternalError, ReportedError } from './check';
import type { InputFile, Inputs } from './inputs';
import { encodeText } from './read-file';
import { replaceFile } from './write-file';

/** What fixing came to. */
export interface FixOutcome {
  /** The files as they are now. */
  readonly files: readonly InputFile[];
  /** How many findings were fixed, and in how many files. */
  readonly fixedFindings: number;
  readonly fixedFiles: number;
  /** Files that could not be fixed or written, by URI. They are as they were. */
  readonly errors: ReadonlyMap<string, ReportedError>;
}

interface Draft {
  readonly text: string;
  readonly applied: number;
}

/** A fix in one file may make one in another possible; after so many rounds what is left stays. */
const MAX_ROUNDS = 5;

/** Fixes the files of a project and writes them; standard input is only fixed, its text is for the caller to print. */
export function fixFiles(
  project: Project,
  { files }: Inputs,
  safety: FixSafety,
  onInternalError: OnInternalError,
): FixOutcome {
  const errors = new Map<string, ReportedError>();
  const drafts = draftFixes(project, files, safety, (input, error) => {
    onInternalError(error);
    const detail = error instanceof Error ? error.message : String(error);
    const message = `Not fixed: Breakwater failed on this file (${detail}). This is a fault of Breakwater; please report it.`;
    errors.set(input.uri, { message, range: undefined, isTemplate: false });
  });
  let [fixedFindings, fixedFiles] = [0, 0];
  const written = files.map((input): InputFile => {
    const draft = drafts.get(input.uri);
    if (!draft) return input;
    const bytes = encodeText(draft.text, input.file);
    const reason = input.path === undefined ? undefined : replaceFile(input.path, bytes, input.file.bytes);
    if (reason !== undefined) {
      project.setFile(input.uri, input.file.text, input.language);
      errors.set(input.uri, { message: `Not fixed: ${reason}.`, range: undefined, isTemplate: false });
      return input;
    }
    fixedFindings += draft.applied;
    fixedFiles++;
    return { ...input, file: { ...input.file, text: draft.text, bytes } };
  });
  return { files: written, fixedFindings, fixedFiles, errors };
}

/** Fixes the files in the project only, until nothing is left to fix. */
function draftFixes(
  project: Project,
  files: readonly InputFile[],
  safety: FixSafety,
  onError: (input: InputFile, error: unknown) => void,
): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const failed = new Set<string>();
  let pending = files.filter(({ uri }) => project.has(uri));
  for (let round = 0; round < MAX_ROUNDS && pending.length > 0; round++) {
    project.takeStale();
    for (const input of pending) {
      try {
        const fixed = fixAll(project, input.uri, { safety });
        if (!fixed) continue;
        drafts.set(input.uri, { text: fixed.text, applied: (drafts.get(input.uri)?.applied ?? 0) + fixed.applied });
        project.setFile(input.uri, fixed.text, input.language);
      } catch (error) {
        failed.add(input.uri);
        onError(input, error);
      }
    }
    const stale = new Set(project.takeStale());
    pending = files.filter(({ uri }) => stale.has(uri) && !failed.has(uri));
  }
  return drafts;
}
