import type { Position, Range, Span } from './span';

const LF = 10;
const CR = 13;

/** Converts between offsets and positions of one text. A line ends at LF, CRLF or a lone CR, as in LSP. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#length = text.length;
  }

  /** How many lines the text has; an empty text has one. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of the first code unit of a line; the text's length for a line past the end. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** Position of an offset; offsets outside the text are moved to its nearest end. */
  positionAt(offset: number): Position {
    const target = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle) <= target) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: target - this.lineStart(low) };
  }

  /** Offset of a position; a character past the end of its line stops where the next line starts. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.#starts.length) return this.#length;
    const start = this.lineStart(position.line);
    return Math.min(start + Math.max(0, position.character), this.lineStart(position.line + 1));
  }

  /** Range of a span. */
  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }
}
