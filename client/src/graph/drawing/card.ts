import type { ViewNode, ViewNodeType } from '../messages';
import { toKindLine } from './labels';
import { type Measure, wrapText } from './text';

/** Room that a card has around and beside its text, and the heights of its rows. */
export const CARD = { left: 40, right: 12, badge: 40, least: 136, most: 244, head: 46, row: 15 } as const;

/** What a card says, and how large it is for that. */
export interface Card {
  readonly width: number;
  readonly height: number;
  /** Below the name. */
  readonly rows: readonly string[];
}

/** How many rows tell of a node; what a role grants is what the picture is drawn for. */
const ROWS: Readonly<Record<ViewNodeType, number>> = {
  workload: 1,
  account: 2,
  subject: 2,
  binding: 2,
  role: 4,
  'iam-role': 2,
  'trust-policy': 2,
};

/** Measures the card of a node. */
export function toCard(node: ViewNode, measure: Measure): Card {
  const badge = node.faults.length > 0 ? CARD.badge : 0;
  const most = CARD.most - CARD.left - CARD.right;
  const rows = toRows(node, most, measure);
  const texts = rows.map((row) => measure(row, 'small'));
  const widest = Math.max(measure(node.name, 'name'), measure(toKindLine(node), 'small') + badge, ...texts);
  const width = Math.ceil(Math.min(CARD.most, Math.max(CARD.least, widest + CARD.left + CARD.right)));
  return { width, height: CARD.head + rows.length * CARD.row, rows };
}

function toRows({ type, lines }: ViewNode, width: number, measure: Measure): string[] {
  const most = ROWS[type];
  const rows: string[] = [];
  for (const [index, line] of shortLines(type, lines).entries()) {
    const isLast = rows.length === most - 1 && index < lines.length - 1 && type === 'role';
    if (isLast) return [...rows, `and ${lines.length - index} more`];
    if (rows.length === most) break;
    rows.push(...wrapText(line, width, most - rows.length, measure));
  }
  return rows;
}

/** Addresses are for the details: a card has no room for them. */
function shortLines(type: ViewNodeType, lines: readonly string[]): readonly string[] {
  return type === 'iam-role' || type === 'trust-policy' ? lines.slice(0, -1) : lines;
}
