import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { ConfigurationProblem } from '../engine/configuration';
import type { Finding, Unchecked } from '../engine/finding';
import type { Severity } from '../engine/settings';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';

/** The name that stands before every message. */
export const SOURCE = 'Breakwater';

/** The code of what could not be checked. */
export const NOT_CHECKED = 'not-checked';

/** What a diagnostic carries, so that its finding is found again. */
export interface DiagnosticData {
  readonly rule: string;
  readonly key: string;
}

/** Anything that turns offsets of one text into positions. */
export interface Lines {
  positionAt(offset: number): Position;
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Range of a span. */
export function toRange(span: Span, lines: Lines): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

/** Text edit of an edit. */
export function toTextEdit({ span, newText }: Edit, lines: Lines): TextEdit {
  return { range: toRange(span, lines), newText };
}

/** Diagnostic of a finding whose span is in places of the file that `lines` are of. `docsUrl`: the page of its rule. */
export function toDiagnostic(
  finding: Pick<Finding, 'rule' | 'key' | 'severity' | 'message' | 'span'>,
  lines: Lines,
  related: readonly DiagnosticRelatedInformation[],
  docsUrl: string | undefined,
): Diagnostic {
  const { rule, key, severity, message, span } = finding;
  return {
    range: toRange(span, lines),
    severity: SEVERITIES[severity],
    code: rule,
    ...(docsUrl !== undefined && { codeDescription: { href: docsUrl } }),
    source: SOURCE,
    message,
    ...(related.length > 0 && { relatedInformation: [...related] }),
    data: { rule, key } satisfies DiagnosticData,
  };
}

/** Diagnostic of a part that could not be checked. */
export function toUncheckedDiagnostic({ message, span }: Unchecked, lines: Lines): Diagnostic {
  return {
    range: toRange(span, lines),
    severity: DiagnosticSeverity.Information,
    code: NOT_CHECKED,
    source: SOURCE,
    message,
  };
}

/** Diagnostic of a fault in the configuration file. */
export function toConfigurationDiagnostic({ message, span }: ConfigurationProblem, lines: Lines): Diagnostic {
  return {
    range: toRange(span, lines),
    severity: DiagnosticSeverity.Warning,
    code: 'configuration',
    source: SOURCE,
    message,
  };
}

/** What a diagnostic that came back from the client carries; undefined when it is not one of ours. */
export function readDiagnosticData({ data }: Diagnostic): DiagnosticData | undefined {
  const { rule, key } = Object(data ?? {});
  return typeof rule === 'string' && typeof key === 'string' ? { rule, key } : undefined;
}
