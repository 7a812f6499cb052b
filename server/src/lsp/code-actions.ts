import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import { FIX_ALL_KIND } from './capabilities';
import type { OpenDocument } from './documents';
import { resolveFixAll, toFixAllAction, toFixRuleActions } from './fix-all-actions';
import { guardRequest } from './guard';
import { HARDEN_KIND, resolveHarden, toHardenActions } from './harden-actions';
import { IRSA_KIND, resolveIrsa, toIrsaActions } from './irsa-actions';
import { findMeant, toDocsAction, toQuickFixes } from './quick-fixes';
import type { Session } from './session';

/** Answers textDocument/codeAction and codeAction/resolve. */
export function registerCodeActions(session: Session): void {
  const { connection, log, documents, configuration } = session;
  connection.onCodeAction(
    guardRequest(
      log,
      'textDocument/codeAction',
      (): CodeAction[] => [],
      async (params: CodeActionParams) => {
        const document = documents.find(params.textDocument.uri);
        if (!document) return [];
        await configuration.prepare(document.key, document.uri);
        return toActions(session, document, params);
      },
    ),
  );
  connection.onCodeActionResolve(
    guardRequest(
      log,
      'codeAction/resolve',
      (action: CodeAction) => action,
      (action: CodeAction) => resolveIrsa(session, resolveHarden(session, resolveFixAll(session, action))),
    ),
  );
}

function toActions(session: Session, document: OpenDocument, { range, context }: CodeActionParams): CodeAction[] {
  const isWanted = (kind: string) => context.only?.some((one) => isKindWithin(kind, one)) ?? true;
  const actions: CodeAction[] = [];
  if (isWanted(CodeActionKind.QuickFix)) {
    const { findings = [] } = session.reports.check(document) ?? {};
    const meant = findMeant(document, findings, range, context.diagnostics);
    const rules = [...new Set(meant.map(({ finding }) => finding.rule))];
    actions.push(
      ...meant.flatMap((one) => toQuickFixes(session, one)),
      ...rules.flatMap((rule) => toFixRuleActions(session, document, rule, findings)),
      ...rules.flatMap((rule) => toDocsAction(session, rule)),
    );
  }
  if (isWanted(HARDEN_KIND)) {
    actions.push(...toHardenActions(session, document, range, session.features.canResolveEdits));
  }
  if (isWanted(IRSA_KIND)) {
    // Why something cannot be done is told to those who ask for refactorings, not to everyone who moves the cursor.
    actions.push(...toIrsaActions(session, document, range, context.only !== undefined));
  }
  if (isWanted(FIX_ALL_KIND)) {
    // Where nobody asks for it by name it is only an entry of a menu: its edit is computed if it is chosen.
    const isLazy = context.only === undefined && session.features.canResolveEdits;
    actions.push(...toFixAllAction(session, document, isLazy));
  }
  return actions;
}

/** True when `kind` is `wanted` or one of its sub-kinds. */
function isKindWithin(kind: string, wanted: string): boolean {
  return wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`);
}
