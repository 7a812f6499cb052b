import { type CodeAction, CodeActionKind, type Range, type WorkspaceEdit } from 'vscode-languageserver';
import { getHardenOffers, type HardenOffer, type HardenScope, harden } from '../engine/harden';
import { isPssLevel, type PssLevel } from '../standards/pss';
import type { OpenDocument } from './documents';
import type { Session } from './session';
import { toWorkspaceEdit } from './workspace-edit';

/** The kind of the actions that bring a container, a pod or a file to a level of the Pod Security Standards. */
export const HARDEN_KIND = `${CodeActionKind.RefactorRewrite}.breakwater`;

/** What an action carries until its edit is asked for. */
interface HardenData {
  readonly uri: string;
  readonly harden: Pick<HardenOffer, 'level' | 'scope'>;
}

/** The actions that harden what stands at the start of a range. A lazy one computes its edit on resolve. */
export function toHardenActions(session: Session, document: OpenDocument, range: Range, isLazy: boolean): CodeAction[] {
  const { project, configuration } = session;
  if (configuration.isExcluded(document.key)) return [];
  const offers = getHardenOffers(project, document.key, document.text.offsetAt(range.start));
  return offers.flatMap(({ title, level, scope }): CodeAction[] => {
    const action = { title, kind: HARDEN_KIND };
    const data: HardenData = { uri: document.uri, harden: { level, scope } };
    if (isLazy) return [{ ...action, data }];
    const edit = toHardenEdit(session, document, level, scope);
    return edit ? [{ ...action, edit }] : [];
  });
}

/** Gives a lazy action that hardens its edit; any other action is returned as it is. */
export function resolveHarden(session: Session, action: CodeAction): CodeAction {
  const { uri, harden: wanted } = Object(action.data ?? {});
  const { level, scope } = Object(wanted ?? {});
  const document = typeof uri === 'string' ? session.documents.find(uri) : undefined;
  if (!document || action.edit || typeof level !== 'string' || !isPssLevel(level) || !isScope(scope)) return action;
  const edit = toHardenEdit(session, document, level, scope);
  return edit ? { ...action, edit } : action;
}

function toHardenEdit(
  session: Session,
  { key }: OpenDocument,
  level: PssLevel,
  scope: HardenScope,
): WorkspaceEdit | undefined {
  const fixed = harden(session.project, key, level, scope);
  if (!fixed || fixed.edits.length === 0) return undefined;
  return toWorkspaceEdit(session, [{ uri: key, edits: fixed.edits, isNewFile: false }], true);
}

/** Data has been to the client and back. */
function isScope(value: unknown): value is HardenScope {
  const { kind, document, path } = Object(value ?? {});
  return (
    kind === 'file' || (['pod', 'container'].includes(kind) && typeof document === 'string' && Array.isArray(path))
  );
}
