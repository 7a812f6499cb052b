import type { ViewGraph } from '../messages';
import { type Flow, type Layout, layOut } from './layout';
import type { Measure } from './text';

/** A graph with the ways in which it can lie in its window. */
export interface Layouts {
  readonly graph: ViewGraph;
  readonly flows: Readonly<Record<Flow, Layout>>;
}

/** Lays a graph out in both flows. What looks as it did before stays where it was: then only what nodes lead to is new. */
export function toLayouts(graph: ViewGraph, measure: Measure, before: Layouts | undefined): Layouts {
  if (!before || toLook(before.graph) !== toLook(graph)) {
    return { graph, flows: { right: layOut(graph, 'right', measure), down: layOut(graph, 'down', measure) } };
  }
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const renew = (layout: Layout): Layout => ({
    ...layout,
    nodes: layout.nodes.map((placed) => ({ ...placed, node: nodes.get(placed.node.id) ?? placed.node })),
  });
  return { graph, flows: { right: renew(before.flows.right), down: renew(before.flows.down) } };
}

/** All of a graph that can be seen in its drawing. */
function toLook({ nodes, edges }: ViewGraph): string {
  return JSON.stringify([
    nodes.map(({ location, faults, ...seen }) => [seen, faults.map(({ severity }) => severity)]),
    edges,
  ]);
}
