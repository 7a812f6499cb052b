import type { Edit } from '../../text/edit';
import { getEol } from '../../text/lines';
import type { Span } from '../../text/span';
import type { PrimitiveChange } from '../change';
import { getLineIndent, planFlowInsert, planFlowRemove } from '../flow-edit';
import { getPair, type Node, type Tree } from '../node';
import { isPlainMapping, isPlainSequence, type PlainValue } from '../plain-value';
import type { Ref } from '../ref';
import { planBlockRemove } from './block-edit';
import { isAccountInput, toAccountInput } from './module-inputs';
import { getPlaceholders } from './parse';
import { getConditionBlocks } from './policy-document';
import { quoteText } from './template';

/**
 * The edits of one change in a file of HCL: of strings that are written as such, of lists of them and of keys, each in its
 * place. Undefined for all else, and where something is computed that a change would take away.
 */
export function planHclChange(ref: Ref, change: PrimitiveChange): Edit[] | undefined {
  const { tree, parent, step, node } = ref;
  if (change.op === 'set') return planSet(tree, node, change.value);
  if (change.op === 'rename') {
    const container = parent?.node;
    const pair = container?.type === 'mapping' && typeof step === 'string' ? getPair(container, step) : undefined;
    // The name of an attribute or block is not the author's to choose.
    const isString = pair !== undefined && tree.text[pair.keySpan.start] === '"';
    const newText = isString ? quote(tree, change.key) : undefined;
    return pair && newText !== undefined ? [{ span: pair.keySpan, newText }] : undefined;
  }
  if (change.op === 'insert') return node && planInsert(tree, node, change);
  const list = parent?.node;
  if (change.op !== 'remove' || list?.type !== 'sequence' || typeof step !== 'number') return undefined;
  return isBracketed(tree, list.span) ? planFlowRemove(tree, list, step) : planBlockRemove(tree, node, 'statement');
}

function planSet(tree: Tree, node: Node | undefined, value: PlainValue): Edit[] | undefined {
  if (node?.type === 'sequence' && isBracketed(tree, node.span) && isPlainSequence(value)) {
    const [model] = node.items;
    const items = value.map((item) => writeLike(tree, model, item));
    return items.every((item) => item !== undefined)
      ? [{ span: node.span, newText: `[${items.join(', ')}]` }]
      : undefined;
  }
  if (node?.type !== 'scalar' || tree.text[node.span.start] !== '"') return undefined;
  const isComputed = /\$\{|%\{/.test(tree.text.slice(node.span.start, node.span.end));
  const newText = isComputed ? undefined : writeLike(tree, node, value);
  return newText === undefined ? undefined : [{ span: node.span, newText }];
}

function planInsert(tree: Tree, node: Node, { key, value }: PrimitiveChange & { op: 'insert' }): Edit[] | undefined {
  const blocks = getConditionBlocks(node);
  if (blocks && key !== undefined) return planConditions(tree, node, blocks.operator, key, value);
  if (node.type === 'sequence' && isBracketed(tree, node.span)) {
    const item = writeLike(tree, node.items[0], value);
    return item === undefined ? undefined : planFlowInsert(tree, node, () => item, ', ');
  }
  const text = writeLike(tree, undefined, value);
  if (node.type !== 'mapping' || key === undefined || text === undefined || tree.text[node.span.start] !== '{') {
    return undefined;
  }
  return planFlowInsert(tree, node, () => `${quote(tree, key)} = ${text}`, ', ');
}

/** Writes further `condition` blocks behind those that are there. */
function planConditions(
  tree: Tree,
  { span }: Node,
  operator: string | undefined,
  key: string,
  value: PlainValue,
): Edit[] | undefined {
  const eol = getEol(tree.text);
  const indent = getLineIndent(tree.text, span.start);
  const keys = operator === undefined ? (isPlainMapping(value) ? Object.entries(value) : []) : [[key, value] as const];
  const blocks = keys.map(([variable, wanted]) => {
    const values = writeLike(tree, undefined, isPlainSequence(wanted) ? wanted : [wanted]);
    const lines = [
      'condition {',
      `  test     = ${quote(tree, operator ?? key)}`,
      `  variable = ${quote(tree, variable)}`,
      `  values   = ${values}`,
      '}',
    ];
    return values === undefined ? undefined : lines.map((line) => eol + indent + line).join('');
  });
  if (blocks.length === 0 || blocks.includes(undefined)) return undefined;
  return [{ span: { start: span.end, end: span.end }, newText: blocks.join('') }];
}

/** Writes a string, or a list of them, as the place of `model` has it. */
function writeLike(tree: Tree, model: Node | undefined, value: PlainValue): string | undefined {
  if (isPlainSequence(value)) {
    const items = value.map((item) => writeLike(tree, model, item));
    return items.every((item) => item !== undefined) ? `[${items.join(', ')}]` : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const isAccount = model?.type === 'scalar' && isAccountInput(model);
  const text = isAccount ? toAccountInput(value) : value;
  return text === undefined ? undefined : quote(tree, text);
}

function quote(tree: Tree, text: string): string {
  return quoteText(text, getPlaceholders(tree));
}

function isBracketed(tree: Tree, span: Span): boolean {
  return tree.text[span.start] === '[' && tree.text[span.end - 1] === ']';
}
