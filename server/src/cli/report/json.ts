import type { ResourceName } from '../../engine/operation';
import type { FileResult, ReportedError, ReportedFinding } from '../check';
import type { UnreadFile } from '../inputs';
import type { FixEdit } from '../offers';
import { compareText } from '../paths';
import type { Summary } from '../summary';

/** The report for programs, as schemas/report.schema.json describes it. `toShown` names a file by its URI. */
export function toJsonReport(
  results: readonly FileResult[],
  unread: readonly UnreadFile[],
  { files, resources, findings }: Summary,
  toShown: (uri: string) => string,
): string {
  const errors = [
    ...unread.map(({ shown, reason }) => ({ file: shown, message: reason })),
    ...results.flatMap(({ input, errors }) =>
      errors.map((error) => ({ file: input.shown, message: toErrorMessage(error) })),
    ),
  ];
  const report = {
    version: 1,
    findings: results.flatMap(({ input, findings }) =>
      findings.map((finding) => toJsonFinding(finding, input.shown, toShown)),
    ),
    // The errors of one file stay in the order of their places: sorting keeps the order of equals.
    errors: errors.sort((a, b) => compareText(a.file, b.file)),
    summary: { files, resources, findings },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toJsonFinding(finding: ReportedFinding, file: string, toShown: (uri: string) => string) {
  const { rule, category, severity, message, range, resource, standards, fixes } = finding;
  return {
    rule,
    category,
    severity,
    message,
    file,
    range,
    ...(resource && { resource: toJsonResource(resource) }),
    standards,
    fixes: fixes.flatMap(({ title, safety, toEdits }) => {
      const edits = toEdits();
      return edits ? [{ title, safety, edits: edits.map((edit) => toJsonEdit(edit, toShown)) }] : [];
    }),
  };
}

function toJsonResource({ apiVersion, kind, namespace, name }: ResourceName) {
  return { apiVersion, kind, ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }) };
}

function toJsonEdit({ uri, range, newText, isNewFile }: FixEdit, toShown: (uri: string) => string) {
  return { file: toShown(uri), range, newText, ...(isNewFile && { create: true }) };
}

/** The contract has no place for an error's range, so it is said in words, counted from one as people do. */
function toErrorMessage({ message, range }: ReportedError): string {
  return range ? `Line ${range.start.line + 1}, column ${range.start.character + 1}: ${message}` : message;
}
