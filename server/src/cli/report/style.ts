import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Puts colours on a text, or leaves it as it is. */
export type Style = (format: Format, text: string) => string;

/** A style with colours or without. */
export function toStyle(isColored: boolean): Style {
  return isColored ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

/** Whether a stream should get colours: FORCE_COLOR and NO_COLOR decide, else whether it is a terminal that has them. */
export function hasColors(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  const force = environment.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (environment.NO_COLOR) return false;
  return stream.isTTY === true && stream.hasColors(environment);
}

// C0, DEL and C1 controls (a tab aside), and the marks that turn the direction of writing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A text of someone's file that is safe to print: what would steer the terminal is shown as a replacement character. */
export function toPrintable(text: string): string {
  return text.replace(UNSAFE, '\uFFFD');
}

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
const NARROW = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** How many columns a terminal needs for a text: two for CJK and emoji, none for what combines with its neighbour. */
export function getWidth(text: string): number {
  let width = 0;
  for (const character of text) width += NARROW.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Breaks a text at blanks into lines of at most `width` columns; a longer word gets a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && getWidth(line) + 1 + getWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
