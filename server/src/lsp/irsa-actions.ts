import {
  type CodeAction,
  CodeActionKind,
  MessageType,
  type Range,
  ShowMessageNotification,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { CHANGED_SINCE, getIrsaOffer, setUpIrsa } from '../engine/irsa-setup';
import type { Place } from '../model/workspace/fact';
import type { OpenDocument } from './documents';
import type { Session } from './session';
import { toWorkspaceEdit } from './workspace-edit';

/** The kind of the action that sets up an IAM role for pods or a ServiceAccount. */
export const IRSA_KIND = `${CodeActionKind.RefactorRewrite}.breakwater.irsa`;

/** What an action carries until its edit is asked for. */
interface IrsaData {
  readonly uri: string;
  /** Of the document, when it was offered. */
  readonly version: number;
  readonly irsa: Place;
}

interface Refusal {
  readonly reason: string;
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
  const { title, place } = offer;
  const action = { title, kind: IRSA_KIND };
  const data: IrsaData = { uri: document.uri, version: document.text.version, irsa: place };
  // A client that cannot make files would find an action without an edit.
  const isLazy = features.canResolveEdits && features.canCreateFiles;
  if (offer.reason === undefined && isLazy) return [{ ...action, data }];
  const result = offer.reason === undefined ? toIrsaEdit(session, place, title) : { reason: offer.reason };
  if (!result) return [];
  if (!('reason' in result)) return [{ ...action, edit: result }];
  return isExplicit && features.hasDisabledActions ? [{ ...action, disabled: result }] : [];
}

/**
 * Gives a lazy action that sets up a role its edit; any other action is returned as it is. Where it cannot be done any more the
 * person is told why, because an action without an edit does nothing and says nothing.
 */
export function resolveIrsa(session: Session, action: CodeAction): CodeAction {
  const { uri, version, irsa } = Object(action.data ?? {});
  if (action.edit || typeof uri !== 'string' || !isPlace(irsa)) return action;
  const isSame = session.documents.find(uri)?.text.version === version;
  const result = isSame ? toIrsaEdit(session, irsa, action.title) : { reason: CHANGED_SINCE };
  if (result && !('reason' in result)) return { ...action, edit: result };
  const message = `Breakwater: IRSA was not set up, and nothing was written. ${result?.reason ?? CHANGED_SINCE}`;
  // A notification: nobody waits for an answer.
  session.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  return action;
}

/** The edit, or why it cannot be made; undefined where the client cannot make the files that it needs. */
function toIrsaEdit(session: Session, place: Place, title: string): WorkspaceEdit | Refusal | undefined {
  const setup = setUpIrsa(session.project, place);
  if ('reason' in setup) return setup;
  if (setup.title !== title) return { reason: CHANGED_SINCE };
  return toWorkspaceEdit(session, setup.files, setup.changesAccount);
}

/** Data has been to the client and back. */
function isPlace(value: unknown): value is Place {
  const { document, path } = Object(value ?? {});
  return typeof document === 'string' && Array.isArray(path);
}
