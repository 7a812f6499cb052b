import type { ViewFault, ViewGraph, ViewNodeType } from '../messages';
import { drawText } from './draw';
import { drawIcon, drawSign } from './icons';
import type { Palette } from './palette';
import { type SvgElement, svg } from './svg';
import type { Measure } from './text';

const TYPES: readonly (readonly [ViewNodeType, string])[] = [
  ['workload', 'workload'],
  ['account', 'account'],
  ['subject', 'user or group'],
  ['binding', 'binding'],
  ['role', 'role'],
  ['iam-role', 'IAM role'],
  ['trust-policy', 'trust policy'],
];

const SEVERITIES: readonly (readonly [ViewFault['severity'], string])[] = [
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'hint'],
];

/** A drawing with its size. */
export interface Drawing {
  readonly element: SvgElement;
  readonly width: number;
  readonly height: number;
}

const ROW = 24;
const GAP = 18;

/** Says what signs and colours of a graph mean, those alone that are in it, in lines no longer than `width`. */
export function drawLegend({ nodes, edges }: ViewGraph, width: number, palette: Palette, measure: Measure): Drawing {
  const entries: { readonly word: string; readonly sign: (x: number, y: number) => SvgElement }[] = [];
  for (const [type, word] of TYPES) {
    if (!nodes.some((node) => node.type === type)) continue;
    entries.push({ word, sign: (x, y) => drawIcon(type, x, y - 8, palette.types[type]) });
  }
  for (const [severity, word] of SEVERITIES) {
    if (!nodes.some(({ faults }) => faults.some((fault) => fault.severity === severity))) continue;
    const color = palette.severities[severity];
    entries.push({ word, sign: (x, y) => drawSign(severity, x + 1, y - 7, color, palette.onBadge) });
  }
  const dashed = (dashes: string, stroke: string) => (x: number, y: number) =>
    svg('path', { d: `M${x} ${y}h16`, fill: 'none', stroke, 'stroke-width': '1.6', 'stroke-dasharray': dashes });
  if (nodes.some(({ state }) => state === 'missing')) {
    entries.push({ word: 'not in these files', sign: dashed('6 3', palette.border) });
  }
  if (edges.some(({ verdict }) => verdict === 'unknown') || nodes.some(({ state }) => state === 'unknown')) {
    entries.push({ word: 'not known here', sign: dashed('2 3', palette.edge) });
  }
  if (edges.some(({ verdict }) => verdict === 'refused')) {
    entries.push({ word: 'refused', sign: dashed('5 4', palette.severities.error) });
  }
  let [x, y, right] = [0, ROW / 2, 0];
  const parts = entries.flatMap(({ word, sign }) => {
    const length = 22 + measure(word, 'small');
    if (x > 0 && x + length > width) [x, y] = [0, y + ROW];
    const part = [sign(x, y), drawText(word, x + 22, y + 4, 'small', palette.muted, palette)];
    right = Math.max(right, x + length);
    x += length + GAP;
    return part;
  });
  return { element: svg('g', { class: 'legend' }, parts), width: Math.ceil(right), height: y + ROW / 2 };
}
