import { toFileEdits } from '../../server/src/engine/fix/to-edits';
import type { FileFinding } from '../../server/src/engine/project';
import type { Example, Rule } from '../../server/src/engine/rule';
import type { Settings, Severity } from '../../server/src/engine/settings';
import { findingsOf, settingsFor, toFiles } from './check';
import { openProject } from './lint-text';
import { applyAll } from './prove-fix';

/** A finding as a test reads it. */
export interface Seen {
  readonly file: string;
  /** What is underlined. */
  readonly text: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly string[];
  /** Titles of the fixes. */
  readonly fixes: readonly string[];
  readonly finding: FileFinding;
}

/** What a rule finds in a case. */
export function inspect(rule: Rule, example: Example, settings: Partial<Settings> = {}): Seen[] {
  const files = toFiles(example);
  const found = findingsOf(openProject(files, settingsFor(rule, settings)), files, rule);
  return found.map(({ file, report, finding }) => ({
    file,
    text: report.source.text.slice(finding.span.start, finding.span.end),
    severity: finding.severity,
    message: finding.message,
    related: finding.related.map(({ message }) => message),
    fixes: finding.fixes.map(({ title }) => title),
    finding,
  }));
}

/** The files of a case after the fix with this title of the only finding; throws when there is none or it declines. */
export function applyFix(rule: Rule, example: Example, title: string, settings: Partial<Settings> = {}) {
  const files = toFiles(example);
  const project = openProject(files, settingsFor(rule, settings));
  const [found, ...rest] = findingsOf(project, files, rule);
  const fix = found?.finding.fixes.find((candidate) => candidate.title === title);
  const edits = found && fix && toFileEdits(project, found.finding, fix);
  if (!edits || rest.length > 0) throw new Error(`no single finding with the fix "${title}"`);
  return applyAll(files, edits, title);
}
