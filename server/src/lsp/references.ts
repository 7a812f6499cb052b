import type { Location, ReferenceParams } from 'vscode-languageserver';
import { getReferences } from '../engine/navigation/targets';
import { toLocation } from './definition';
import { guardRequest } from './guard';
import type { Session } from './session';

/** Answers textDocument/references on the name of an object, where it is defined and where it is referred to. */
export function registerReferences(session: Session): void {
  const { connection, log, documents, configuration, project } = session;
  connection.onReferences(
    guardRequest(
      log,
      'textDocument/references',
      (): Location[] | null => null,
      async ({ textDocument, position, context }: ReferenceParams) => {
        const document = documents.find(textDocument.uri);
        if (!document) return null;
        await configuration.prepare(document.key, document.uri);
        if (configuration.isExcluded(document.key)) return null;
        const offset = document.text.offsetAt(position);
        const targets = getReferences(project, document.key, offset, context.includeDeclaration);
        return targets?.map((target) => toLocation(session, target)) ?? null;
      },
    ),
  );
}
