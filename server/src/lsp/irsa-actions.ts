import { type CodeAction, CodeActionKind, type Range, type WorkspaceEdit } from 'vscode-languageserver';
import { getIrsaOffer, setUpIrsa } from '../engine/irsa-setup';
import type { Place } from '../model/workspace/fact';
import type { OpenDocument } from './documents';
import type { Session } from './session';
import { toWorkspaceEdit } from './workspace-edit';

/** The kind of the action that sets up an IAM role for pods or a ServiceAccount. */
export const IRSA_KIND = `${CodeActionKind.RefactorRewrite}.breakwater.irsa`;

/** What an action carries until its edit is asked for. */
interface IrsaData {
  readonly uri: string;
  readonly irsa: Place;
}

/**
 * The action that sets up a role for what stands at the start of a range. Its edit, of several files, is computed on resolve
 * where the client can ask for it. With `isExplicit` an action that cannot be done is there too, with the reason.
 */
export function toIrsaActions(
  session: Session,
  document: OpenDocument,
  range: Range,
  isExplicit: boolean,
): CodeAction[] {
  const { project, configuration, features } = session;
  if (configuration.isExcluded(document.key)) return [];
  const offer = getIrsaOffer(project, document.key, document.text.offsetAt(range.start));
  if (!offer) return [];
  const { title, place, reason } = offer;
  const action = { title, kind: IRSA_KIND };
  if (reason !== undefined)
    return isExplicit && features.hasDisabledActions ? [{ ...action, disabled: { reason } }] : [];
  const data: IrsaData = { uri: document.uri, irsa: place };
  // A client that cannot make files would find an action without an edit.
  if (features.canResolveEdits && features.canCreateFiles) return [{ ...action, data }];
  const edit = toIrsaEdit(session, place);
  return edit ? [{ ...action, edit }] : [];
}

/** Gives a lazy action that sets up a role its edit; any other action is returned as it is. */
export function resolveIrsa(session: Session, action: CodeAction): CodeAction {
  const { uri, irsa } = Object(action.data ?? {});
  if (action.edit || typeof uri !== 'string' || !session.documents.find(uri) || !isPlace(irsa)) return action;
  const edit = toIrsaEdit(session, irsa);
  return edit ? { ...action, edit } : action;
}

function toIrsaEdit(session: Session, place: Place): WorkspaceEdit | undefined {
  const setup = setUpIrsa(session.project, place);
  return setup && toWorkspaceEdit(session, setup.files, setup.changesAccount);
}

/** Data has been to the client and back. */
function isPlace(value: unknown): value is Place {
  const { document, path } = Object(value ?? {});
  return typeof document === 'string' && Array.isArray(path);
}
