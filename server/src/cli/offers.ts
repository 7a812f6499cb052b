import { existsSync } from 'node:fs';
import { findChangedFiles, toFileEdits } from '../engine/fix/to-edits';
import type { FixSafety } from '../engine/operation';
import type { FileFinding, Project } from '../engine/project';
import { holdsSecret } from '../model/kubernetes/secret-text';
import { LineIndex } from '../text/line-index';
import type { Range } from '../text/span';
import { toFilePath } from './paths';

/** A fix that can be had. */
export interface FixOffer {
  readonly title: string;
  readonly safety: FixSafety;
  /** The files that it changes or makes. */
  readonly files: readonly { readonly uri: string; readonly isNewFile: boolean }[];
  /**
   * The edits that it consists of, for a report; undefined where their text would show a secret, and in the rare case that the
   * outcome, which is read again, does not stand.
   */
  readonly toEdits: () => readonly FixEdit[] | undefined;
}

/** A replacement of a range of a file by a text; or the whole text of a file that is to be made. */
export interface FixEdit {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
  readonly isNewFile: boolean;
}

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The fixes of a finding that can be done on the files as they are; `lines` is the index of the file that holds it. */
export function getFixOffers(project: Project, uri: string, lines: LineIndex, finding: FileFinding): FixOffer[] {
  return finding.fixes.flatMap((fix): FixOffer[] => {
    const files = findChangedFiles(project, finding, fix);
    // The project knows the files of this call only; one of that name may be there all the same.
    if (!files || files.some((file) => file.isNewFile && existsSync(toFilePath(file.uri)))) return [];
    const toEdits = () =>
      toFileEdits(project, finding, fix)?.flatMap((file) => {
        const index = file.uri === uri ? lines : new LineIndex(project.getText(file.uri) ?? '');
        return file.edits.map(({ span, newText }): FixEdit => {
          const range = file.isNewFile ? NOWHERE : index.rangeOf(span);
          return { uri: file.uri, range, newText, isNewFile: file.isNewFile };
        });
      });
    return [
      {
        title: fix.title,
        safety: fix.safety,
        files,
        toEdits: () => (fix.isConfidential ? undefined : toShown(toEdits())),
      },
    ];
  });
}

/** Reports are kept in the logs of pipelines: a secret that an edit moves, or has beside it, must not get there. */
function toShown(edits: readonly FixEdit[] | undefined): readonly FixEdit[] | undefined {
  return edits?.some(({ newText }) => holdsSecret(newText)) ? undefined : edits;
}

/** The fix that `--fix` makes, or with `isUnsafe` the one that `--fix --unsafe-fixes` makes; it only changes the file itself. */
export function getAutomaticFix(fixes: readonly FixOffer[], uri: string, isUnsafe: boolean): FixOffer | undefined {
  const fix = isUnsafe ? fixes[0] : fixes.find(({ safety }) => safety === 'safe');
  return fix?.files.every((file) => file.uri === uri && !file.isNewFile) ? fix : undefined;
}
