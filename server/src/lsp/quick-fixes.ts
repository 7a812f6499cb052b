import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver';
import { toFileEdits } from '../engine/fix/to-edits';
import type { FileFinding } from '../engine/project';
import { canServeDocs } from './capabilities';
import { OPEN_RULE_DOCS } from './commands';
import type { OpenDocument } from './documents';
import type { Session } from './session';
import { readDiagnosticData, SOURCE } from './to-proto';
import { toWorkspaceEdit } from './workspace-edit';

/** A finding that a request means, with the diagnostic by which it was named. */
export interface Meant {
  readonly finding: FileFinding;
  readonly diagnostic: Diagnostic | undefined;
}

/** The findings that a request means: those of its diagnostics, or, when it names none of ours, those that its range touches. */
export function findMeant(
  { text }: OpenDocument,
  findings: readonly FileFinding[],
  range: Range,
  diagnostics: readonly Diagnostic[],
): Meant[] {
  const ours = diagnostics.filter(({ source }) => source === SOURCE);
  if (ours.length === 0) {
    const [start, end] = [text.offsetAt(range.start), text.offsetAt(range.end)];
    const touched = findings.filter(({ span }) => span.start <= end && start <= span.end);
    return touched.map((finding) => ({ finding, diagnostic: undefined }));
  }
  return ours.flatMap((diagnostic): Meant[] => {
    const data = readDiagnosticData(diagnostic);
    const isMeant = ({ rule, key, span }: FileFinding): boolean => {
      if (data) return data.rule === rule && data.key === key;
      return rule === diagnostic.code && span.start === text.offsetAt(diagnostic.range.start);
    };
    const finding = findings.find(isMeant);
    return finding ? [{ finding, diagnostic }] : [];
  });
}

/** One action per fix of a finding; a fix that cannot be made where it is needed is not offered. */
export function toQuickFixes(session: Session, { finding, diagnostic }: Meant): CodeAction[] {
  let hasPreferred = false;
  return finding.fixes.flatMap((fix): CodeAction[] => {
    const files = toFileEdits(session.project, finding, fix);
    const edit = files && toWorkspaceEdit(session, files, fix.safety === 'unsafe');
    if (!edit) return [];
    const isPreferred = fix.safety === 'safe' && !hasPreferred;
    hasPreferred ||= isPreferred;
    return [
      {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        ...(diagnostic && { diagnostics: [diagnostic] }),
        ...(isPreferred && { isPreferred }),
        edit,
      },
    ];
  });
}

/** The action that opens the page of a rule, where client or server can. */
export function toDocsAction({ features, getDocsUrl }: Session, rule: string): CodeAction[] {
  if (getDocsUrl(rule) === undefined) return [];
  if (!canServeDocs(features) && !features.ownCommands.includes(OPEN_RULE_DOCS)) return [];
  const title = `Show documentation for ${rule}`;
  const command = { title, command: OPEN_RULE_DOCS, arguments: [rule] };
  return [{ title, kind: CodeActionKind.QuickFix, command }];
}
