import type { ViewFault, ViewNodeType } from '../messages';
import { round, type SvgElement, svg } from './svg';

/** What stands for each type: strokes in a square of 16 by 16. */
const ICONS: Readonly<Record<ViewNodeType, string>> = {
  // A box of containers.
  workload: 'M8 1.5 14 4.8v6.4L8 14.5 2 11.2V4.8zM2 4.8l6 3.3 6-3.3M8 8.1v6.4',
  // A badge with a head on it.
  account: 'M3 1.5h10v13H3zM8 4.2a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8M5 12c.4-1.7 1.6-2.4 3-2.4s2.6.7 3 2.4',
  // People.
  subject:
    'M6 2.5a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8M1.5 13.5c.4-3 2.3-4.2 4.5-4.2s4.1 1.2 4.5 4.2M10.5 2.8a2.2 2.2 0 0 1 0 4.2M12 9.6c1.6.5 2.3 1.9 2.5 3.9',
  // Two links of a chain.
  binding: 'M7 4.5 8.8 2.7a3.1 3.1 0 0 1 4.4 4.4L11.4 9M9 11.5l-1.8 1.8a3.1 3.1 0 0 1-4.4-4.4L4.6 7M6 10l4-4',
  // A key.
  role: 'M5 7.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M7.2 8.3 13.5 2M11 4.5l2 2M9 6.5l1.5 1.5',
  // A cloud.
  'iam-role': 'M4.5 12.5a3 3 0 0 1-.4-6 4.2 4.2 0 0 1 8-.6 3.3 3.3 0 0 1-.4 6.6z',
  // A shield.
  'trust-policy': 'M8 1.5 13.5 3.5v4.3c0 3.2-2.2 5.4-5.5 6.7-3.3-1.3-5.5-3.5-5.5-6.7V3.5zM5.6 7.9l1.8 1.8 3.2-3.5',
};

/** The icon of a type, its upper left corner at a place. */
export function drawIcon(type: ViewNodeType, x: number, y: number, color: string): SvgElement {
  const stroke = { fill: 'none', stroke: color, 'stroke-width': '1.3', 'stroke-linejoin': 'round' };
  return svg('path', {
    d: ICONS[type],
    transform: `translate(${round(x)} ${round(y)})`,
    ...stroke,
    'stroke-linecap': 'round',
  });
}

/** The sign of a severity, in a square of 14 by 14: told apart by its shape as well as by its colour. */
export function drawSign(
  severity: ViewFault['severity'],
  x: number,
  y: number,
  color: string,
  ink: string,
): SvgElement {
  const shapes = {
    error: 'M4.1 0h5.8L14 4.1v5.8L9.9 14H4.1L0 9.9V4.1z',
    warning: 'M7 .3 14 13.7H0z',
    info: 'M7 0a7 7 0 1 1 0 14A7 7 0 0 1 7 0z',
  };
  const marks = {
    error: 'M4.6 4.6l4.8 4.8M9.4 4.6 4.6 9.4',
    warning: 'M7 5.2v4M7 11.3v.4',
    info: 'M7 6.3v4.3M7 3.4v.4',
  };
  return svg('g', { transform: `translate(${round(x)} ${round(y)})` }, [
    svg('path', { d: shapes[severity], fill: color }),
    svg('path', { d: marks[severity], fill: 'none', stroke: ink, 'stroke-width': '1.6', 'stroke-linecap': 'round' }),
  ]);
}
