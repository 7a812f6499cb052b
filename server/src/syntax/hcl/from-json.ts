import type { MappingNode, Node, Pair, ScalarNode, Tree } from '../node';
import { collectDefinitions } from './definitions';
import { addModulePolicy } from './module-inputs';
import { rememberParts } from './named-parts';
import { rememberPlaceholders } from './parse';
import { toPolicyNode } from './policy-document';
import type { ComputedPart } from './template';
import { fillIn, type HclValues, isAddress, rememberValues, resolveDefinitions, toUnknown } from './values';

/** Blocks that JSON has as one object or as a list of them. */
const BLOCKS: ReadonlySet<string> = new Set(['statement', 'principals', 'not_principals', 'condition']);

/**
 * A file of Terraform that is written in JSON (`main.tf.json`): the same as in HCL, with blocks as objects or lists of them. The
 * notations of a trust policy are read as what they stand for, and values that are known are filled in.
 */
export function toTerraformTree(tree: Tree, values: HclValues): Tree {
  const { root } = tree;
  if (root?.type !== 'mapping') return rememberValues({ ...tree }, values);
  const names = new Map<string, string>();
  // What other files say wins over what this one does.
  const own = resolveDefinitions([collectDefinitions(root)]);
  const filled = fillInNode(root, (name) => {
    const value = values.get(name) ?? own.get(name);
    if (value === toUnknown(name)) return undefined;
    if (value !== undefined && isAddress(value)) names.set(value, `\${${name}}`);
    return value;
  });
  const pairs = filled.pairs.map((pair): Pair => {
    if (pair.key === 'data')
      return withBodies(pair, 2, (body, path) => (isDocument(path) ? toPolicyNode(toBlocks(body)) : body));
    return pair.key === 'module' ? withBodies(pair, 1, addModulePolicy) : pair;
  });
  const read = rememberValues({ ...tree, root: { ...filled, pairs } }, values);
  rememberPlaceholders(read, names);
  return read;
}

function isDocument([kind]: readonly string[]): boolean {
  return kind === 'aws_iam_policy_document';
}

/** Changes the mappings that stand so many names below a pair. */
function withBodies(
  pair: Pair,
  depth: number,
  change: (body: MappingNode, path: readonly string[]) => MappingNode,
  path: readonly string[] = [],
): Pair {
  const { value } = pair;
  if (value?.type !== 'mapping') return pair;
  if (depth === 0) return { ...pair, value: change(value, path) };
  const pairs = value.pairs.map((inner) => withBodies(inner, depth - 1, change, [...path, inner.key ?? '']));
  return { ...pair, value: { ...value, pairs } };
}

/** A body with each of its blocks as a list. */
function toBlocks(body: MappingNode): MappingNode {
  const pairs = body.pairs.map((pair): Pair => {
    const { key, value } = pair;
    if (key === undefined || !BLOCKS.has(key) || !value) return pair;
    const items = (value.type === 'sequence' ? value.items : [value]).map((item) =>
      item?.type === 'mapping' ? toBlocks(item) : item,
    );
    return { ...pair, value: { type: 'sequence', span: value.span, isFlow: true, items } };
  });
  return { ...body, pairs };
}

type GetValue = (name: string) => string | undefined;

function fillInNode<N extends Node>(node: N, getValue: GetValue): N;
function fillInNode(node: Node, getValue: GetValue): Node {
  if (node.type === 'scalar') {
    // JSON inside of a text keeps its places only as it is written.
    if (typeof node.value !== 'string' || !node.text.includes('${') || /^\s*\{/.test(node.text)) return node;
    return fillInText(node, getValue);
  }
  if (node.type === 'sequence') return { ...node, items: node.items.map((item) => item && fillInNode(item, getValue)) };
  if (node.type !== 'mapping') return node;
  const pairs = node.pairs.map(({ key, keySpan, value }): Pair => {
    return {
      key: key === undefined ? undefined : fillIn(key, getValue),
      keySpan,
      value: value && fillInNode(value, getValue),
    };
  });
  return { ...node, pairs };
}

function fillInText(node: ScalarNode, getValue: GetValue): ScalarNode {
  const parts: ComputedPart[] = [];
  let gain = 0;
  const text = fillIn(node.text, (name, at, written) => {
    const value = getValue(name);
    if (value === undefined) return undefined;
    const [from, start] = [at + gain, node.span.start + 1 + at];
    const inner = { start: from, end: from + value.length };
    parts.push({ inner, outer: { start, end: start + written.length }, isKnown: true });
    gain += value.length - written.length;
    return value;
  });
  if (parts.length === 0) return node;
  const filled = { ...node, text, value: text };
  rememberParts(filled, parts);
  return filled;
}

/** True where a text in JSON is one of Terraform that speaks of trust: it has the blocks that one has. */
export function isTerraformJson(text: string): boolean {
  return /"aws_iam_(?:policy_document|role)"|"module"\s*:\s*\{/.test(text);
}
