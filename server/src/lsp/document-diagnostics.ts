import type { Diagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver';
import { type DocumentReport, getUnchecked, toDistinctKey } from '../engine/file-report';
import type { Finding } from '../engine/finding';
import type { SourceDocument } from '../syntax/source-file';
import { shiftSpan } from '../text/span';
import type { GetRuleDocsUrl } from './rule-docs';
import { isSameDiagnostics } from './same';
import { type Lines, toDiagnostic, toUncheckedDiagnostic } from './to-proto';

/** The diagnostics of one document of a file, with what they were made from. */
export interface DocumentDiagnostics {
  /** The same array for as long as a client would show the same. */
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly Finding[];
  readonly tree: SourceDocument['tree'];
  readonly line: number;
  readonly keys: readonly string[];
  readonly isOfConcern: boolean;
  /** True when ranges in other places are part of it, which move without this document being judged anew. */
  readonly isLinked: boolean;
}

/** What diagnostics are made with. */
export interface DiagnosticsInput {
  readonly lines: Lines;
  /** False when nobody needs to know what could not be checked. */
  readonly isOfConcern: boolean;
  readonly getDocsUrl: GetRuleDocsUrl;
  toRelated(finding: Finding): readonly DiagnosticRelatedInformation[];
}

/** The keys of a document's findings within its file; `seen` counts those before it. */
export function toFileKeys({ findings }: DocumentReport, seen: Map<string, number>): readonly string[] {
  return findings.map(({ key }) => toDistinctKey(key, seen));
}

/**
 * The diagnostics of one document. Those of the time before are kept when the document is the same and stands in the same
 * line, so that a keystroke costs as much as the document that it changes.
 */
export function toDocumentDiagnostics(
  report: DocumentReport,
  keys: readonly string[],
  input: DiagnosticsInput,
  before: DocumentDiagnostics | undefined,
): DocumentDiagnostics {
  const { findings, source } = report;
  const { lines, isOfConcern } = input;
  const { line, character } = lines.positionAt(source.start);
  const isKept =
    before !== undefined &&
    !before.isLinked &&
    before.findings === findings &&
    before.tree === source.tree &&
    before.line === line &&
    before.isOfConcern === isOfConcern &&
    // A document that does not start its line (a JSON file may have a byte order mark) moves within it.
    character === 0 &&
    areSameKeys(before.keys, keys);
  if (isKept) return before;
  const made = makeDiagnostics(report, keys, input);
  return {
    diagnostics: before && isSameDiagnostics(before.diagnostics, made) ? before.diagnostics : made,
    findings,
    tree: source.tree,
    line,
    keys,
    isOfConcern,
    isLinked: findings.some(({ related }) => related.length > 0),
  };
}

function makeDiagnostics(report: DocumentReport, keys: readonly string[], input: DiagnosticsInput): Diagnostic[] {
  const { findings, source } = report;
  const { lines, isOfConcern, getDocsUrl, toRelated } = input;
  const diagnostics = findings.map((finding, index) => {
    const placed = { ...finding, span: shiftSpan(finding.span, source.start), key: keys[index] ?? finding.key };
    return toDiagnostic(placed, lines, toRelated(finding), getDocsUrl(finding.rule));
  });
  if (!isOfConcern) return diagnostics;
  const unchecked = getUnchecked(report).map(({ message, span }) => {
    return toUncheckedDiagnostic({ message, span: shiftSpan(span, source.start) }, lines);
  });
  return [...diagnostics, ...unchecked];
}

function areSameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
