import type { ViewEdge, ViewGraph, ViewNode } from '../../../client/src/graph/messages';
import type { AccessGraph } from '../../../server/src/engine/graph/graph';
import { openProject } from '../../harness/lint-text';
import { draw, REFUSED } from '../graph/fixtures';

/** A graph as it reaches the view. */
export function toView(graph: AccessGraph): ViewGraph {
  const location = { uri: 'file:///x', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };
  const nodes = graph.nodes.map(({ place, faults, ...node }): ViewNode => {
    const found = faults.map(({ span, ...fault }) => ({ ...fault, location }));
    return place ? { ...node, faults: found, location } : { ...node, faults: found };
  });
  const { unread, ...rest } = graph;
  const files = unread?.uris.map((uri) => ({ path: uri, location: { ...location, uri } })) ?? [];
  return { ...rest, nodes, ...(unread && { unread: { text: unread.text, files } }) };
}

/** A namespace with all types of nodes, faults and a refusal. */
export const SHOP_VIEW = toView(draw(openProject(REFUSED), { kind: 'namespace', name: 'shop' }));

/** A node by itself. */
export function toNode(id: string, changes: Partial<ViewNode> = {}): ViewNode {
  return { id, type: 'role', kind: 'Role', name: id, state: 'written', lines: [], faults: [], ...changes };
}

/** A graph of nodes, each joined to the next of its list. */
export function toGraph(nodes: readonly ViewNode[], chains: readonly (readonly string[])[]): ViewGraph {
  const edges = chains.flatMap((chain) =>
    chain.slice(1).map((to, index): ViewEdge => ({ from: chain[index] ?? '', to, word: 'grants', verdict: 'given' })),
  );
  return { target: { kind: 'namespace', name: 'shop' }, title: 'Namespace "shop"', nodes, edges, notes: [] };
}
