import type { DocumentId } from '../model/workspace/fact';
import type { SourceDocument, SourceFile } from '../syntax/source-file';
import { type Span, shiftSpan } from '../text/span';
import type { Finding, Unchecked } from './finding';

/** A finding with its place in the file. */
export interface FileFinding extends Omit<Finding, 'span'> {
  readonly span: Span;
  /** The document it was found in. */
  readonly document: DocumentId;
}

/** Everything there is to say of a file, in the order of places. */
export interface FileReport {
  readonly uri: string;
  readonly source: SourceFile;
  readonly findings: readonly FileFinding[];
  readonly unchecked: readonly Unchecked[];
  /** How many Kubernetes objects and trust policies were read. */
  readonly resources: number;
}

/** What is found in one document of a file, in places of its own text. */
export interface DocumentReport {
  readonly document: DocumentId;
  readonly source: SourceDocument;
  /** The same array for as long as the document is not judged anew. */
  readonly findings: readonly Finding[];
  /** True when there are findings that are not listed, here or in what follows. */
  readonly isCut: boolean;
  readonly resources: number;
}

/** Puts together what is found in the documents of a file. */
export function toFileReport(uri: string, source: SourceFile, reports: readonly DocumentReport[]): FileReport {
  const findings: FileFinding[] = [];
  const unchecked: Unchecked[] = [];
  let resources = 0;
  for (const report of reports) {
    const { start } = report.source;
    resources += report.resources;
    for (const finding of report.findings) {
      findings.push({ ...finding, span: shiftSpan(finding.span, start), document: report.document });
    }
    for (const { message, span } of getUnchecked(report)) unchecked.push({ message, span: shiftSpan(span, start) });
  }
  return { uri, source, findings: toDistinctKeys(findings), unchecked, resources };
}

/** What could not be checked of a document, in places of its own text. */
export function getUnchecked({ source, findings, isCut }: DocumentReport): readonly Unchecked[] {
  const problems = source.tree.problems.filter(({ kind }) => kind !== 'duplicate-key');
  return isCut ? [toCutNotice(findings), ...problems] : problems;
}

function toCutNotice(findings: readonly Finding[]): Unchecked {
  const last = findings.at(-1);
  const message = 'Not checked: so many findings above that those after this place are not listed.';
  return { message, span: last?.span ?? { start: 0, end: 0 } };
}

/** Two documents of one file can hold objects of the same name: their findings still need keys of their own. */
function toDistinctKeys(findings: readonly FileFinding[]): FileFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = toDistinctKey(finding.key, seen);
    return key === finding.key ? finding : { ...finding, key };
  });
}

/** The key of a finding within its file; `seen` counts the keys of the findings before it. */
export function toDistinctKey(key: string, seen: Map<string, number>): string {
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return count === 1 ? key : `${key}@${count}`;
}
