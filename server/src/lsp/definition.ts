import type { Definition, DefinitionParams, Location, LocationLink } from 'vscode-languageserver';
import { getDefinition, type NavigationTarget } from '../engine/navigation/targets';
import type { OpenDocument } from './documents';
import { guardRequest } from './guard';
import type { Session } from './session';
import { toRange } from './to-proto';

/** Answers textDocument/definition: from a name to the object of that name, from a selector to the workloads it selects. */
export function registerDefinition(session: Session): void {
  const { connection, log, documents, configuration } = session;
  connection.onDefinition(
    guardRequest(
      log,
      'textDocument/definition',
      (): Definition | LocationLink[] | null => null,
      async ({ textDocument, position }: DefinitionParams) => {
        const document = documents.find(textDocument.uri);
        if (!document) return null;
        await configuration.prepare(document.key, document.uri);
        return toDefinition(session, document, document.text.offsetAt(position));
      },
    ),
  );
}

function toDefinition(
  session: Session,
  { key, text }: OpenDocument,
  offset: number,
): Location[] | LocationLink[] | null {
  if (session.configuration.isExcluded(key)) return null;
  const found = getDefinition(session.project, key, offset);
  if (!found) return null;
  const origin = toRange(found.origin, text);
  if (!session.features.hasLocationLinks) return found.targets.map((target) => toLocation(session, target));
  return found.targets.map((target): LocationLink => {
    const { uri, range } = toLocation(session, target);
    const targetRange = toLocation(session, { ...target, span: target.objectSpan }).range;
    return { originSelectionRange: origin, targetUri: uri, targetRange, targetSelectionRange: range };
  });
}

/** The place of a target's name, under the address by which the client knows its file. */
export function toLocation({ documents }: Session, { uri, source, span }: NavigationTarget): Location {
  const open = documents.get(uri);
  return { uri: open?.uri ?? uri, range: toRange(span, open?.text ?? source.lines) };
}
