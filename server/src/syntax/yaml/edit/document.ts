import type { Edit } from '../../../text/edit';
import type { Tree } from '../../node';
import type { PlainValue } from '../../plain-value';
import { Ref } from '../../ref';
import { renderBlock, renderInline } from './render';
import { getBlockStyle } from './style';

/** An object to be written as a document of its own. */
export interface NewDocument {
  readonly value: PlainValue;
  /** Lines of text to write above it, without `#`. */
  readonly comment?: string;
}

/** The text of documents, each behind a `---` but for the first; indented and quoted as `like` is. */
export function renderDocuments(documents: readonly NewDocument[], like: Tree, eol: string): string {
  const style = getBlockStyle(Ref.root(like));
  const texts = documents.map(({ value, comment }) => {
    const notes = comment === undefined ? [] : comment.split('\n').map((line) => `# ${line}`.trimEnd());
    const isCollection = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    const lines = isCollection ? renderBlock(value, 0, style) : [renderInline(value, style, false)];
    return [...notes, ...lines].map((line) => line + eol).join('');
  });
  return texts.join(`---${eol}`);
}

/**
 * The edit that puts documents after the one that `tree` is, in units of its text. A document that is ended by `...` is
 * followed by ones that are; a file without a final line break stays one.
 */
export function planInsertDocuments(tree: Tree, documents: readonly NewDocument[], eol: string): Edit {
  const { text } = tree;
  const isEnded = text === '' || text.endsWith('\n');
  const isClosed = /(?:^|\n)\.\.\.(?:[ \t][^\n]*)?\r?\n$/.test(text);
  const body = `---${eol}${renderDocuments(documents, tree, eol)}`;
  const span = { start: text.length, end: text.length };
  if (!isEnded) return { span, newText: `${eol}${body.slice(0, -eol.length)}` };
  return { span, newText: isClosed ? `${body}...${eol}` : body };
}
