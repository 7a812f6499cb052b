import type { Settings } from '../../../server/src/engine/settings';
import { checkFile, openProject } from '../../harness/lint-text';

/** A finding as a person sees it. */
export interface Seen {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  /** The text that is underlined. */
  readonly underlined: string;
  /** The line that it stands in, without indentation. */
  readonly line: string;
  readonly fixes: readonly string[];
  readonly safe: readonly string[];
}

/** The findings of some rules in one text, in the order of their places. */
export function see(text: string, rules: readonly string[], settings: Partial<Settings> = {}): Seen[] {
  const { findings, unchecked } = checkFile(openProject({ 'case.yaml': text }, settings), 'case.yaml');
  const [problem] = unchecked;
  if (problem) throw new Error(problem.message);
  return findings
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, severity, message, span, fixes }) => {
      const start = text.lastIndexOf('\n', span.start - 1) + 1;
      const end = text.indexOf('\n', span.start);
      return {
        rule,
        severity,
        message,
        underlined: text.slice(span.start, span.end),
        line: text.slice(start, end === -1 ? undefined : end).trim(),
        fixes: fixes.map(({ title }) => title),
        safe: fixes.filter(({ safety }) => safety === 'safe').map(({ title }) => title),
      };
    });
}

/** What one rule underlines in a text. */
export function underlined(text: string, rule: string, settings: Partial<Settings> = {}): string[] {
  return see(text, [rule], settings).map((finding) => finding.underlined);
}
