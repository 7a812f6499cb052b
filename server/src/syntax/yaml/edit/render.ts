import { isFilledCollection, isPlainSequence, type PlainValue } from '../../plain-value';
import { quote, writeString } from './quote';
import type { BlockStyle } from './style';

/** What is written after `key:` or `-`: the rest of that line, and the lines below it. */
export interface RenderedValue {
  /** Empty, or a blank and what follows. */
  readonly inline: string;
  readonly lines: readonly string[];
  /** True for a collection, whose entries stand one below the other. */
  readonly isAligned: boolean;
}

/** A number, boolean, null, empty collection or string on one line. Undefined for what YAML 1.1 cannot say. */
export function renderInline(
  value: PlainValue,
  style: Pick<BlockStyle, 'quote'>,
  isFlow: boolean,
  hasQuotes = false,
): string {
  if (typeof value === 'string') return writeString(value, isFlow, style.quote, hasQuotes);
  if (isPlainSequence(value)) return `[${value.map((item) => renderInline(item, style, true, hasQuotes)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => {
      const name = writeString(key, true, style.quote, hasQuotes);
      return `${name}: ${renderInline(item, style, true, hasQuotes)}`;
    });
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

/** A value below a key (or after a dash) at `column`. */
export function renderValue(value: PlainValue, column: number, style: BlockStyle): RenderedValue {
  if (!isFilledCollection(value)) {
    const literal = typeof value === 'string' ? renderLiteral(value, column + style.step, style) : undefined;
    return literal ?? { inline: ` ${renderInline(value, style, false)}`, lines: [], isAligned: false };
  }
  const isSequence = isPlainSequence(value);
  const inner = column + (isSequence ? style.sequenceOffset : style.step);
  return { inline: '', lines: renderBlock(value, inner, style), isAligned: true };
}

/** The lines of a mapping or sequence whose keys or dashes stand at `column`. */
export function renderBlock(value: PlainValue, column: number, style: BlockStyle): string[] {
  if (isPlainSequence(value)) return value.flatMap((item) => renderItem(item, column, style));
  return Object.entries(value ?? {}).flatMap(([key, item]) => renderEntry(key, item, column, style));
}

/** The lines of `key: value`. */
export function renderEntry(key: string, value: PlainValue, column: number, style: BlockStyle): string[] {
  const { inline, lines } = renderValue(value, column, style);
  return [`${' '.repeat(column)}${writeString(key, false, style.quote)}:${inline}`, ...lines];
}

/** The lines of `- value`; the first entry of a mapping stands on the dash's line. */
export function renderItem(value: PlainValue, column: number, style: BlockStyle): string[] {
  const dash = `${' '.repeat(column)}-`;
  if (isFilledCollection(value)) {
    const inner = column + 1 + style.dashGap;
    const [first = '', ...rest] = renderBlock(value, inner, style);
    return [`${dash}${' '.repeat(style.dashGap)}${first.slice(inner)}`, ...rest];
  }
  const { inline, lines } = renderValue(value, column, style);
  return [`${dash}${' '.repeat(style.dashGap - 1)}${inline}`, ...lines];
}

/** A string of several lines as a literal; undefined for one that a literal cannot hold as it is. */
function renderLiteral(text: string, column: number, style: BlockStyle): RenderedValue | undefined {
  if (!text.includes('\n') || /^[ \t\n]|[ \t](?:\n|$)|\n\n$|\r/.test(text) || quote(text, '"').includes('\\u')) {
    return undefined;
  }
  const isEnded = text.endsWith('\n');
  if (isEnded && !style.hasFinalBreak) return undefined;
  const content = isEnded ? text.slice(0, -1) : text;
  const lines = content.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(column)}${line}`));
  return { inline: isEnded ? ' |' : ' |-', lines, isAligned: false };
}
