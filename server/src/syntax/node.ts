import type { Span } from '../text/span';
import type { Language } from './language';

/** How a scalar is written. JSON strings are `double-quoted`, other JSON scalars `plain`. */
export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';

/** What a scalar means to the API server: YAML 1.1 as sigs.k8s.io/yaml reads it. */
export type ScalarValue = string | number | boolean | null;

interface NodeBase {
  /** From the first to past the last code unit of the value, in units of its document's text; properties excluded. */
  readonly span: Span;
  /** Name of the `&anchor` on this node. */
  readonly anchor?: string;
}

/** A string, number, boolean or null. */
export interface ScalarNode extends NodeBase {
  readonly type: 'scalar';
  readonly value: ScalarValue;
  /** The decoded text, before it is read as a number, boolean or null. */
  readonly text: string;
  readonly style: ScalarStyle;
}

/** A key with its value. `key` is the decoded text of a scalar key, undefined for any other. */
export interface Pair {
  readonly key: string | undefined;
  readonly keySpan: Span;
  /** Undefined where nothing is written after the colon: null to the API server. */
  readonly value: Node | undefined;
}

/** A mapping; pairs in source order, duplicates included (the last one wins, as in the API server). */
export interface MappingNode extends NodeBase {
  readonly type: 'mapping';
  readonly isFlow: boolean;
  readonly pairs: readonly Pair[];
}

/** A sequence; an undefined item is an empty one (`- `), null to the API server. */
export interface SequenceNode extends NodeBase {
  readonly type: 'sequence';
  readonly isFlow: boolean;
  readonly items: readonly (Node | undefined)[];
}

/** `*name`; `target` is undefined when no such anchor comes before it, or when it lies inside its own target. */
export interface AliasNode extends NodeBase {
  readonly type: 'alias';
  readonly name: string;
  readonly target: Node | undefined;
}

/** Anything that a document is made of. */
export type Node = ScalarNode | MappingNode | SequenceNode | AliasNode;

/** A problem found while reading a document; the span is in units of its document's text. */
export interface SyntaxProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'budget' | 'template' | 'encoding';
  readonly message: string;
  readonly span: Span;
}

/** One document, read. `root` is undefined when it is empty or could not be read. */
export interface Tree {
  readonly text: string;
  readonly language: Language;
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** False when problems mean that the tree may not say what the author wrote, so no rule may judge it. */
  readonly isReliable: boolean;
  /** Anchors that some alias or merge key uses: text below them is shared and must not be edited in place. */
  readonly sharedAnchors: ReadonlySet<string>;
}

/** Mappings with more pairs than this are looked up by an index: asking for each key in turn must not be quadratic. */
const INDEX_FROM = 16;
const INDEXES = new WeakMap<MappingNode, ReadonlyMap<string | undefined, Pair>>();

/** The pair that counts for `key`: the last one of that name. */
export function getPair(node: MappingNode, key: string): Pair | undefined {
  if (node.pairs.length < INDEX_FROM) return node.pairs.findLast((pair) => pair.key === key);
  const known = INDEXES.get(node);
  if (known) return known.get(key);
  const index = new Map(node.pairs.map((pair) => [pair.key, pair]));
  INDEXES.set(node, index);
  return index.get(key);
}
