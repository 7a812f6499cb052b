import type { Edit } from '../text/edit';
import { LineIndex } from '../text/line-index';
import type { HclValues } from './hcl/values';
import type { Language } from './language';
import type { Tree } from './node';
import { readTree } from './read-tree';
import { parseYaml } from './yaml/parse';
import { splitDocuments } from './yaml/split';

/** One document of a file. Trees are shared between versions of a file: offsets in them count from `start`. */
export interface SourceDocument {
  /** Offset of the document's text in the file. */
  readonly start: number;
  readonly tree: Tree;
}

/** A file's text with its documents read. Immutable: an edit makes a new one that shares what did not change. */
export interface SourceFile {
  readonly text: string;
  readonly language: Language;
  readonly lines: LineIndex;
  readonly documents: readonly SourceDocument[];
}

/** Reads a whole file. `values`: what other files of the folder define, for files of Terraform. Never throws. */
export function readSource(text: string, language: Language, values?: HclValues): SourceFile {
  if (language !== 'yaml') return toFile(text, language, [{ start: 0, tree: readTree(text, language, values) }]);
  return toFile(text, language, parseSlices(text, 0, text.length));
}

/**
 * The file after one edit. Only the documents that the edit touches are parsed again, with one neighbour on each side,
 * because an edit can make or unmake a marker at the border.
 */
export function updateSource(file: SourceFile, edit: Edit, text: string): SourceFile {
  if (file.language !== 'yaml') return readSource(text, file.language);
  const { documents } = file;
  const first = Math.max(0, findDocument(documents, edit.span.start) - 1);
  const last = Math.min(documents.length - 1, findDocument(documents, edit.span.end) + 1);
  const delta = text.length - file.text.length;
  const from = documents[first]?.start ?? 0;
  const next = documents[last + 1];
  const to = next ? next.start + delta : text.length;
  const before = new Map<string, Tree>();
  for (const { tree } of documents.slice(first, last + 1)) before.set(tree.text, tree);
  const middle = parseSlices(text, from, to, before);
  // A half-typed marker can leave the window's last slice without a marker of its own before the next one: read it all.
  if (next && !isClosed(middle.at(-1)?.tree.text ?? '')) return readSource(text, 'yaml');
  const after = documents.slice(last + 1).map(({ start, tree }) => ({ start: start + delta, tree }));
  return toFile(text, 'yaml', [...documents.slice(0, first), ...middle, ...after]);
}

/** Index of the document that holds an offset. */
export function findDocument(documents: readonly SourceDocument[], offset: number): number {
  let low = 0;
  let high = documents.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((documents[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** True when the slice is one that a following `---` would end, rather than comments that belong to what follows. */
function isClosed(slice: string): boolean {
  return splitDocuments(`${slice}${slice.endsWith('\n') ? '' : '\n'}---\n`).length > 1;
}

function parseSlices(text: string, from: number, to: number, known?: ReadonlyMap<string, Tree>): SourceDocument[] {
  return splitDocuments(text, from, to).map(({ start, end }) => {
    const slice = text.slice(start, end);
    return { start, tree: known?.get(slice) ?? parseYaml(slice) };
  });
}

function toFile(text: string, language: Language, documents: readonly SourceDocument[]): SourceFile {
  let lines: LineIndex | undefined;
  return {
    text,
    language,
    documents,
    get lines() {
      lines ??= new LineIndex(text);
      return lines;
    },
  };
}
