import { type Location, type Position, RequestType } from 'vscode-languageserver';
import { findNamespaces, findTargetAt, getAccessGraph } from '../engine/graph/access-graph';
import type { AccessGraph, Fault, GraphEdge, GraphNode, GraphTarget } from '../engine/graph/graph';
import type { Project } from '../engine/project';
import type { Ref } from '../syntax/ref';
import { LineIndex } from '../text/line-index';
import { type Span, shiftSpan } from '../text/span';
import { guardRequest, runGuarded } from './guard';
import { release } from './release';
import type { Publisher } from './server';
import type { Session } from './session';
import { toRange } from './to-proto';
import { getRelativePath, toBaseName, toKey } from './uri';

/** What a graph is asked for: what stands at a place, or what an earlier answer was about. */
export interface AccessGraphParams {
  readonly textDocument?: { readonly uri: string };
  readonly position?: Position;
  readonly target?: GraphTarget;
}

/** A node with its place as the protocol has it. */
export interface ProtocolNode extends Omit<GraphNode, 'place' | 'faults'> {
  readonly location?: Location;
  readonly faults: readonly (Omit<Fault, 'span'> & { readonly location: Location })[];
}

/** A file by its way from the workspace folder. */
export interface ProtocolFile {
  readonly path: string;
  readonly location: Location;
}

/** The answer; without a graph, a sentence says why there is none. */
export type AccessGraphAnswer =
  | (Omit<AccessGraph, 'nodes' | 'edges' | 'unread'> & {
      readonly nodes: readonly ProtocolNode[];
      readonly edges: readonly GraphEdge[];
      readonly unread?: { readonly text: string; readonly files: readonly ProtocolFile[] };
    })
  | { readonly refusal: string };

const GRAPH = new RequestType<AccessGraphParams, AccessGraphAnswer, never>('breakwater/accessGraph');
const NAMESPACES = new RequestType<null, string[], never>('breakwater/namespaces');

/** Tells a client that has a graph that it may be another by now. */
export const GRAPH_STALE = 'breakwater/accessGraphStale';

/**
 * Answers the requests of the access graph, which are our own. Returns the publisher as one that tells a client that has asked
 * for a graph of every change.
 */
export function registerAccessGraph(session: Session, publisher: Publisher): Publisher {
  const { connection, log, project } = session;
  let isAsked = false;
  const fail = (): AccessGraphAnswer => ({
    refusal: 'The graph could not be made. The output of Breakwater says why.',
  });
  connection.onRequest(
    GRAPH,
    guardRequest(log, GRAPH.method, fail, async (params: AccessGraphParams) => {
      isAsked = true;
      return await answer(session, params);
    }),
  );
  connection.onRequest(
    NAMESPACES,
    guardRequest(
      log,
      NAMESPACES.method,
      (): string[] => [],
      () => project.ask(findNamespaces),
    ),
  );
  const tell = (): void => {
    if (isAsked) runGuarded(log, GRAPH_STALE, () => connection.sendNotification(GRAPH_STALE));
  };
  return {
    onChanged: (key) => {
      publisher.onChanged(key);
      tell();
    },
    onClosed: (uri) => {
      publisher.onClosed(uri);
      tell();
    },
    onBackground: () => {
      publisher.onBackground();
      tell();
    },
  };
}

async function answer(session: Session, params: AccessGraphParams): Promise<AccessGraphAnswer> {
  const { project, configuration } = session;
  const asked = readTarget(params.target);
  const uri = params.textDocument?.uri ?? (asked?.kind === 'object' ? asked.uri : undefined);
  const key = uri === undefined ? undefined : toKey(uri);
  if (key !== undefined) {
    await configuration.prepare(key, uri);
    if (configuration.isExcluded(key)) return { refusal: 'The settings exclude this file from checks.' };
  }
  const target = asked ?? findTarget(session, key, params.position);
  const graph = target && getAccessGraph(project, target);
  return graph ? toAnswer(session, graph) : { refusal: explain(project, key) };
}

/** Why there is no graph of what stands in a file. */
function explain(project: Project, key: string | undefined): string {
  const reports = key === undefined ? [] : (project.checkDocuments(key) ?? []);
  const [problem] = reports.flatMap(({ source }) => (source.tree.isReliable ? [] : source.tree.problems));
  return problem
    ? `What stands here could not be read. ${problem.message}`
    : 'Nothing here has a part in access. Workloads, accounts, roles, bindings, trust policies and namespaces have.';
}

function findTarget({ project }: Session, key: string | undefined, position: Position | undefined) {
  const text = key === undefined ? undefined : project.getText(key);
  if (key === undefined || text === undefined || !position) return undefined;
  return findTargetAt(project, key, new LineIndex(text).offsetAt(position));
}

/** A target has been to the client and back; what was undefined is gone from it. */
function readTarget(target: unknown): GraphTarget | undefined {
  const { kind, uri, objectKind, namespace, name } = Object(target ?? {});
  if (kind === 'namespace') return typeof name === 'string' ? { kind, name } : undefined;
  if (kind !== 'object' || typeof uri !== 'string' || typeof objectKind !== 'string') return undefined;
  const toText = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { kind, uri: toKey(uri), objectKind, namespace: toText(namespace), name: toText(name) };
}

function toAnswer(session: Session, graph: AccessGraph): AccessGraphAnswer {
  const { project, documents } = session;
  const touched = new Set<string>();
  const nodes = graph.nodes.map(({ place, faults, ...node }): ProtocolNode => {
    const found = place && project.locate(place);
    if (!found) return { ...node, faults: [] };
    const open = documents.get(found.uri);
    touched.add(found.uri);
    const toLocation = (span: Span): Location => ({
      uri: open?.uri ?? found.uri,
      range: toRange(span, open?.text ?? found.source.lines),
    });
    return {
      ...node,
      location: toLocation(shiftSpan(toNameSpan(found.ref), found.start)),
      faults: faults.map(({ span, ...fault }) => ({ ...fault, location: toLocation(span) })),
    };
  });
  for (const uri of touched) release(session, uri);
  const { unread, ...rest } = graph;
  const files = unread?.uris.map((uri) => toFile(session, uri)) ?? [];
  return { ...rest, nodes, ...(unread && { unread: { text: unread.text, files } }) };
}

function toFile({ documents, folders }: Session, uri: string): ProtocolFile {
  const folder = folders.find(uri);
  const path = folder === undefined ? undefined : getRelativePath(folder, uri);
  const start: Position = { line: 0, character: 0 };
  return {
    path: path ?? toBaseName(uri),
    location: { uri: documents.get(uri)?.uri ?? uri, range: { start, end: start } },
  };
}

/** What a jump shows: the name of an object, else its beginning. */
function toNameSpan(ref: Ref): Span {
  const name = ref.get('metadata', 'name');
  return name.isWritten ? name.anchor : ref.anchor;
}
