import { shiftSpan } from '../../text/span';
import type { Finding } from '../finding';
import type { Project } from '../project';
import type { Category } from '../rule';
import type { Severity } from '../settings';
import type { DraftNode } from './draft';
import type { Fault } from './graph';

/** What is about identity and rights; how a container is locked down is another picture. */
const CATEGORIES: readonly Category[] = ['service-account', 'rbac', 'irsa'];

const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** What is found at the thing behind a node, the gravest first; of what a rule says alike in several places, the first. */
export function toFaults(project: Project, { place, state, type }: DraftNode): readonly Fault[] {
  // The node of an IAM role stands for something in AWS; its place is a line of an account that has a node of its own.
  if (!place || state !== 'written' || type === 'iam-role') return [];
  const found = project.locate(place);
  const span = found?.ref.node?.span;
  if (!found || !span) return [];
  const report = project.checkDocuments(found.uri)?.find(({ document }) => document === place.document);
  const isHere = (finding: Finding): boolean =>
    CATEGORIES.includes(finding.category) && span.start <= finding.span.start && finding.span.start <= span.end;
  const faults = new Map<string, Fault>();
  for (const finding of report?.findings ?? []) {
    if (!isHere(finding)) continue;
    const { rule, severity, message } = finding;
    const key = `${rule}\n${message}`;
    if (!faults.has(key)) faults.set(key, { rule, severity, message, span: shiftSpan(finding.span, found.start) });
  }
  return [...faults.values()].sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}
