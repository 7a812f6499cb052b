import type { Span } from '../text/span';
import type { Node, ScalarNode, Tree } from './node';

/** A comment from its `#` (`//`, `/*` in JSON, all of them in HCL) to the end of its line (to its end), in units of the document's text. */
export interface Comment {
  readonly span: Span;
  /** True when nothing but blanks stands before it on its line. */
  readonly isOwnLine: boolean;
}

const CACHE = new WeakMap<Tree, readonly Comment[]>();

/** The comments of a document in the order of places. `#` inside scalars is none. */
export function getComments(tree: Tree): readonly Comment[] {
  const known = CACHE.get(tree);
  if (known) return known;
  const comments: Comment[] = [];
  let from = 0;
  for (const span of getScalarSpans(tree)) {
    collect(tree, from, span.start, comments);
    from = Math.max(from, span.end);
  }
  collect(tree, from, tree.text.length, comments);
  CACHE.set(tree, comments);
  return comments;
}

/** Offset of what comes after the blanks, line breaks and comments at `from`; the text's length when nothing does. */
export function skipTrivia(tree: Pick<Tree, 'text' | 'language'>, from: number): number {
  const { text } = tree;
  let at = from;
  while (at < text.length) {
    if (isBlank(text.charCodeAt(at))) at++;
    else {
      const end = getCommentEnd(tree, at);
      if (end === undefined) return at;
      at = end;
    }
  }
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || code === 0xfeff;
}

/** Where the comment that starts at `at` ends; undefined when none starts there. */
function getCommentEnd({ text, language }: Pick<Tree, 'text' | 'language'>, at: number): number | undefined {
  if (language === 'json' || language === 'hcl') {
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      return end === -1 ? text.length : end + 2;
    }
    if (!text.startsWith('//', at) && (language === 'json' || text[at] !== '#')) return undefined;
  } else if (text[at] !== '#' || (at > 0 && !isBlank(text.charCodeAt(at - 1)))) {
    return undefined;
  }
  const newline = text.indexOf('\n', at);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

function collect(tree: Tree, from: number, to: number, into: Comment[]): void {
  const { text } = tree;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== 35 && code !== 47) continue;
    const end = getCommentEnd(tree, at);
    if (end === undefined) continue;
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    const isOwnLine = at === 0 || /^[ \t\uFEFF]*$/.test(text.slice(lineStart, at));
    into.push({ span: { start: at, end }, isOwnLine });
    at = end;
  }
}

function isBlockScalar({ style }: ScalarNode): boolean {
  return style === 'literal' || style === 'folded';
}

/** Where scalars stand, so that no comment is looked for there; of a block scalar without the line of its header. */
function getScalarSpans(tree: Tree): Span[] {
  const spans: Span[] = [];
  const visit = (node: Node | undefined): void => {
    if (!node) return;
    if (node.type === 'mapping') {
      for (const pair of node.pairs) {
        spans.push(pair.keySpan);
        visit(pair.value);
      }
    } else if (node.type === 'sequence') {
      for (const item of node.items) visit(item);
    } else if (node.type === 'scalar' && isBlockScalar(node) && tree.language === 'yaml') {
      const newline = tree.text.indexOf('\n', node.span.start);
      if (newline !== -1 && newline < node.span.end) spans.push({ start: newline, end: node.span.end });
    } else {
      spans.push(node.span);
    }
  };
  visit(tree.root);
  return spans.sort((a, b) => a.start - b.start);
}
