import type { FileResult } from '../check';
import type { UnreadFile } from '../inputs';
import { compareText } from '../paths';
import { SEVERITIES, type Summary } from '../summary';
import { type PrettyOptions, toCount } from './pretty';
import { toPrintable, wrap } from './style';

/** As many templates are listed one by one; more are told in one line. */
const HANDFUL = 5;
const INDENT = '  ';

/** What could not be checked, for people; '' when everything was. */
export function toPrettyErrors(
  results: readonly FileResult[],
  unread: readonly UnreadFile[],
  { style, width }: Pick<PrettyOptions, 'style' | 'width'>,
): string {
  const templates = new Set<string>();
  const entries = unread.map(({ shown, reason }) => ({ shown, place: shown, message: reason }));
  const templateEntries: typeof entries = [];
  for (const { input, errors } of results) {
    for (const { message, range, isTemplate } of errors) {
      const place = range ? `${input.shown}:${range.start.line + 1}:${range.start.character + 1}` : input.shown;
      (isTemplate ? templateEntries : entries).push({ shown: input.shown, place, message });
      if (isTemplate) templates.add(input.shown);
    }
  }
  const isMany = templates.size > HANDFUL;
  const listed = (isMany ? entries : [...entries, ...templateEntries]).sort((a, b) => compareText(a.shown, b.shown));
  if (listed.length === 0 && !isMany) return '';
  const lines = listed.flatMap(({ place, message }) => [
    `${INDENT}${style('bold', toPrintable(place))}`,
    ...wrap(toPrintable(message), width - 4).map((line) => `${INDENT}${INDENT}${line}`),
  ]);
  if (isMany) {
    const [first = ''] = templates;
    const text =
      `These are templates ({{ … }}), and what they render to is not known here. ` +
      'Render them first: helm template CHART | breakwater lint -';
    lines.push(`${INDENT}${style('bold', `${toPrintable(first)} and ${templates.size - 1} more files`)}`);
    lines.push(...wrap(text, width - 4).map((line) => `${INDENT}${INDENT}${line}`));
  }
  return `${style(['bold', 'underline'], 'Not checked')}\n${lines.join('\n')}\n\n`;
}

/** What `--fix` has done. */
export function toPrettyFixed(findings: number, files: number): string {
  return findings === 0
    ? 'Nothing was fixed.\n'
    : `Fixed ${toNumber(findings, 'finding')} in ${toNumber(files, 'file')}.\n`;
}

/** The last lines for people: what it all comes to, and what can be done at once. */
export function toPrettySummary(summary: Summary, { style }: Pick<PrettyOptions, 'style'>): string {
  const { findings, files, resources, filesWithFindings, fixable, unchecked } = summary;
  const read = `${toNumber(files, 'file')} (${toNumber(resources, 'resource')})`;
  const counts = SEVERITIES.filter((severity) => findings[severity] > 0).map((severity) =>
    toCount(findings[severity], severity),
  );
  const color = findings.error > 0 ? 'red' : counts.length > 0 ? 'yellow' : 'green';
  const found = counts.length > 0 ? `${toList(counts)} in ${filesWithFindings} of ${read}.` : `No findings in ${read}.`;
  const lines = [style([color, 'bold'], found)];
  if (fixable.safe > 0) {
    const more = fixable.unsafe > 0 ? `, ${fixable.unsafe} more with --fix --unsafe-fixes` : '';
    lines.push(`${fixable.safe} can be fixed with --fix${more}.`);
  } else if (fixable.unsafe > 0) {
    lines.push(`${fixable.unsafe} can be fixed with --fix --unsafe-fixes.`);
  }
  if (unchecked > 0) lines.push(style('yellow', `${toNumber(unchecked, 'file')} could not be checked, or not wholly.`));
  return `${lines.join('\n')}\n`;
}

function toNumber(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function toList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
