import { type CodeAction, CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver';
import { fixAll } from '../engine/fix/fix-all';
import type { FileFinding } from '../engine/project';
import { FIX_ALL_KIND } from './capabilities';
import type { OpenDocument } from './documents';
import type { Session } from './session';
import { toWorkspaceEdit } from './workspace-edit';

interface FixAllData {
  readonly uri: string;
}

/** The action that makes every safe fix of a file; none when there is nothing to fix. A lazy one computes its edit on resolve. */
export function toFixAllAction(session: Session, document: OpenDocument, isLazy: boolean): CodeAction[] {
  const action = { title: 'Fix all safely fixable Breakwater problems', kind: FIX_ALL_KIND };
  if (isLazy) {
    const { findings = [] } = session.reports.check(document) ?? {};
    const data: FixAllData = { uri: document.uri };
    return findings.some(hasSafeFix) ? [{ ...action, data }] : [];
  }
  const edit = toFixAllEdit(session, document);
  return edit ? [{ ...action, edit }] : [];
}

/** Gives a lazy action its edit; any other action is returned as it is. */
export function resolveFixAll(session: Session, action: CodeAction): CodeAction {
  const { uri } = Object(action.data ?? {});
  const document = typeof uri === 'string' && action.kind === FIX_ALL_KIND ? session.documents.find(uri) : undefined;
  const edit = document && !action.edit ? toFixAllEdit(session, document) : undefined;
  return edit ? { ...action, edit } : action;
}

/** The action that makes the safe fixes of one rule, where it has several findings with such fixes in the file. */
export function toFixRuleActions(
  session: Session,
  document: OpenDocument,
  rule: string,
  findings: readonly FileFinding[],
): CodeAction[] {
  const isOfRule = (finding: FileFinding) => finding.rule === rule;
  if (findings.filter((finding) => isOfRule(finding) && hasSafeFix(finding)).length < 2) return [];
  const edit = toFixAllEdit(session, document, isOfRule);
  return edit ? [{ title: `Fix all ${rule} problems in this file`, kind: CodeActionKind.QuickFix, edit }] : [];
}

function toFixAllEdit(
  session: Session,
  document: OpenDocument,
  only?: (finding: FileFinding) => boolean,
): WorkspaceEdit | undefined {
  if (session.configuration.isExcluded(document.key)) return undefined;
  const fixed = fixAll(session.project, document.key, { safety: 'safe', ...(only && { only }) });
  if (!fixed || fixed.edits.length === 0) return undefined;
  return toWorkspaceEdit(session, [{ uri: document.key, edits: fixed.edits, isNewFile: false }], false);
}

function hasSafeFix({ fixes }: FileFinding): boolean {
  return fixes.some(({ safety }) => safety === 'safe');
}
