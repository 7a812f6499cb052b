import type { Edit } from '../text/edit';
import { getEol } from '../text/lines';
import type { Span } from '../text/span';
import { getParts, isAsWritten, toOuterSpan, touchesPart, trimEdit } from './hcl/named-parts';
import { getPlaceholders } from './hcl/parse';
import type { ScalarNode, Tree } from './node';

/** Where each code unit of a scalar's decoded text is written in the text around it. */
export interface OffsetMap {
  /** The place of a span of the decoded text. */
  toOuter(span: Span): Span;
  /**
   * An edit of the decoded text as one of the text around it, with the escapes and indentation that it needs there; undefined where it
   * would write out what has a name.
   */
  toOuterEdit(edit: Edit): Edit | undefined;
}

const ESCAPE = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/;

/**
 * Follows the decoded text of a block or quoted scalar through the way it is written: indentation, folded lines and escapes.
 * Undefined where the two cannot be laid side by side.
 */
export function toOffsetMap(tree: Tree, node: ScalarNode): OffsetMap | undefined {
  const { style } = node;
  if (style === 'plain') return undefined;
  if (tree.language === 'hcl') return style === 'literal' ? toHereDocumentMap(tree, node) : undefined;
  const isBlock = style === 'literal' || style === 'folded';
  const found = isBlock ? alignBlock(tree.text, node) : alignQuoted(tree.text, node);
  if (!found) return undefined;
  const { starts, ends, indent } = found;
  const toOuter = ({ start, end }: Span): Span => {
    const from = starts[start] ?? starts.at(-1) ?? node.span.end;
    return { start: from, end: end > start ? (ends[end - 1] ?? from) : from };
  };
  const write = isBlock
    ? (text: string) => text.replaceAll('\n', `${getEol(tree.text)}${indent}`)
    : (text: string) => escapeText(text, style === 'single-quoted');
  const toOuterEdit = ({ span, newText }: Edit): Edit => {
    const outer = toOuter(span);
    // What ends with a line break goes up to the text of the next line, so that only one indentation is left.
    const isLine = span.end > span.start && node.text[span.end - 1] === '\n';
    const end = isLine ? (starts[span.end] ?? outer.end) : outer.end;
    return { span: { start: outer.start, end }, newText: write(newText) };
  };
  return { toOuter, toOuterEdit };
}

/** A here-document says what it reads, but for its interpolations: those of names that are known are as long as their values. */
function toHereDocumentMap(tree: Tree, node: ScalarNode): OffsetMap | undefined {
  const { span, text } = node;
  const parts = getParts(node);
  if (!isAsWritten(text, parts, span)) return undefined;
  const placeholders = [...getPlaceholders(tree)];
  const write = (fresh: string) => placeholders.reduce((all, [from, to]) => all.replaceAll(from, () => to), fresh);
  const eol = getEol(tree.text);
  return {
    toOuter: (inner) => toOuterSpan(parts, span.start, inner),
    toOuterEdit: (edit) => {
      const { span: inner, newText } = touchesPart(parts, edit.span) ? trimEdit(text, edit) : edit;
      if (touchesPart(parts, inner)) return undefined;
      return { span: toOuterSpan(parts, span.start, inner), newText: write(newText).replaceAll('\n', eol) };
    },
  };
}

function escapeText(text: string, isSingle: boolean): string {
  return isSingle ? text.replaceAll("'", "''") : JSON.stringify(text).slice(1, -1);
}

interface Alignment {
  /** Offset of each code unit, and of the end of the text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** What a line of the text has in front of it. */
  readonly indent: string;
}

