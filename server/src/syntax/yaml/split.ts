import type { Span } from '../../text/span';

const NEWLINE = 10;
const RETURN = 13;
const HYPHEN = 45;
const DOT = 46;

/** What a line at column 0 is to the stream: a document's start, a document's end, content, or none of these. */
type LineKind = 'start' | 'end' | 'content' | 'filler';

function getLineKind(text: string, from: number): LineKind {
  const code = text.charCodeAt(from);
  if ((code === HYPHEN || code === DOT) && text.charCodeAt(from + 1) === code && text.charCodeAt(from + 2) === code) {
    const after = text.charCodeAt(from + 3);
    if (Number.isNaN(after) || after === NEWLINE || after === RETURN || after === 32 || after === 9) {
      return code === HYPHEN ? 'start' : 'end';
    }
  }
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === NEWLINE || c === RETURN) return 'filler';
    if (c === 32 || c === 9 || c === 0xfeff) continue;
    return c === 35 || (c === 37 && i === from) ? 'filler' : 'content';
  }
  return 'filler';
}

/**
 * Cuts `text` between `from` and `to` into slices that each hold one YAML document, in order and without gaps.
 * YAML 1.2 (rule c-forbidden) lets no scalar contain a line that starts with a marker, so no lexer is needed. Comments and
 * directives before the first `---` belong to the document that it starts; what follows `...` belongs to the next one.
 */
export function splitDocuments(text: string, from = 0, to = text.length): Span[] {
  const slices: Span[] = [];
  let start = from;
  let hasMarker = false;
  let hasContent = false;
  let line = from;
  while (line < to) {
    const kind = getLineKind(text, line);
    const newline = text.indexOf('\n', line);
    const next = newline === -1 || newline >= to ? to : newline + 1;
    if (kind === 'start') {
      if (hasMarker || hasContent) {
        slices.push({ start, end: line });
        start = line;
      }
      hasMarker = true;
      hasContent = false;
    } else if (kind === 'end') {
      slices.push({ start, end: next });
      start = next;
      hasMarker = false;
      hasContent = false;
    } else if (kind === 'content') {
      hasContent = true;
    }
    line = next;
  }
  if (start < to || slices.length === 0) slices.push({ start, end: to });
  return slices;
}
