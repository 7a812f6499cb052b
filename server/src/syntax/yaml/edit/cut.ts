import type { Edit } from '../../../text/edit';
import { getLineEnd, getLineStart, getNextLine } from '../../../text/lines';
import { getComments } from '../../comments';
import type { Tree } from '../../node';

/**
 * Takes block text from `start` (the first code unit of a key, a dash or a value) to `end` (past its last) out of a document,
 * with the comment behind it on its last line. Comments on lines of their own in between stay. The line on which the text starts
 * stays when something stands before the text on it.
 */
export function cutBlock(tree: Tree, start: number, end: number): Edit[] {
  const { text } = tree;
  const firstLine = getLineStart(text, start);
  const prefix = text.slice(firstLine, start);
  const isWholeLine = prefix.trim() === '';
  const kept = getCommentLines(tree, start, end);
  const edits: Edit[] = [];
  let from = isWholeLine ? firstLine : firstLine + prefix.trimEnd().length;
  for (const line of kept) {
    // What is left of the first line keeps its line break; whole lines go with theirs.
    const isFirst = edits.length === 0 && !isWholeLine;
    push(edits, from, isFirst ? getLineEnd(text, previousBreak(text, line)) : line);
    from = getNextLine(text, line);
  }
  const lineEnd = getLineEnd(text, end);
  if (kept.length === 0 && !isWholeLine) push(edits, from, lineEnd);
  else if (from <= end) push(edits, lineEnd === text.length ? stepOverBreak(text, from) : from, getNextLine(text, end));
  return edits;
}

/** Line starts of the comments that have a line of their own within a piece of text. */
export function getCommentLines(tree: Tree, start: number, end: number): number[] {
  return getComments(tree)
    .filter(({ span, isOwnLine }) => isOwnLine && span.start >= start && span.end <= end)
    .map(({ span }) => getLineStart(tree.text, span.start));
}

function push(edits: Edit[], start: number, end: number): void {
  if (end > start) edits.push({ span: { start, end }, newText: '' });
}

/** Offset within the line break before a line start. */
function previousBreak(text: string, lineStart: number): number {
  const newline = lineStart - 1;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** A document without a final line break stays one: the break before its last line goes with that line. */
function stepOverBreak(text: string, lineStart: number): number {
  return lineStart > 0 && text[lineStart - 1] === '\n' ? previousBreak(text, lineStart) : lineStart;
}
