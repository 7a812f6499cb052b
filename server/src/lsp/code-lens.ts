import {
  type CancellationToken,
  type CodeLens,
  type CodeLensParams,
  CodeLensRefreshRequest,
} from 'vscode-languageserver';
import {
  countFindings,
  type FindingCount,
  findFilesOf,
  getNamespaceObjects,
  getNamespaceSummary,
} from '../engine/navigation/namespace-lens';
import { toCodeLensTitle } from './code-lens-text';
import type { OpenDocument } from './documents';
import { guardRequest } from './guard';
import { createRefresh } from './refresh';
import { release } from './release';
import type { Publisher } from './server';
import type { Session } from './session';
import { toKey } from './uri';

/** What a lens carries until it is shown. */
interface LensData {
  readonly namespace: string;
}

/** A client's command that draws who may do what in the namespace that is its one argument. */
const SHOW_NAMESPACE_GRAPH = 'breakwater.showNamespaceAccessGraph';

/** For how long (in milliseconds) files are judged before others get their turn. */
const SLICE = 10;

/**
 * Answers textDocument/codeLens with one lens over each Namespace object; its numbers are computed when it is shown. Returns
 * the publisher as one that asks the client to show them anew when they are no longer true.
 */
export function registerCodeLens(session: Session, publisher: Publisher): Publisher {
  const { connection, log, features, documents, configuration } = session;
  /** What was told last of the namespaces of each document. */
  const shown = new Map<string, string>();
  const refresh = createRefresh(session, 'workspace/codeLens/refresh', features.canRefreshCodeLenses, () =>
    connection.sendRequest(CodeLensRefreshRequest.type),
  );
  connection.onCodeLens(
    guardRequest(
      log,
      'textDocument/codeLens',
      (): CodeLens[] => [],
      async ({ textDocument }: CodeLensParams) => {
        const document = documents.find(textDocument.uri);
        if (!document) return [];
        await configuration.prepare(document.key, document.uri);
        shown.set(document.key, summarize(session, document.key));
        return toLenses(session, document);
      },
    ),
  );
  connection.onCodeLensResolve(
    guardRequest(
      log,
      'codeLens/resolve',
      (lens: CodeLens) => lens,
      (lens: CodeLens, token) => resolve(session, lens, token),
    ),
  );
  return {
    onChanged: (key) => {
      publisher.onChanged(key);
      const isOutdated = ([other, told]: [string, string]) => other !== key && summarize(session, other) !== told;
      if ([...shown].some(isOutdated)) refresh();
    },
    onClosed: (uri) => {
      shown.delete(toKey(uri));
      publisher.onClosed(uri);
    },
    onBackground: () => {
      publisher.onBackground();
      if ([...shown.values()].some((told) => told !== NOTHING)) refresh();
    },
  };
}

function toLenses({ project, configuration }: Session, { key, text }: OpenDocument): CodeLens[] {
  if (configuration.isExcluded(key) || !configuration.hasCodeLens(key)) return [];
  return getNamespaceObjects(project, key).map(({ name, start }): CodeLens => {
    const position = text.positionAt(start);
    const data: LensData = { namespace: name };
    return { range: { start: position, end: position }, data };
  });
}

/** Of a document without a Namespace. */
const NOTHING = '[]';

/** What lenses of a document say that can be told without judging files: cheap enough to be compared on every change. */
function summarize({ project, documents }: Session, key: string): string {
  if (!documents.has(key)) return NOTHING;
  const names = getNamespaceObjects(project, key).map(({ name }) => name);
  return JSON.stringify(names.map((name) => getNamespaceSummary(project, name)));
}

async function resolve(session: Session, lens: CodeLens, token: CancellationToken): Promise<CodeLens> {
  const { namespace } = Object(lens.data ?? {});
  if (typeof namespace !== 'string') return lens;
  const found = await count(session, namespace, token);
  const title = toCodeLensTitle(getNamespaceSummary(session.project, namespace), found);
  const canDraw = session.features.ownCommands.includes(SHOW_NAMESPACE_GRAPH);
  // A lens that only speaks has a command without a name.
  const command = canDraw ? { command: SHOW_NAMESPACE_GRAPH, arguments: [namespace] } : { command: '' };
  return { ...lens, command: { title, ...command } };
}

async function count(session: Session, namespace: string, token: CancellationToken): Promise<FindingCount> {
  const { project } = session;
  const sum = { errors: 0, warnings: 0 };
  let started = performance.now();
  for (const uri of findFilesOf(project, namespace)) {
    if (token.isCancellationRequested) break;
    const { errors, warnings } = countFindings(project, uri, namespace);
    sum.errors += errors;
    sum.warnings += warnings;
    release(session, uri);
    if (performance.now() - started < SLICE) continue;
    await new Promise((next) => setTimeout(next, 0));
    started = performance.now();
  }
  return sum;
}
