import type { Range } from '../../text/span';
import { getWidth, toPrintable } from './style';

const MOST = 100;
const LEAD = 30;

/** A line of code with what is meant in it: `mark` is as many blanks and signs as put the signs under what is meant. */
export interface CodeLine {
  readonly code: string;
  readonly mark: string;
}

/** The line in which a range starts, without its indentation, and cut where it is long (a JSON file can be one line). */
export function toCodeLine(line: string, { start, end }: Range): CodeLine {
  const to = end.line > start.line ? line.length : Math.min(end.character, line.length);
  const from = Math.min(start.character, to);
  const indentation = line.length - line.trimStart().length;
  let first = Math.min(indentation, from);
  if (to - first > MOST) first = alignToCharacter(line, Math.max(first, from - LEAD));
  const last = alignToCharacter(line, Math.min(line.length, Math.max(first + MOST, Math.min(to, from + MOST))));
  const before = toCells(line.slice(first, from));
  const meant = toCells(line.slice(from, Math.min(to, last)));
  const head = first > indentation ? '…' : '';
  const tail = last < line.trimEnd().length ? '…' : '';
  return {
    code: `${head}${before}${meant}${toCells(line.slice(Math.min(to, last), last)).trimEnd()}${tail}`,
    mark: `${' '.repeat(getWidth(head + before))}${'^'.repeat(Math.max(1, getWidth(meant)))}`,
  };
}

/** The same for a secret: only what is pointed at, which is its name. What stands beside it must not get into a log. */
export function toNameOnly(line: string, { start, end }: Range): CodeLine {
  const name = line.slice(start.character, end.line > start.line ? start.character : end.character);
  const shown = toCells(name.slice(0, MOST));
  return { code: `${shown}…`, mark: '^'.repeat(Math.max(1, getWidth(shown))) };
}

/** The same for a place beside a secret, of which nothing is shown. */
export function toHidden(): CodeLine {
  return { code: '…', mark: '^' };
}

/** Moves an index off the middle of a surrogate pair. */
function alignToCharacter(line: string, index: number): number {
  const code = line.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}

function toCells(text: string): string {
  return toPrintable(text).replaceAll('\t', '  ');
}
