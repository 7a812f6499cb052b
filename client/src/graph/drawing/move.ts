import type { Layout, PlacedNode } from './layout';

/** A direction on the screen. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The node that an arrow key leads to: along an edge where one goes that way, else the nearest that way. */
export function findNext({ nodes, edges, flow }: Layout, id: string, direction: Direction): string | undefined {
  const from = nodes.find(({ node }) => node.id === id);
  if (!from) return undefined;
  const others = nodes.filter((one) => one !== from);
  const isAlong = (flow === 'right') === (direction === 'left' || direction === 'right');
  if (isAlong) {
    const joined = new Set(edges.flatMap(({ edge }) => (edge.from === id ? edge.to : edge.to === id ? edge.from : [])));
    const next = findNearest(
      from,
      others.filter(({ node }) => joined.has(node.id)),
      direction,
      Number.POSITIVE_INFINITY,
    );
    if (next !== undefined) return next;
  }
  return findNearest(from, others, direction, 1.2) ?? findNearest(from, others, direction, Number.POSITIVE_INFINITY);
}

/** `slope`: how far to the side, in proportion to how far ahead, a node may be. */
function findNearest(
  from: PlacedNode,
  others: readonly PlacedNode[],
  direction: Direction,
  slope: number,
): string | undefined {
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  let best: { readonly id: string; readonly distance: number } | undefined;
  for (const other of others) {
    const dx = other.x + other.width / 2 - from.x - from.width / 2;
    const dy = other.y + other.height / 2 - from.y - from.height / 2;
    const ahead = sign * (isAcross ? dx : dy);
    const aside = Math.abs(isAcross ? dy : dx);
    if (ahead < 1 || aside > ahead * slope) continue;
    const distance = ahead + 2 * aside;
    if (!best || distance < best.distance) best = { id: other.node.id, distance };
  }
  return best?.id;
}
