import { isOfConcern } from '../engine/concern';
import type { Unchecked } from '../engine/finding';
import { toInternalErrorMessage } from '../engine/internal-error';
import type { FileFinding, FileReport, Project } from '../engine/project';
import { findDocument, type SourceDocument } from '../syntax/source-file';
import type { Range } from '../text/span';
import { type InputFile, isWorthReading } from './inputs';
import { type FixOffer, getFixOffers } from './offers';

/** A finding with all that a report says of it. */
export interface ReportedFinding extends Omit<FileFinding, 'span' | 'fixes' | 'related'> {
  readonly range: Range;
  /** The first line of what was found, without its line break. */
  readonly codeLine: string;
  readonly fixes: readonly FixOffer[];
  readonly related: readonly { readonly uri: string; readonly range: Range; readonly message: string }[];
}

/** Something that could not be checked. */
export interface ReportedError {
  readonly message: string;
  /** Undefined when it is the whole file. */
  readonly range: Range | undefined;
  /** True for a template, of which there are many wherever there is one. */
  readonly isTemplate: boolean;
}

/** What there is to say of one file. */
export interface FileResult {
  readonly input: InputFile;
  readonly findings: readonly ReportedFinding[];
  readonly errors: readonly ReportedError[];
  readonly resources: number;
}

/** Called with what went wrong inside Breakwater, for `--debug`. */
export type OnInternalError = (error: unknown) => void;

/** Hands files to a project. A file on which the engine fails is left out, and its error returned by its URI. */
export function fillProject(
  project: Project,
  files: readonly InputFile[],
  onInternalError: OnInternalError,
): Map<string, ReportedError> {
  const failed = new Map<string, ReportedError>();
  for (const input of files) {
    if (!isWorthReading(input)) continue;
    try {
      project.setFile(input.uri, input.file.text, input.language);
    } catch (error) {
      onInternalError(error);
      failed.set(input.uri, toInternalError(error));
    }
  }
  return failed;
}

/** Judges one file of a project. A file that the project was not given has nothing to say. */
export function checkFile(project: Project, input: InputFile, onInternalError: OnInternalError): FileResult {
  try {
    const report = project.check(input.uri);
    if (!report) return { input, findings: [], errors: [], resources: 0 };
    const findings = report.findings.map((finding) => toReported(project, report, finding));
    return { input, findings, errors: getErrors(report, input), resources: report.resources };
  } catch (error) {
    onInternalError(error);
    return { input, findings: [], errors: [toInternalError(error)], resources: 0 };
  }
}

function toReported(project: Project, report: FileReport, finding: FileFinding): ReportedFinding {
  const { span, related, ...rest } = finding;
  const { lines, text } = report.source;
  const range = lines.rangeOf(span);
  const codeLine = text.slice(lines.lineStart(range.start.line), lines.lineStart(range.start.line + 1));
  return {
    ...rest,
    range,
    codeLine: codeLine.replace(/[\r\n]+$/, ''),
    fixes: getFixOffers(project, report.uri, lines, finding),
    related: related.flatMap(({ place, message }) => {
      const found = project.locate(place);
      if (!found) return [];
      const { start, end } = found.ref.anchor;
      const anchor = { start: start + found.start, end: end + found.start };
      return [{ uri: found.uri, range: found.source.lines.rangeOf(anchor), message }];
    }),
  };
}

/** One error for each document that could not be checked; none for a file in which there is nothing to check. */
function getErrors({ source, unchecked }: FileReport, { isNamed, language }: InputFile): ReportedError[] {
  if (unchecked.length === 0 || !(isNamed || isOfConcern(source.text, language))) return [];
  const byDocument = new Map<number, [Unchecked, ...Unchecked[]]>();
  for (const one of unchecked) {
    const index = getDocumentIndex(source.documents, one);
    const known = byDocument.get(index);
    if (known) known.push(one);
    else byDocument.set(index, [one]);
  }
  return [...byDocument].map(([index, [first, ...others]]): ReportedError => {
    const more = others.length === 0 ? '' : ` (${others.length} more in this document)`;
    const isTemplate = source.documents[index]?.tree.problems.some(({ kind }) => kind === 'template') ?? false;
    return { message: `${first.message}${more}`, range: source.lines.rangeOf(first.span), isTemplate };
  });
}

/** The document that a problem is of: its place alone does not tell, as the end of one document is the start of the next. */
function getDocumentIndex(documents: readonly SourceDocument[], { message, span }: Unchecked): number {
  const index = findDocument(documents, span.start);
  const before = documents[index - 1];
  const isBefore = before?.tree.problems.some((problem) => {
    return problem.message === message && problem.span.start + before.start === span.start;
  });
  return isBefore ? index - 1 : index;
}

function toInternalError(error: unknown): ReportedError {
  return { message: toInternalErrorMessage(error), range: undefined, isTemplate: false };
}
