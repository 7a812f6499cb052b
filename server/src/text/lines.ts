const BOM = 0xfeff;

/** Offset of the first code unit of the line that holds `offset`; a BOM before the first line is no part of it. */
export function getLineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.charCodeAt(0) === BOM ? Math.min(1, offset) : start;
}

/** Offset of the line break that ends the line of `offset` (of its CR in CRLF), or the text's length. */
export function getLineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset of the line after the one of `offset`, or the text's length. */
export function getNextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** The line break that a text uses: that of its first line. */
export function getEol(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
