import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { getFileLinks } from '../engine/navigation/file-links';
import { guardRequest } from './guard';
import type { Session } from './session';
import { toRange } from './to-proto';
import { joinUri } from './uri';

/** What a link carries until somebody follows it. */
interface LinkData {
  /** Address of the file or folder that is named. */
  readonly to: string;
}

/** By the names under which kustomize looks in a folder, in its order. */
const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Answers textDocument/documentLink in kustomizations; whether a folder is meant is looked up when a link is followed. */
export function registerDocumentLinks(session: Session): void {
  const { connection, log, documents, configuration, project } = session;
  connection.onDocumentLinks(
    guardRequest(
      log,
      'textDocument/documentLink',
      (): DocumentLink[] => [],
      async ({ textDocument }: DocumentLinkParams) => {
        const document = documents.find(textDocument.uri);
        if (!document) return [];
        await configuration.prepare(document.key, document.uri);
        if (configuration.isExcluded(document.key)) return [];
        const folder = document.key.slice(0, document.key.lastIndexOf('/'));
        return getFileLinks(project, document.key).map(({ span, path }): DocumentLink => {
          const data: LinkData = { to: joinUri(folder, path) };
          return { range: toRange(span, document.text), data };
        });
      },
    ),
  );
  connection.onDocumentLinkResolve(
    guardRequest(
      log,
      'documentLink/resolve',
      (link: DocumentLink) => link,
      async (link: DocumentLink) => {
        const { to } = Object(link.data ?? {});
        const target = typeof to === 'string' ? await findTarget(session, to) : undefined;
        return target === undefined ? link : { ...link, target };
      },
    ),
  );
}

/** A file stands for itself, a folder for the kustomization in it. */
async function findTarget({ files }: Session, uri: string): Promise<string | undefined> {
  const kind = await files.kindOf(uri);
  if (kind !== 'folder') return kind && uri;
  for (const name of KUSTOMIZATIONS) {
    const file = joinUri(uri, name);
    if ((await files.kindOf(file)) === 'file') return file;
  }
  return undefined;
}
