import type { FailOn } from '../engine/configuration';
import type { Severity } from '../engine/settings';
import type { FileResult } from './check';
import type { UnreadFile } from './inputs';
import { getAutomaticFix } from './offers';

/** Severities, the gravest first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** What a whole run comes to. */
export interface Summary {
  /** Files that were read, those included of which a part could not be checked. */
  readonly files: number;
  /** Kubernetes objects and trust policies. */
  readonly resources: number;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Files with findings. */
  readonly filesWithFindings: number;
  /** Findings with a fix that `--fix` applies, and those that need `--unsafe-fixes` too. */
  readonly fixable: { readonly safe: number; readonly unsafe: number };
  /** Files and folders that could not be checked, or not wholly. */
  readonly unchecked: number;
}

/** Adds up a run. */
export function summarize(results: readonly FileResult[], unread: readonly UnreadFile[]): Summary {
  const findings = { error: 0, warning: 0, info: 0 };
  const fixable = { safe: 0, unsafe: 0 };
  for (const { input, findings: found } of results) {
    for (const { severity, fixes } of found) {
      findings[severity]++;
      if (getAutomaticFix(fixes, input.uri, false)) fixable.safe++;
      else if (getAutomaticFix(fixes, input.uri, true)) fixable.unsafe++;
    }
  }
  return {
    files: results.length,
    resources: results.reduce((sum, { resources }) => sum + resources, 0),
    findings,
    filesWithFindings: results.filter((result) => result.findings.length > 0).length,
    fixable,
    unchecked: unread.length + results.filter(({ errors }) => errors.length > 0).length,
  };
}

/** 1 for findings at or above the failing severity, else 3 when something could not be checked, else 0. */
export function toExitCode({ findings, unchecked }: Summary, failOn: FailOn): 0 | 1 | 3 {
  const failing = failOn === 'never' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  if (failing.some((severity) => findings[severity] > 0)) return 1;
  return unchecked > 0 ? 3 : 0;
}
