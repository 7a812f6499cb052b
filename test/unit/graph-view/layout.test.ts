import { describe, expect, test } from 'vitest';
import { chooseFlow, isInSight, reveal, SCALES, toFit, toStart, zoomAt } from '../../../client/src/graph/drawing/fit';
import { type Flow, layOut, type PlacedNode } from '../../../client/src/graph/drawing/layout';
import { toLayouts } from '../../../client/src/graph/drawing/layouts';
import { findNext } from '../../../client/src/graph/drawing/move';
import { findNextFault } from '../../../client/src/graph/drawing/parts';
import { estimateWidth } from '../../../client/src/graph/drawing/text';
import { SHOP_VIEW, toGraph, toNode } from './sample';

const FLOWS: readonly Flow[] = ['right', 'down'];

const overlap = (a: PlacedNode, b: PlacedNode) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.each(FLOWS)('a layout that flows %s', (flow) => {
  const layout = layOut(SHOP_VIEW, flow, estimateWidth);

  test('has every node and edge, and all of it within its bounds', () => {
    expect(layout.nodes.map(({ node }) => node.id).sort()).toEqual(SHOP_VIEW.nodes.map(({ id }) => id).sort());
    expect(layout.edges).toHaveLength(SHOP_VIEW.edges.length);
    for (const { x, y, width, height } of layout.nodes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });

  test('lets no card lie on another, and no word of an edge on a card', () => {
    const { nodes, edges } = layout;
    for (const [index, a] of nodes.entries()) {
      for (const b of nodes.slice(index + 1)) expect(overlap(a, b), `${a.node.id} and ${b.node.id}`).toBe(false);
      for (const { label, edge } of edges) {
        const word = { ...a, x: label.x - label.width / 2, y: label.y - 9, width: label.width, height: 18 };
        expect(overlap(a, word), `${a.node.id} and ${edge.word}`).toBe(false);
      }
    }
  });

  test('lets access flow one way, from border to border', () => {
    const placed = new Map(layout.nodes.map((one) => [one.node.id, one]));
    for (const { edge, points } of layout.edges) {
      const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
      const [start, end] = [points[0], points.at(-1)];
      if (!from || !to || !start || !end) throw new Error('an edge leads nowhere');
      if (flow === 'right') {
        expect([start.x, end.x]).toEqual([from.x + from.width, to.x]);
        expect(end.x).toBeGreaterThan(start.x);
      } else {
        expect([start.y, end.y]).toEqual([from.y + from.height, to.y]);
        expect(end.y).toBeGreaterThan(start.y);
      }
    }
  });

  test('is the same each time', () => {
    expect(layOut(SHOP_VIEW, flow, estimateWidth)).toEqual(layout);
  });
});

test('a cycle, a graph without edges and an empty one are laid out too', () => {
  const nodes = ['a', 'b', 'c'].map((id) => toNode(id));
  expect(layOut(toGraph(nodes, [['a', 'b', 'c', 'a']]), 'right', estimateWidth).edges).toHaveLength(3);
  expect(layOut(toGraph(nodes, []), 'down', estimateWidth).nodes).toHaveLength(3);
  expect(layOut(toGraph([], []), 'down', estimateWidth).nodes).toEqual([]);
});

test('what looks the same stays where it is, and leads to where things are now', () => {
  const before = toLayouts(SHOP_VIEW, estimateWidth, undefined);
  const moved = { uri: 'file:///y', range: { start: { line: 9, character: 0 }, end: { line: 9, character: 1 } } };
  const nodes = SHOP_VIEW.nodes.map((node) => (node.location ? { ...node, location: moved } : node));
  const after = toLayouts({ ...SHOP_VIEW, nodes }, estimateWidth, before);
  for (const flow of FLOWS) {
    expect(after.flows[flow].edges).toBe(before.flows[flow].edges);
    const places = after.flows[flow].nodes.flatMap(({ node }) => node.location ?? []);
    expect(new Set(places)).toEqual(new Set([moved]));
  }
  const renamed = SHOP_VIEW.nodes.map((node) => ({ ...node, name: `${node.name}-2` }));
  const other = toLayouts({ ...SHOP_VIEW, nodes: renamed }, estimateWidth, before);
  expect(other.flows.right.edges).not.toBe(before.flows.right.edges);
});

describe('faults', () => {
  const fault = (severity: 'error' | 'warning' | 'info') => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    return { faults: [{ rule: 'r', severity, message: 'm', location: { uri: 'file:///x', range } }] };
  };
  const nodes = [
    toNode('fine'),
    toNode('lone', fault('warning')),
    toNode('from'),
    toNode('hint', fault('info')),
    toNode('to', fault('warning')),
    toNode('grave', fault('error')),
    toNode('end'),
  ];
  const graph = toGraph(nodes, [
    ['from', 'to'],
    ['grave', 'end'],
  ]);

  test.each(FLOWS)('come first in what flows %s', (flow) => {
    const layout = layOut(graph, flow, estimateWidth);
    expect(layout.nodes.map(({ node }) => node.id)).toEqual(['grave', 'end', 'from', 'to', 'lone', 'hint', 'fine']);
    const [first] = layout.nodes;
    for (const { x, y } of layout.nodes) expect([x >= (first?.x ?? 0), y >= (first?.y ?? 0)]).toEqual([true, true]);
  });

  test('are gone through from the gravest to the least, and round again', () => {
    const ids = ['grave', 'lone', 'to', 'hint'];
    for (const [index, id] of ids.entries()) expect(findNextFault(nodes, id)).toBe(ids[(index + 1) % ids.length]);
    expect(findNextFault(nodes, 'fine')).toBe('grave');
    expect(findNextFault(nodes, undefined)).toBe('grave');
    expect(findNextFault([toNode('fine')], undefined)).toBeUndefined();
  });
});

