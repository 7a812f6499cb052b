import { areEditsDisjoint, type Edit } from '../text/edit';
import { getEol } from '../text/lines';
import { getLineIndent, planFlowInsert, planFlowRemove } from './flow-edit';
import { getPlaceholders } from './hcl/parse';
import { type ConditionBlocks, getConditionBlocks, getStatementBlocks, getStatementBody } from './hcl/policy-document';
import { getSeparators, writeJson } from './json-write';
import type { Node, SequenceNode, Tree } from './node';
import { isPlainMapping, isPlainSequence, type PlainMapping, type PlainValue } from './plain-value';

/**
 * The edits that add a statement to a policy document of Terraform in JSON, or conditions to one of its statements; 'other' where `node`
 * is neither. Undefined where it cannot be written.
 */
export function planBlockInsert(
  tree: Tree,
  node: Node,
  key: string | undefined,
  value: PlainValue,
): Edit[] | 'other' | undefined {
  const statements = getStatementBlocks(node);
  if (statements) {
    const block = toStatementBlock(value);
    return block && planBlocks(tree, statements, [block]);
  }
  const blocks = getConditionBlocks(node);
  if (blocks && key !== undefined) {
    const condition = blocks.operator === undefined ? { [key]: value } : { [blocks.operator]: { [key]: value } };
    const added = toConditionBlocks(condition);
    return blocks.list && added && planBlocks(tree, blocks.list, added);
  }
  const body = getStatementBody(node);
  if (!body || key !== 'Condition') return 'other';
  const first = isPlainMapping(value) ? toConditionBlocks(value) : undefined;
  const [comma, colon] = getSeparators(tree.text);
  const named = first && toNamed(tree, first);
  const write = (indent: string | undefined) => `"condition"${colon}${writeJson(named ?? [], tree.text, indent)}`;
  return named && planFlowInsert(tree, body, write, comma);
}

/** The edits that take a statement, or the conditions of a key or an operator, away; 'other' where `node` holds neither. */
export function planBlocksRemove(tree: Tree, node: Node, step: string | number): Edit[] | 'other' | undefined {
  const statements = getStatementBlocks(node);
  if (statements) return typeof step === 'number' ? planItemsRemove(tree, statements, [step]) : undefined;
  const body = step === 'Condition' ? getStatementBody(node) : undefined;
  if (body) {
    const index = body.pairs.findIndex(({ key }) => key === 'condition');
    return index === -1 ? undefined : planFlowRemove(tree, body, index);
  }
  const blocks = getConditionBlocks(node);
  if (!blocks) return 'other';
  return typeof step === 'string' ? planConditionsRemove(tree, blocks, step) : undefined;
}

function planConditionsRemove(tree: Tree, { list, spans }: ConditionBlocks, step: string): Edit[] | undefined {
  const own = spans.get(step) ?? [];
  const starts = new Set(own.map(({ start }) => start));
  const indexes = (list?.items ?? []).flatMap((item, index) => (item && starts.has(item.span.start) ? [index] : []));
  return list && indexes.length === own.length ? planItemsRemove(tree, list, indexes) : undefined;
}

function planItemsRemove(tree: Tree, list: SequenceNode, indexes: readonly number[]): Edit[] | undefined {
  if (!isList(tree, list)) return undefined;
  const edits = indexes.map((index) => planFlowRemove(tree, list, index));
  const all = edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
  return all && areEditsDisjoint(all, tree.text.length) ? all : undefined;
}

/** Adds blocks behind the last one; a single one, which needs no list, gets one. */
function planBlocks(tree: Tree, list: SequenceNode, blocks: readonly PlainMapping[]): Edit[] | undefined {
  const { text } = tree;
  const [comma] = getSeparators(text);
  const named = blocks.map((block) => toNamed(tree, block));
  if (isList(tree, list)) {
    const write = (indent: string | undefined) =>
      named
        .map((block) => writeJson(block, text, indent))
        .join(indent === undefined ? comma : `,${getEol(text)}${indent}`);
    return planFlowInsert(tree, list, write, comma);
  }
  const isSpread = text.slice(0, list.span.start).includes('\n');
  const indent = isSpread ? getLineIndent(text, list.span.start) : undefined;
  const added = named.map((block) => comma + writeJson(block, text, indent)).join('');
  const { start, end } = list.span;
  return [
    { span: { start, end: start }, newText: '[' },
    { span: { start: end, end }, newText: `${added}]` },
  ];
}

function isList(tree: Tree, { span }: SequenceNode): boolean {
  return tree.text[span.start] === '[';
}

/** A statement as a block; undefined where it says more than such a block is read as. */
function toStatementBlock(value: PlainValue): PlainMapping | undefined {
  if (!isPlainMapping(value)) return undefined;
  const {
    Effect: effect = '',
    Principal: principal = {},
    Action: action = '',
    Condition: condition = {},
    ...rest
  } = value;
  const blocks = isPlainMapping(condition) ? toConditionBlocks(condition) : undefined;
  if (!isPlainMapping(principal) || !blocks || Object.keys(rest).length > 0) return undefined;
  const principals = Object.entries(principal).map(([type, identifiers]) => ({
    type,
    identifiers: toList(identifiers),
  }));
  return {
    ...(effect === 'Allow' ? {} : { effect }),
    actions: toList(action),
    principals,
    ...(blocks.length > 0 && { condition: blocks }),
  };
}

/** Conditions, operators with their keys, as blocks. */
function toConditionBlocks(condition: PlainMapping): PlainMapping[] | undefined {
  const entries = Object.entries(condition);
  if (!entries.every(([, keys]) => isPlainMapping(keys))) return undefined;
  return entries.flatMap(([test, keys]) =>
    Object.entries(keys as PlainMapping).map(([variable, values]) => ({ test, variable, values: toList(values) })),
  );
}

function toList(value: PlainValue): readonly PlainValue[] {
  return isPlainSequence(value) ? value : [value];
}

/** A value with the names that Terraform has for parts of its texts. */
function toNamed<V extends PlainValue>(tree: Tree, value: V): V;
function toNamed(tree: Tree, value: PlainValue): PlainValue {
  if (typeof value === 'string') return toNamedText(tree, value);
  if (isPlainSequence(value)) return value.map((item) => toNamed(tree, item));
  if (!isPlainMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [toNamedText(tree, key), toNamed(tree, item)]));
}

/** A text with the names that Terraform has for parts of it. */
export function toNamedText(tree: Tree, text: string): string {
  let named = text;
  for (const [value, name] of getPlaceholders(tree)) named = named.replace(value, () => name);
  return named;
}
