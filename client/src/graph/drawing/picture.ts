import type { ViewGraph } from '../messages';
import { drawGraph, drawText } from './draw';
import { describeNode, toNotes } from './labels';
import type { Layout } from './layout';
import { drawLegend } from './legend';
import type { Palette } from './palette';
import { type SvgElement, svg, toMarkup } from './svg';
import { type Measure, wrapText } from './text';

const MARGIN = 24;
const LEAST_WIDTH = 360;

/** A graph as an SVG file that needs nothing else: with its title, its legend and what is not known. */
export function toPicture(graph: ViewGraph, layout: Layout, palette: Palette, measure: Measure): string {
  const title = `Access: ${graph.title}`;
  const notes = toNotes(graph).flatMap((note) =>
    wrapText(note, Math.max(layout.width, LEAST_WIDTH) - 2 * MARGIN, 9, measure),
  );
  const width = Math.max(layout.width, LEAST_WIDTH, measure(title, 'name') + 2 * MARGIN);
  const legend = drawLegend(graph, width - 2 * MARGIN, palette, measure);
  const top = 44 + layout.height;
  const bottom = top + legend.height + 12;
  const height = bottom + notes.length * 16 + MARGIN / 2;
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const labels = new Map(graph.nodes.map((node) => [node.id, describeNode(graph, node)]));
  const root = svg(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' },
    [
      svg('title', {}, [title]),
      svg('rect', { ...size, fill: palette.background }),
      drawText(title, MARGIN, 30, 'name', palette.text, palette),
      svg(
        'g',
        { transform: 'translate(0 36)' },
        drawGraph(layout, palette, measure).map((part) => withTitles(part, labels)),
      ),
      svg('g', { transform: `translate(${MARGIN} ${Math.round(top)})` }, [withTitles(legend.element, labels)]),
      ...notes.map((line, index) => drawText(line, MARGIN, bottom + 16 * (index + 1), 'small', palette.muted, palette)),
    ],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toMarkup(root)}\n`;
}

/** What a pointer that rests on a node is told. What serves the live view only is left out. */
function withTitles(element: SvgElement, labels: ReadonlyMap<string, string>): SvgElement {
  const { tag, attributes, children } = element;
  const label = labels.get(attributes['data-id'] ?? '');
  const inner = children
    .filter((child) => typeof child === 'string' || child.attributes.class !== 'ring')
    .map((child) => (typeof child === 'string' ? child : withTitles(child, labels)));
  const kept = Object.entries(attributes).filter(([name]) => !name.startsWith('data-') && name !== 'class');
  return {
    tag,
    attributes: Object.fromEntries(kept),
    children: label === undefined ? inner : [svg('title', {}, [label]), ...inner],
  };
}
