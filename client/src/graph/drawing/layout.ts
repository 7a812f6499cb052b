import { Graph, layout } from '@dagrejs/dagre';
import type { ViewEdge, ViewGraph, ViewNode } from '../messages';
import { toCard } from './card';
import { type GraphPart, toParts } from './parts';
import type { Measure } from './text';

/** Which way access flows on the screen. */
export type Flow = 'right' | 'down';

/** A place on the drawing, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its place: that of its upper left corner. */
export interface PlacedNode extends Point {
  readonly node: ViewNode;
  readonly width: number;
  readonly height: number;
  /** What stands below its name. */
  readonly rows: readonly string[];
}

/** An edge with its way. */
export interface PlacedEdge {
  readonly edge: ViewEdge;
  /** From the border of one node to that of the other. */
  readonly points: readonly Point[];
  /** Middle of its word. */
  readonly label: Point & { readonly width: number };
}

/** Where everything is. */
export interface Layout {
  readonly flow: Flow;
  readonly width: number;
  readonly height: number;
  /** In reading order: part by part, in each along the flow, and across it. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Height of the pill behind the word of an edge, and the room at both of its ends. */
export const WORD = { height: 18, padding: 7 } as const;

const MARGIN = 24;

/** Between the parts of a graph. */
const GAP = 28;
/** Parts stand side by side in lines (across the flow in columns) at least this long. */
const LINE: Readonly<Record<Flow, number>> = { right: 960, down: 640 };

/** Finds places for the nodes and ways for the edges of a graph: part by part, those with the gravest faults first. */
export function layOut(graph: ViewGraph, flow: Flow, measure: Measure): Layout {
  const parts = toParts(graph).map((part) => layOutPart(part, flow, measure));
  const isDown = flow === 'down';
  const longest = Math.max(LINE[flow], ...parts.map(({ width, height }) => (isDown ? height : width)));
  // `along` runs within a line of parts, `across` from one line to the next.
  let [along, across, thickness, length] = [0, 0, 0, 0];
  const placed = parts.map((part) => {
    const [own, ownThickness] = isDown ? [part.height, part.width] : [part.width, part.height];
    if (along > 0 && along + own > longest) [along, across, thickness] = [0, across + thickness + GAP, 0];
    const at = isDown ? { x: across, y: along } : { x: along, y: across };
    [along, thickness] = [along + own + GAP, Math.max(thickness, ownThickness)];
    length = Math.max(length, along - GAP);
    return move(part, at.x + MARGIN, at.y + MARGIN);
  });
  const [total, totalAcross] = [length + 2 * MARGIN, across + thickness + 2 * MARGIN];
  return {
    flow,
    width: isDown ? totalAcross : total,
    height: isDown ? total : totalAcross,
    nodes: placed.flatMap(({ nodes }) => nodes),
    edges: placed.flatMap(({ edges }) => edges),
  };
}

type PlacedPart = Omit<Layout, 'flow'>;

function move({ nodes, edges, ...size }: PlacedPart, dx: number, dy: number): PlacedPart {
  const shift = <P extends Point>(point: P): P => ({ ...point, x: point.x + dx, y: point.y + dy });
  const moved = edges.map((edge) => ({ ...edge, points: edge.points.map(shift), label: shift(edge.label) }));
  return { ...size, nodes: nodes.map(shift), edges: moved };
}

function layOutPart(part: GraphPart, flow: Flow, measure: Measure): PlacedPart {
  const plan = new Graph({ multigraph: true });
  const isDown = flow === 'down';
  plan.setGraph({
    rankdir: isDown ? 'TB' : 'LR',
    nodesep: isDown ? 28 : 20,
    ranksep: isDown ? 34 : 28,
    edgesep: 14,
  });
  const cards = new Map(part.nodes.map((node) => [node.id, toCard(node, measure)]));
  for (const [id, { width, height }] of cards) plan.setNode(id, { width, height });
  for (const edge of part.edges) {
    const width = measure(toWord(edge), 'small') + 2 * WORD.padding;
    plan.setEdge(edge.from, edge.to, { width, height: WORD.height, labelpos: 'c' }, edge.word);
  }
  layout(plan);
  const nodes = part.nodes.map((node): PlacedNode => {
    const { x = 0, y = 0, width, height } = plan.node(node.id);
    const rows = cards.get(node.id)?.rows ?? [];
    return { node, x: x - width / 2, y: y - height / 2, width, height, rows };
  });
  const byId = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const edges = part.edges.flatMap((edge): PlacedEdge[] => {
    const { points = [], x = 0, y = 0, width = 0 } = plan.edge(edge.from, edge.to, edge.word);
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (!from || !to) return [];
    return [{ edge, points: toEnds(points, from, to, flow), label: { x, y, width } }];
  });
  const { width = 0, height = 0 } = plan.graph();
  return { width, height, nodes: nodes.sort(compareBy(flow)), edges };
}

/** The word of an edge with a sign of how sure it is. */
export function toWord({ word, verdict }: ViewEdge): string {
  return verdict === 'refused' ? `✕ ${word}` : verdict === 'unknown' ? `? ${word}` : word;
}

/** All edges leave a card in the middle of one side and reach the next in the middle of the other. */
function toEnds(points: readonly Point[], from: PlacedNode, to: PlacedNode, flow: Flow): readonly Point[] {
  const inner = points.slice(1, -1);
  if (flow === 'down') {
    const isUp = from.y > to.y;
    const start = { x: from.x + from.width / 2, y: from.y + (isUp ? 0 : from.height) };
    return [start, ...inner, { x: to.x + to.width / 2, y: to.y + (isUp ? to.height : 0) }];
  }
  const isBack = from.x > to.x;
  const start = { x: from.x + (isBack ? 0 : from.width), y: from.y + from.height / 2 };
  return [start, ...inner, { x: to.x + (isBack ? to.width : 0), y: to.y + to.height / 2 }];
}

function compareBy(flow: Flow): (a: PlacedNode, b: PlacedNode) => number {
  // Cards of one rank differ in size, so that their middles are compared.
  const along = ({ x, y, width, height }: PlacedNode) => Math.round(flow === 'down' ? y + height / 2 : x + width / 2);
  return (a, b) => along(a) - along(b) || (flow === 'down' ? a.x - b.x : a.y - b.y);
}
