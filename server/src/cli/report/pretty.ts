import type { Severity } from '../../engine/settings';
import { holdsSecret } from '../../model/kubernetes/secret-text';
import type { FileResult, ReportedFinding } from '../check';
import { type FixOffer, getAutomaticFix } from '../offers';
import { SEVERITIES } from '../summary';
import { type CodeLine, toCodeLine, toHidden, toNameOnly } from './code-line';
import { type Style, toPrintable, wrap } from './style';

/** How a report for people is to look. */
export interface PrettyOptions {
  readonly style: Style;
  /** Columns to break messages at; Infinity leaves them whole, as programs that read lines want them. */
  readonly width: number;
  /** How to name a file by its URI. */
  readonly toShown: (uri: string) => string;
}

/** How far from what is pointed at a secret is looked for: further than any report shows, and within a file of one line not all of it. */
const AROUND = 1000;

const COLORS = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** One file's findings for people; '' when it has none. */
export function toPrettyFile({ input, findings }: FileResult, options: PrettyOptions): string {
  if (findings.length === 0) return '';
  const { style } = options;
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [style(COLORS[severity], toCount(count, severity))];
  });
  const heading = `${style(['bold', 'underline'], toPrintable(input.shown))}  ${counts.join(', ')}`;
  const column = Math.max(...findings.map((finding) => toPlace(finding).length));
  const secret = new Set(findings.flatMap(({ category, range }) => (category === 'secrets' ? range.start.line : [])));
  const shown = findings.map((finding) =>
    toPrettyFinding(finding, toCode(finding, secret), input.uri, column, options),
  );
  return [heading, ...shown].join('\n');
}

/** Of a line with a secret only a name is shown, and nothing where what is pointed at may be the secret. */
function toCode({ category, codeLine, range }: ReportedFinding, secretLines: ReadonlySet<number>): CodeLine {
  if (category === 'secrets') return toNameOnly(codeLine, range);
  const { line, character } = range.start;
  const around = codeLine.slice(Math.max(0, character - AROUND), character + AROUND);
  return secretLines.has(line) || holdsSecret(around) ? toHidden() : toCodeLine(codeLine, range);
}

function toPrettyFinding(
  finding: ReportedFinding,
  { code, mark }: CodeLine,
  uri: string,
  column: number,
  options: PrettyOptions,
): string {
  const { style, width, toShown } = options;
  const { severity, rule, message, range, related, fixes } = finding;
  const color = COLORS[severity];
  const body = ' '.repeat(column + 4);
  const gutter = style('dim', '│');
  const number = String(range.start.line + 1).padStart(column);
  const lines = [
    `  ${style('bold', toPlace(finding).padStart(column))}  ${style([color, 'bold'], severity)}  ${style('cyan', rule)}`,
    ...wrap(toPrintable(message), width - body.length).map((line) => `${body}${line}`),
    `  ${style('dim', number)}  ${gutter} ${code}`,
    `${body}${gutter} ${style(color, mark)}`,
    ...related.map((place) => {
      const { line, character } = place.range.start;
      const where = `${toPrintable(toShown(place.uri))}:${line + 1}:${character + 1}`;
      return `${body}${style('dim', 'See:')} ${style('bold', where)}  ${toPrintable(place.message)}`;
    }),
    ...toFixLines(fixes, uri).map(
      (line, index) => `${body}${style('green', index === 0 ? 'Fix:' : ' or:')} ${toPrintable(line)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Each fix on a line; the one that `--fix` would make says so, the others are for the editor. */
function toFixLines(fixes: readonly FixOffer[], uri: string): string[] {
  const safe = getAutomaticFix(fixes, uri, false);
  const unsafe = getAutomaticFix(fixes, uri, true);
  return fixes.map((fix) => {
    const how = fix === safe ? '  (--fix)' : fix === unsafe ? '  (--fix --unsafe-fixes)' : '';
    return `${fix.title}${how}`;
  });
}

function toPlace({ range }: ReportedFinding): string {
  return `${range.start.line + 1}:${range.start.character + 1}`;
}

/** `1 error`, `2 warnings`, `3 notes`. */
export function toCount(count: number, severity: Severity): string {
  return `${count} ${severity === 'info' ? 'note' : severity}${count === 1 ? '' : 's'}`;
}
