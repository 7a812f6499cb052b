import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { MAX_DEPTH, MAX_DOCUMENT_LENGTH } from './limits';
import type { Node, Pair, SyntaxProblem, Tree } from './node';

const NO_ANCHORS: ReadonlySet<string> = new Set();

/** Reads a JSON text (comments and trailing commas allowed) into the same tree as YAML. Never throws. */
export function parseJson(text: string): Tree {
  const problems: SyntaxProblem[] = [];
  const tree = (root: Node | undefined, isReliable: boolean): Tree => {
    return { text, language: 'json', root, problems, isReliable, sharedAnchors: NO_ANCHORS };
  };
  if (text.length > MAX_DOCUMENT_LENGTH) {
    const message = `Not checked: this file is longer than ${MAX_DOCUMENT_LENGTH} characters.`;
    problems.push({ kind: 'budget', message, span: { start: 0, end: 0 } });
    return tree(undefined, false);
  }
  try {
    const errors: ParseError[] = [];
    // A BOM is no token to the scanner; a blank in its place keeps every offset.
    const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
    const root = parseTree(source, errors, { allowTrailingComma: true, disallowComments: false });
    for (const { error, offset, length } of errors) {
      const message = `Not checked: not valid JSON (${printParseErrorCode(error)}).`;
      problems.push({ kind: 'syntax', message, span: { start: offset, end: offset + length } });
    }
    const isReliable = errors.length === 0;
    return tree(root && toNode(root, text, problems, 0), isReliable);
  } catch {
    problems.push({ kind: 'budget', message: 'Not checked: nested too deeply.', span: { start: 0, end: 0 } });
    return tree(undefined, false);
  }
}

function toNode(node: JsonNode, text: string, problems: SyntaxProblem[], depth: number): Node {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  const span = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'array') {
    const items = (node.children ?? []).map((child) => toNode(child, text, problems, depth + 1));
    return { type: 'sequence', span, isFlow: true, items };
  }
  if (node.type === 'object') {
    const seen = new Set<string>();
    const pairs = (node.children ?? []).flatMap((property): Pair[] => {
      const [key, value] = property.children ?? [];
      if (!key) return [];
      const keySpan = { start: key.offset, end: key.offset + key.length };
      const name = String(key.value);
      if (seen.has(name)) {
        const message = `The key "${name}" is written twice here; only the last one counts.`;
        problems.push({ kind: 'duplicate-key', message, span: keySpan });
      }
      seen.add(name);
      return [{ key: name, keySpan, value: value && toNode(value, text, problems, depth + 1) }];
    });
    return { type: 'mapping', span, isFlow: true, pairs };
  }
  const style = node.type === 'string' ? 'double-quoted' : 'plain';
  const raw = text.slice(span.start, span.end);
  return { type: 'scalar', span, style, value: node.value, text: typeof node.value === 'string' ? node.value : raw };
}