function alignBlock(text: string, { span, text: decoded }: ScalarNode): Alignment | undefined {
  const header = /^[|>][^\n]*\n/.exec(text.slice(span.start, span.end))?.[0];
  if (header === undefined) return undefined;
  const starts: number[] = [];
  const ends: number[] = [];
  let indent: string | undefined;
  let at = span.start + header.length;
  let isLineStart = true;
  for (let i = 0; i < decoded.length; i++) {
    const wanted = decoded[i];
    // Line breaks that folding takes away, and blank lines before the text.
    while (isLineStart && wanted !== '\n' && isLineBreakAt(text, skipBlanks(text, at))) at = nextLine(text, at);
    if (isLineStart) {
      const own = skipBlanks(decoded, i) - i;
      const isBlankLine = wanted === '\n' || decoded[i + own] === '\n';
      const from = Math.max(at, skipBlanks(text, at) - own);
      if (!isBlankLine) indent ??= text.slice(at, from);
      at = isBlankLine && wanted === '\n' ? skipBlanks(text, at) : from;
      isLineStart = false;
    }
    // At the end of a file the last line has its break even where none is written.
    if (wanted === '\n' && at === text.length && i === decoded.length - 1) {
      starts.push(at);
      ends.push(at);
      break;
    }
    const isBreak = isLineBreakAt(text, at);
    const isFold = wanted === ' ' && isBreak;
    if (!isFold && (wanted === '\n' ? !isBreak : text[at] !== wanted)) return undefined;
    const next = isBreak ? nextLine(text, at) : at + 1;
    starts.push(at);
    ends.push(next);
    at = next;
    isLineStart = isBreak;
  }
  if (at > span.end + 1) return undefined;
  return { starts: [...starts, at], ends, indent: indent ?? '' };
}

function alignQuoted(text: string, { span, style, text: decoded }: ScalarNode): Alignment | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = span.start + 1;
  const put = (next: number) => {
    starts.push(at);
    ends.push(next);
    at = next;
  };
  for (let i = 0; i < decoded.length; ) {
    if (at >= span.end) return undefined;
    const blanks = skipBlanks(text, at);
    if (isLineBreakAt(text, blanks)) {
      // One line break is a blank, each further one a line break; blanks around them are none of the text.
      const breaks = countBreaks(text, blanks);
      const folded = breaks.count === 1 ? ' ' : '\n'.repeat(breaks.count - 1);
      if (!decoded.startsWith(folded, i)) return undefined;
      for (let k = 0; k < folded.length; k++) put(k === folded.length - 1 ? breaks.end : at);
      i += folded.length;
      continue;
    }
    const sequence = style === 'double-quoted' ? ESCAPE.exec(text.slice(at, at + 10))?.[0] : undefined;
    if (sequence !== undefined && /^\\[\r\n]/.test(sequence)) {
      at = skipBlanks(text, nextLine(text, at + 1));
      continue;
    }
    const value = sequence === undefined ? toSingle(text, at, style) : toUnescaped(sequence);
    if (value.text.length !== 1 || decoded[i] !== value.text) return undefined;
    put(at + value.width);
    i++;
  }
  return { starts: [...starts, at], ends, indent: '' };
}

function toSingle(text: string, at: number, style: ScalarNode['style']): { text: string; width: number } {
  const isDoubled = style === 'single-quoted' && text.startsWith("''", at);
  return { text: text[at] ?? '', width: isDoubled ? 2 : 1 };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0', a: '\x07' };

function toUnescaped(sequence: string): { text: string; width: number } {
  const [, kind = '', digits = ''] = /^\\([\s\S])(.*)$/s.exec(sequence) ?? [];
  const text = digits === '' ? (ESCAPED[kind] ?? kind) : String.fromCodePoint(toCodePoint(digits));
  return { text, width: sequence.length };
}

function toCodePoint(digits: string): number {
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? code : 0xfffd;
}

function countBreaks(text: string, from: number): { count: number; end: number } {
  let count = 0;
  let end = from;
  for (let at = from; isLineBreakAt(text, at); at = skipBlanks(text, end)) {
    count++;
    end = nextLine(text, at);
  }
  return { count, end: skipBlanks(text, end) };
}

function isLineBreakAt(text: string, at: number): boolean {
  return text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
