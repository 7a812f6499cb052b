import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import { type OffsetMap, toOffsetMap } from './embedded-map';
import { parseJson } from './json';
import type { Node, Pair, ScalarNode, Tree } from './node';

/** The step of a route from a scalar into the JSON that is its text. No other step leads on from a scalar. */
export const EMBEDDED = '(json)';

/** JSON that is the text of a scalar. */
export interface Embedded {
  /** The text by itself, with places of its own. */
  readonly tree: Tree;
  /** The same content with places of the document around it. */
  readonly root: Node;
  /** Edits of the text by itself as edits of the document around it; undefined where it is not written as it is read. */
  toOuterEdits(edits: readonly Edit[]): readonly Edit[] | undefined;
}

const KNOWN = new WeakMap<ScalarNode, { readonly embedded: Embedded | undefined }>();

/** The JSON object that a string scalar holds, URL-encoded or not; undefined for any other text. */
export function getEmbedded(tree: Tree, node: ScalarNode): Embedded | undefined {
  const known = KNOWN.get(node);
  if (known) return known.embedded;
  const embedded = typeof node.value === 'string' ? readEmbedded(tree, node) : undefined;
  KNOWN.set(node, { embedded });
  return embedded;
}

function readEmbedded(tree: Tree, node: ScalarNode): Embedded | undefined {
  // What `aws iam get-role` answers: the document is there, but none of it at a place of its own.
  const isEncoded = /^%7B/i.test(node.text);
  const text = isEncoded ? decode(node.text) : node.text;
  if (text === undefined || !/^\s*\{/.test(text)) return undefined;
  const map = isEncoded ? undefined : toOffsetMap(tree, node);
  const inner = parseJson(text);
  if (!inner.isReliable || inner.root?.type !== 'mapping' || (!isEncoded && !map)) return undefined;
  return {
    tree: inner,
    root: moveNode(inner.root, map ? map.toOuter : () => node.span),
    toOuterEdits: (edits) => {
      const outer = map && edits.map((edit) => toSafeEdit(map, edit));
      return outer?.every((edit) => edit !== undefined) ? outer : undefined;
    },
  };
}

function toSafeEdit(map: OffsetMap, edit: Edit): Edit | undefined {
  return map.toOuterEdit({ ...edit, newText: edit.newText.replaceAll('\r\n', '\n') });
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function moveNode(node: Node, toOuter: (span: Span) => Span): Node {
  const span = toOuter(node.span);
  if (node.type === 'mapping') {
    const pairs = node.pairs.map(({ key, keySpan, value }): Pair => {
      return { key, keySpan: toOuter(keySpan), value: value && moveNode(value, toOuter) };
    });
    return { ...node, span, pairs };
  }
  if (node.type === 'sequence')
    return { ...node, span, items: node.items.map((item) => item && moveNode(item, toOuter)) };
  return { ...node, span };
}
