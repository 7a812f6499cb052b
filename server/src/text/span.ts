/** A half-open range of UTF-16 code units in one text: `start` is included, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A zero-based place in a text, counted as LSP counts: `character` is in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A zero-based half-open range of positions. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The same span, moved by `delta` code units. */
export function shiftSpan(span: Span, delta: number): Span {
  return { start: span.start + delta, end: span.end + delta };
}
