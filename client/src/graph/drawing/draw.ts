import type { ViewEdge, ViewNode } from '../messages';
import { CARD } from './card';
import { drawIcon, drawSign } from './icons';
import { toKindLine } from './labels';
import { type Flow, type Layout, type PlacedEdge, type PlacedNode, type Point, toWord, WORD } from './layout';
import type { Palette } from './palette';
import { round, type SvgElement, svg } from './svg';
import { FONTS, fitText, type Measure, type TextStyle } from './text';

/** The edges and the nodes of a graph, each as a group with the ids that it stands for; nodes come in reading order. */
export function drawGraph({ nodes, edges, flow }: Layout, palette: Palette, measure: Measure): SvgElement[] {
  return [
    svg(
      'g',
      { class: 'edges' },
      edges.map((edge) => drawEdge(edge, flow, palette)),
    ),
    svg(
      'g',
      { class: 'words' },
      edges.map((edge) => drawWord(edge, palette)),
    ),
    svg(
      'g',
      { class: 'nodes' },
      nodes.map((node) => drawNode(node, palette, measure)),
    ),
  ];
}

function drawNode(placed: PlacedNode, palette: Palette, measure: Measure): SvgElement {
  const { node, x, y, width, height, rows } = placed;
  const [fault] = node.faults;
  const color = palette.types[node.type];
  const room = width - CARD.left - CARD.right;
  const isGrave = fault !== undefined && fault.severity !== 'info';
  const badge = fault ? CARD.badge : 0;
  const line = (text: string, at: number, style: TextStyle, fill: string, space: number) =>
    drawText(fitText(text, space, style, measure), CARD.left, at, style, fill, palette);
  const frame = {
    class: 'card',
    width,
    height,
    rx: 5,
    fill: palette.card,
    stroke: isGrave ? palette.severities[fault.severity] : palette.border,
    'stroke-width': isGrave ? 1.6 : 1,
    'stroke-dasharray': toDashes(node),
  };
  return svg('g', { class: 'node', 'data-id': node.id, transform: `translate(${round(x)} ${round(y)})` }, [
    svg('rect', { class: 'ring', x: -4, y: -4, width: width + 8, height: height + 8, rx: 8, fill: 'none' }),
    svg('rect', frame),
    // The colour of the type runs down the left side, within the rounded corners.
    svg('path', {
      d: `M5.5 1H4.5A3.5 3.5 0 0 0 1 4.5V${height - 4.5}A3.5 3.5 0 0 0 4.5 ${height - 1}H5.5z`,
      fill: color,
    }),
    drawIcon(node.type, 15, height / 2 - 8, color),
    line(toKindLine(node), 16, 'small', palette.muted, room - badge),
    line(node.name, 33, 'name', palette.text, room),
    ...rows.map((row, index) => line(row, 50 + index * CARD.row, 'small', palette.muted, room)),
    fault ? drawBadge(node, width, palette) : undefined,
  ]);
}

/** Dashes tell what is written in no file here, dots what is not known. */
function toDashes({ state }: ViewNode): string | undefined {
  return state === 'missing' ? '6 3' : state === 'unknown' ? '2 3' : undefined;
}

function drawBadge({ faults }: ViewNode, width: number, palette: Palette): SvgElement | undefined {
  const [worst] = faults;
  if (!worst) return undefined;
  const color = palette.severities[worst.severity];
  const count = String(faults.length);
  const sign = drawSign(worst.severity, width - 38, 6, color, palette.onBadge);
  return svg('g', { class: 'badge' }, [sign, drawText(count, width - 20, 17, 'small', palette.text, palette)]);
}

function drawEdge({ edge, points }: PlacedEdge, flow: Flow, palette: Palette): SvgElement {
  const stroke = toStroke(edge, palette);
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? end;
  const line = {
    class: 'line',
    fill: 'none',
    stroke,
    'stroke-width': '1.4',
    'stroke-dasharray': edge.verdict === 'given' ? undefined : '5 4',
  };
  return svg('g', { class: 'edge', 'data-from': edge.from, 'data-to': edge.to }, [
    svg('path', { d: toPath(points, flow), ...line }),
    svg('path', { class: 'head', d: toHead(before, end, flow), fill: stroke }),
  ]);
}

function toStroke({ verdict }: ViewEdge, palette: Palette): string {
  return verdict === 'refused' ? palette.severities.error : palette.edge;
}

/** A curve that leaves and reaches every point along the flow, so that parallel edges do not cross for nothing. */
function toPath(points: readonly Point[], flow: Flow): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let last = first;
  for (const next of rest) {
    const [dx, dy] = flow === 'down' ? [0, (next.y - last.y) / 2] : [(next.x - last.x) / 2, 0];
    const [a, b] = [
      { x: last.x + dx, y: last.y + dy },
      { x: next.x - dx, y: next.y - dy },
    ];
    path += `C${round(a.x)} ${round(a.y)} ${round(b.x)} ${round(b.y)} ${round(next.x)} ${round(next.y)}`;
    last = next;
  }
  return path;
}

function toHead(before: Point, { x, y }: Point, flow: Flow): string {
  if (flow === 'down') {
    const back = before.y > y ? 8 : -8;
    return `M${round(x)} ${round(y)}l-4.5 ${back}h9z`;
  }
  const back = before.x > x ? 8 : -8;
  return `M${round(x)} ${round(y)}l${back} -4.5v9z`;
}

function drawWord({ edge, label }: PlacedEdge, palette: Palette): SvgElement {
  const { x, y, width } = label;
  const color = edge.verdict === 'refused' ? palette.severities.error : palette.muted;
  return svg('g', { class: 'word', 'data-from': edge.from, 'data-to': edge.to }, [
    svg('rect', {
      x: x - width / 2,
      y: y - WORD.height / 2,
      width,
      height: WORD.height,
      rx: 4,
      fill: palette.background,
    }),
    drawText(toWord(edge), x, y + 4, 'small', color, palette, 'middle'),
  ]);
}

/** A line of text, its baseline at a place. */
export function drawText(
  text: string,
  x: number,
  y: number,
  style: TextStyle,
  fill: string,
  { fonts }: Palette,
  anchor?: 'middle',
): SvgElement {
  const { size, weight } = FONTS[style];
  const font = { 'font-family': fonts, 'font-size': size, 'font-weight': weight, 'text-anchor': anchor };
  return svg('text', { x, y, fill, ...font }, [text]);
}
