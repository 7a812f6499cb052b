import type { Diagnostic, Range } from 'vscode-languageserver';
import { readDiagnosticData } from './to-proto';

/** True when a client would show both lists alike and find the same fixes by them. */
export function isSameDiagnostics(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return a.length === b.length && a.every((diagnostic, index) => isSame(diagnostic, b[index]));
}

function isSame(a: Diagnostic, b: Diagnostic | undefined): boolean {
  return (
    b !== undefined &&
    isSameRange(a.range, b.range) &&
    a.message === b.message &&
    a.code === b.code &&
    a.severity === b.severity &&
    readDiagnosticData(a)?.key === readDiagnosticData(b)?.key &&
    isSameRelated(a.relatedInformation, b.relatedInformation)
  );
}

function isSameRelated(a: Diagnostic['relatedInformation'], b: Diagnostic['relatedInformation']): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function isSameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}
