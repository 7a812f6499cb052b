import { applyEdits, type Edit } from '../../../text/edit';
import { getNextLine } from '../../../text/lines';
import { isNull, isSameContent } from '../../change';
import { getComments } from '../../comments';
import type { Node, Tree } from '../../node';
import type { SourceFile } from '../../source-file';
import { parseYaml } from '../parse';
import { splitDocuments } from '../split';

const MARKER = /^\uFEFF?---(?=[ \t\r\n]|$)/m;
const BARE_MARKER = /^---[ \t]*\r?\n/;
const NO_CONTENT = /^\s*(?:#.*)?$|^\.\.\.(?:\s|$)/s;
const END_LINE = /^\.\.\.(?=[ \t\r\n]|$)/m;

/**
 * The edits that take documents with their markers out of a file, in units of its text. What is written about a document goes
 * with it. Comments at the top of the file that a blank line or a marker parts from the first document stay, and so do those at
 * the left margin behind a document, which may speak of the next one. A file without any document left becomes empty.
 * Undefined when the others would not be read as before.
 */
export function planRemoveDocuments(source: SourceFile, removed: ReadonlySet<number>): Edit[] | undefined {
  const { text, documents } = source;
  const isOther = (_: unknown, index: number): boolean => !removed.has(index);
  const others = documents.filter(isOther).map(({ tree }) => tree);
  if (source.language !== 'yaml' || documents.some(({ tree }, index) => removed.has(index) && !tree.isReliable))
    return undefined;
  const top = text.startsWith('\uFEFF') ? 1 : 0;
  if (others.every((tree) => isEmpty(tree) && getComments(tree).length === 0)) return toEdits([[top, text.length]]);
  const isMarked = MARKER.test(documents[0]?.tree.text ?? '');
  const cuts: [number, number][] = [];
  let before: Tree | undefined;
  // Whether what is left so far ends by a `...` of its own, which a comment before the next marker needs.
  let isEnded = true;
  for (const [index, { start, tree }] of documents.entries()) {
    if (removed.has(index)) {
      const next = documents.find((_, other) => other > index && !removed.has(other))?.tree;
      const isEndNeeded: boolean = !isEnded && next !== undefined && !/^---/.test(next.text);
      for (const [from, to] of getCuts(tree, index === 0, isEndNeeded)) cuts.push([start + from, start + to]);
      isEnded ||= isEndNeeded && END_LINE.test(tree.text);
    } else {
      // A file whose first document has no marker does not get one by losing that document.
      const marker = before || isMarked ? null : BARE_MARKER.exec(tree.text);
      if (marker) cuts.push([start, start + marker[0].length]);
      before = tree;
      isEnded = END_LINE.test(tree.text);
    }
  }
  const edits = toEdits(cuts);
  return isKept(applyEdits(text, edits) ?? '', source, others) ? edits : undefined;
}

/** The lines of a document that go, in units of its text. */
function getCuts(tree: Tree, isFirst: boolean, isEndNeeded: boolean): [number, number][] {
  const { text } = tree;
  const head = isFirst ? getHeadEnd(tree) : 0;
  const end = Math.max(getContentEnd(tree.root) ?? 0, getLastLine(text));
  const tail = getComments(tree).filter(({ span }) => span.start > end && text[span.start - 1] === '\n');
  const [tailStart, tailEnd] = [tail[0]?.span.start ?? text.length, tail.at(-1)?.span.start ?? -1];
  const cuts: [number, number][] = [];
  for (let line = text.startsWith('\uFEFF') ? 1 : 0; line < text.length; line = getNextLine(text, line)) {
    const isHead = line < head && text[line] !== '%';
    const isTail = line >= tailStart && line <= tailEnd;
    const isEnd = isEndNeeded && END_LINE.test(text.slice(line, line + 4));
    if (isHead || isTail || isEnd) continue;
    const last = cuts.at(-1);
    if (last?.[1] === line) last[1] = getNextLine(text, line);
    else cuts.push([line, getNextLine(text, line)]);
  }
  return cuts;
}

/** Where what is written about the file ends: at the marker, else behind the last blank line before the first key. */
function getHeadEnd({ text, root }: Tree): number {
  const marker = MARKER.exec(text);
  if (marker) return marker.index;
  const head = text.slice(0, root?.span.start ?? 0);
  const comment = head.indexOf('#');
  const blank = [...head.matchAll(/^[ \t]*\r?\n/gm)].at(-1);
  return blank && comment !== -1 && comment < blank.index ? blank.index + blank[0].length : 0;
}

/** Where the last thing that a node says ends: its own end may lie behind comments. */
function getContentEnd(node: Node | undefined): number | undefined {
  if (node?.type === 'mapping' && !node.isFlow) {
    const last = node.pairs.at(-1);
    return getContentEnd(last?.value) ?? last?.keySpan.end;
  }
  if (node?.type === 'sequence' && !node.isFlow) return getContentEnd(node.items.at(-1)) ?? node.span.start;
  return node?.span.end;
}

/** Where the last line begins that is no comment. An item or a value that is not written has no node, only such a line. */
function getLastLine(text: string): number {
  let last = 0;
  for (let line = 0; line < text.length; line = getNextLine(text, line)) {
    if (!NO_CONTENT.test(text.slice(line, getNextLine(text, line)))) last = line;
  }
  return last;
}

function toEdits(cuts: readonly (readonly [number, number])[]): Edit[] {
  return cuts.map(([start, end]) => ({ span: { start, end }, newText: '' }));
}

function isEmpty({ root, problems }: Tree): boolean {
  return isNull(root) && problems.length === 0;
}

/** True when a text is read as these documents. */
function isKept(text: string, { documents }: SourceFile, others: readonly Tree[]): boolean {
  const known = new Map(documents.map(({ tree }) => [tree.text, tree]));
  const trees = splitDocuments(text).map(({ start, end }) => {
    const slice = text.slice(start, end);
    return known.get(slice) ?? parseYaml(slice);
  });
  const [read, wanted] = [trees, others].map((all) => all.filter((tree) => !isEmpty(tree)));
  if (read?.length !== wanted?.length) return false;
  return read?.every((tree, index) => isSameTree(tree, wanted?.[index])) ?? false;
}

function isSameTree(tree: Tree, other: Tree | undefined): boolean {
  return tree === other || (tree.problems.length === other?.problems.length && isSameContent(tree.root, other.root));
}
