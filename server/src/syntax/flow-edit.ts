import type { Edit } from '../text/edit';
import { getEol, getLineEnd, getLineStart, getNextLine } from '../text/lines';
import { getComments, skipTrivia } from './comments';
import { type Entry, getEntries, hasBrackets } from './entries';
import type { MappingNode, SequenceNode, Tree } from './node';

/** A mapping or sequence between brackets: what JSON is made of, and YAML where it is written like JSON. */
export type FlowNode = MappingNode | SequenceNode;

/** Writes an entry; `indent` is the blank text its line begins with, undefined where all stands on one line. */
export type WriteEntry = (indent: string | undefined) => string;

/** Adds an entry at the end of a collection between brackets; `separator` goes before it where all stands on one line. */
export function planFlowInsert(tree: Tree, node: FlowNode, write: WriteEntry, separator = ', '): Edit[] | undefined {
  const entries = hasBrackets(tree, node) ? getEntries(tree, node) : undefined;
  if (!entries) return undefined;
  const last = entries.at(-1);
  if (!last) return fillEmpty(tree, node, write);
  const { text } = tree;
  const comma = skipTrivia(tree, last.end);
  const hasComma = text[comma] === ',';
  const indent = getOwnIndent(tree, node, last);
  // Close behind a colon, YAML 1.1 takes a comma for a part of the key.
  const gap = last.hasColon && !last.value ? ' ' : '';
  if (indent === undefined) return [{ span: at(last.end), newText: `${gap}${separator}${write(undefined)}` }];
  const eol = getEol(text);
  const line = `${eol}${indent}${write(indent)}`;
  const behind = hasComma ? comma + 1 : last.end;
  if (!isRestTrivia(tree, behind)) return [{ span: at(last.end), newText: `${gap},${line}` }];
  const lineEnd = { span: at(getLineEnd(text, behind)), newText: hasComma ? `${line},` : line };
  return hasComma ? [lineEnd] : [{ span: at(last.end), newText: `${gap},` }, lineEnd];
}

/** Removes an entry of a collection between brackets; comments on lines of their own stay. */
export function planFlowRemove(tree: Tree, node: FlowNode, index: number): Edit[] | undefined {
  const entries = hasBrackets(tree, node) ? getEntries(tree, node) : undefined;
  const entry = entries?.[index];
  if (!entries || !entry) return undefined;
  const { text } = tree;
  const [previous, next] = [entries[index - 1], entries[index + 1]];
  const open = node.span.start + 1;
  const close = node.span.end - 1;
  const hasCommentIn = (start: number, end: number): boolean =>
    getComments(tree).some(({ span }) => span.start >= start && span.end <= end);
  if (!previous && !next && !hasCommentIn(open, close)) return [cut(open, close)];
  if (next && !hasCommentIn(entry.end, next.start)) return [cut(entry.start, next.start)];
  if (!next && previous && !hasCommentIn(previous.end, entry.end)) {
    return [cut(previous.end, isRestTrivia(tree, entry.end) ? getLineEnd(text, entry.end) : entry.end)];
  }
  // Comments stand around it: the entry goes with its comma and with the rest of its line if that is only a comment.
  const comma = skipTrivia(tree, entry.end);
  const hasComma = text[comma] === ',';
  const own = cutLine(tree, entry.start, hasComma ? comma + 1 : entry.end);
  if (next || hasComma || !previous) return [own];
  const before = skipTrivia(tree, previous.end);
  return [cut(before, before + 1), own];
}

/** The blanks that an entry's line begins with, when the entry stands on a line of its own below the bracket. */
function getOwnIndent(tree: Tree, node: FlowNode, entry: Entry): string | undefined {
  const lineStart = getLineStart(tree.text, entry.start);
  const prefix = tree.text.slice(lineStart, entry.start);
  return lineStart > node.span.start && /^[ \t]*$/.test(prefix) ? prefix : undefined;
}

function fillEmpty(tree: Tree, node: FlowNode, write: WriteEntry): Edit[] {
  const { text, language } = tree;
  const [open, close] = [node.span.start + 1, node.span.end - 1];
  // What is written between the brackets is a comment, and stays before the entry.
  if (text.slice(open, close).trim() !== '') return [{ span: at(close), newText: write(undefined) }];
  if (language === 'json' && text.trim().includes('\n')) {
    const eol = getEol(text);
    const outer = getLineIndent(text, open);
    const inner = outer + getIndentUnit(text);
    return [{ span: { start: open, end: close }, newText: `${eol}${inner}${write(inner)}${eol}${outer}` }];
  }
  return [{ span: { start: open, end: close }, newText: write(undefined) }];
}

/** The blanks that the line of `offset` begins with. */
export function getLineIndent(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(getLineStart(text, offset), getLineEnd(text, offset)))?.[0] ?? '';
}

/** One level of indentation: the blanks of the first line that has any. */
export function getIndentUnit(text: string): string {
  return /\n([ \t]+)[^\s]/.exec(text)?.[1] ?? '  ';
}

/** True when nothing but a comment follows on the line. */
function isRestTrivia(tree: Tree, from: number): boolean {
  const lineEnd = getLineEnd(tree.text, from);
  return skipTrivia(tree, from) >= lineEnd && lineEnd < tree.text.length;
}

/** Cuts a piece of a line, with the comment behind it; the whole line where nothing else is on it. */
function cutLine(tree: Tree, start: number, end: number): Edit {
  const { text } = tree;
  const isLast = isRestTrivia(tree, end);
  const isFirst = text.slice(getLineStart(text, start), start).trim() === '';
  if (isFirst && isLast) return cut(getLineStart(text, start), getNextLine(text, end));
  if (isLast) return cut(start, getLineEnd(text, end));
  return cut(start, end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0));
}

function cut(start: number, end: number): Edit {
  return { span: { start, end }, newText: '' };
}

function at(offset: number): { start: number; end: number } {
  return { start: offset, end: offset };
}
