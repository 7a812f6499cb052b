import type { SourceFile } from '../../syntax/source-file';
import { diffTexts } from '../../text/diff';
import type { Edit } from '../../text/edit';
import type { Fix, FixSafety } from '../operation';
import type { FileFinding, Project } from '../project';
import { type Candidate, fixOnce } from './fix-round';

/** A fix may bring findings that have fixes of their own; after so many rounds what is left stays. */
const MAX_ROUNDS = 10;

/** Which findings of a file are to be fixed. */
export interface FixAllOptions {
  /** `safe` takes the first safe fix of a finding; `unsafe` takes its first fix, whichever that is. */
  readonly safety: FixSafety;
  readonly only?: (finding: FileFinding) => boolean;
  /** Chooses the fix of a finding in place of what `safety` says; undefined leaves the finding as it is. */
  readonly choose?: (finding: FileFinding) => Fix | undefined;
}

/** A file with its findings fixed. */
export interface FixedFile {
  readonly text: string;
  /** What leads from the old text to the new one, in places of the old one. */
  readonly edits: readonly Edit[];
  /** How many fixes were made. */
  readonly applied: number;
}

/**
 * Fixes the findings of a file, judges it again, and so on until nothing is left to fix. Only fixes that stay within the file are
 * made. The project is left as it is. Undefined when nothing changes, or when the result could not be read.
 */
export function fixAll(project: Project, uri: string, options: FixAllOptions): FixedFile | undefined {
  const original = project.check(uri);
  if (!original || getCandidates(original.findings, options, new Set()).length === 0) return undefined;
  const { language } = original.source;
  const scratch = project.fork();
  const done = new Set<string>();
  let applied = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const report = scratch.check(uri);
    const candidates = getCandidates(report?.findings ?? [], options, done);
    const fixed = candidates.length > 0 ? fixOnce(scratch, uri, candidates) : undefined;
    if (!fixed) break;
    applied += fixed.made.length;
    for (const candidate of fixed.made) done.add(toIdentity(candidate));
    scratch.setFile(uri, fixed.text, language);
  }
  const source = scratch.check(uri)?.source;
  if (!source || source.text === original.source.text) return undefined;
  if (countProblems(source) > countProblems(original.source)) return undefined;
  return { text: source.text, edits: diffTexts(original.source.text, source.text), applied };
}

function getCandidates(
  findings: readonly FileFinding[],
  { safety, only, choose = (finding) => getFirstFix(finding, safety) }: FixAllOptions,
  done: ReadonlySet<string>,
): Candidate[] {
  return findings.flatMap((finding): Candidate[] => {
    const fix = !only || only(finding) ? choose(finding) : undefined;
    if (!fix) return [];
    // A finding that is there again after its fix would be so for ever. Where an item was removed, another has taken its place.
    return done.has(toIdentity({ finding, fix })) && !hasRemoval(fix) ? [] : [{ finding, fix }];
  });
}

function getFirstFix({ fixes }: FileFinding, safety: FixSafety): Fix | undefined {
  return fixes.find((one) => safety === 'unsafe' || one.safety === 'safe');
}

function toIdentity({ finding, fix }: Candidate): string {
  return JSON.stringify([finding.key, finding.message, fix.title]);
}

function hasRemoval({ operations }: Fix): boolean {
  return operations.some(({ op }) => op === 'remove' || op === 'removeDocument');
}

function countProblems(source: SourceFile): number {
  return source.documents.reduce((sum, { tree }) => sum + tree.problems.length, 0);
}