describe('arrow keys', () => {
  const nodes = ['a', 'b', 'c', 'd', 'alone'].map((id) => toNode(id));
  const graph = toGraph(nodes, [
    ['a', 'b', 'd'],
    ['a', 'c', 'd'],
  ]);

  test('follow edges along the flow, and go to neighbours across it', () => {
    const right = layOut(graph, 'right', estimateWidth);
    const down = layOut(graph, 'down', estimateWidth);
    expect(['b', 'c']).toContain(findNext(right, 'a', 'right'));
    expect(findNext(right, 'b', 'right')).toBe('d');
    expect(findNext(right, 'b', 'left')).toBe('a');
    expect([findNext(right, 'b', 'down'), findNext(right, 'b', 'up')]).toContain('c');
    expect(findNext(down, 'b', 'down')).toBe('d');
    expect(findNext(down, 'd', 'up')).toMatch(/^[bc]$/);
    expect([findNext(down, 'b', 'left'), findNext(down, 'b', 'right')]).toContain('c');
    expect(findNext(down, 'nobody', 'left')).toBeUndefined();
  });

  test('reach every node of a real graph', () => {
    for (const flow of FLOWS) {
      const layout = layOut(SHOP_VIEW, flow, estimateWidth);
      const seen = new Set([layout.nodes[0]?.node.id ?? '']);
      for (const id of seen) {
        for (const direction of ['left', 'right', 'up', 'down'] as const) {
          const next = findNext(layout, id, direction);
          if (next !== undefined) seen.add(next);
        }
      }
      expect(seen.size).toBe(SHOP_VIEW.nodes.length);
    }
  });
});

describe('the view', () => {
  const layout = layOut(SHOP_VIEW, 'right', estimateWidth);

  test('fits all of a drawing into its window, in the flow that is larger there', () => {
    for (const window of [
      { width: 400, height: 900 },
      { width: 1600, height: 400 },
    ]) {
      const { scale, x, y } = toFit(layout, window);
      expect(x + layout.width * scale).toBeLessThanOrEqual(window.width + 1);
      expect(y + layout.height * scale).toBeLessThanOrEqual(window.height + 1);
    }
    const layouts = { right: layout, down: layOut(SHOP_VIEW, 'down', estimateWidth) };
    const scaleOf = (flow: Flow, window: { width: number; height: number }) => toFit(layouts[flow], window).scale;
    for (const window of [
      { width: 500, height: 900 },
      { width: 1600, height: 300 },
    ]) {
      const chosen = chooseFlow(layouts, window);
      expect(scaleOf(chosen, window)).toBe(Math.max(scaleOf('right', window), scaleOf('down', window)));
    }
  });

  test('begins with all of a small drawing, and with the beginning of a large one, as large as can be read', () => {
    const window = { width: 1100, height: 600 };
    const small = layOut(toGraph([toNode('a'), toNode('b')], [['a', 'b']]), 'right', estimateWidth);
    expect(toStart(small, window)).toEqual(toFit(small, window));
    const chains = Array.from({ length: 60 }, (_, n) => [`a${n}`, `b${n}`, `c${n}`]);
    const nodes = chains.flat().map((id) => toNode(id));
    const graph = toGraph(nodes, chains);
    const layouts = { right: layOut(graph, 'right', estimateWidth), down: layOut(graph, 'down', estimateWidth) };
    const large = layouts[chooseFlow(layouts, window)];
    expect(large.flow).toBe('right');
    const { scale, y } = toStart(large, window);
    expect(scale).toBeGreaterThanOrEqual(SCALES.read);
    expect(large.width * scale).toBeLessThanOrEqual(window.width + 1);
    expect(y).toBe(0);
    const whole = toFit(large, window);
    expect(large.height * whole.scale).toBeLessThanOrEqual(window.height + 1);
  });

  test('keeps what is under the pointer there while it zooms, within bounds', () => {
    const before = { scale: 1, x: 10, y: 20 };
    const after = zoomAt(before, 2, 110, 220);
    expect((110 - after.x) / after.scale).toBeCloseTo((110 - before.x) / before.scale);
    expect((220 - after.y) / after.scale).toBeCloseTo((220 - before.y) / before.scale);
    expect(zoomAt(before, 1000, 0, 0).scale).toBe(SCALES.most);
    expect(zoomAt(before, 0.001, 0, 0).scale).toBe(SCALES.least);
  });

  test('what touches the edge of its window is in sight, though less than a whole pixel be missing', () => {
    const view = { scale: 0.6, x: 0, y: -0.4 };
    const part = { x: 100, y: 0, width: 100, height: 40 };
    expect(isInSight(view, part, { width: 400, height: 200 })).toBe(true);
    expect(isInSight({ ...view, y: -4 }, part, { width: 400, height: 200 })).toBe(false);
    expect(isInSight(view, part, { width: 118, height: 200 })).toBe(false);
  });

  test('moves no more than a node needs to be seen', () => {
    const window = { width: 300, height: 300 };
    const view = { scale: 1, x: 0, y: 0 };
    expect(reveal(view, { x: 50, y: 50, width: 100, height: 40 }, window)).toBe(view);
    const moved = reveal(view, { x: 500, y: 50, width: 100, height: 40 }, window);
    expect(moved.y).toBe(0);
    expect(500 + moved.x + 100).toBeLessThanOrEqual(300);
  });
});
