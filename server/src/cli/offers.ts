import type { FixSafety } from '../engine/operation';
import type { FileFinding, Project } from '../engine/project';
import type { Range } from '../text/span';

/** A fix that can be had, with the edits that it consists of. */
export interface FixOffer {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly FixEdit[];
}

/** A replacement of a range of a file by a text; or the whole text of a file that is to be made. */
export interface FixEdit {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
  readonly isNewFile: boolean;
}

/** The fixes of a finding that can be done on the files as they are. */
export function getFixOffers(_project: Project, _finding: FileFinding): FixOffer[] {
  return [];
}
