import type { Edit } from '../../text/edit';
import { getEol } from '../../text/lines';
import type { Span } from '../../text/span';
import type { PrimitiveChange } from '../change';
import { getLineIndent, planFlowInsert, planFlowRemove } from '../flow-edit';
import { getPair, type Node, type SequenceNode, type Tree } from '../node';
import { isPlainMapping, isPlainSequence, type PlainValue } from '../plain-value';
import type { Ref, Step } from '../ref';
import { planBlockRemove, planEntryRemove } from './block-edit';
import { isAccountInput, toAccountInput } from './module-inputs';
import { getPlaceholders } from './parse';
import { getConditionBlocks, isStatementBlocks } from './policy-document';
import { quoteText } from './template';
import { writeHcl, writeStatement } from './write';

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
  return change.op === 'remove' && parent?.node && step !== undefined
    ? planRemove(tree, parent.node, step, node)
    : undefined;
}

function planRemove(tree: Tree, from: Node, step: Step, node: Node | undefined): Edit[] | undefined {
  if (from.type === 'sequence' && typeof step === 'number') {
    if (isBracketed(tree, from.span)) return planFlowRemove(tree, from, step);
    return isStatementBlocks(from) && node ? planBlockRemove(tree, node.span, 'statement') : undefined;
  }
  if (from.type !== 'mapping' || typeof step !== 'string') return undefined;
  const blocks = getConditionBlocks(from);
  if (!blocks) return planEntryRemove(tree, from, step);
  const edits = (blocks.spans.get(step) ?? []).map((span) => planBlockRemove(tree, span, 'condition'));
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
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
  if (isStatementBlocks(node) && node.type === 'sequence') return planStatement(tree, node, value);
  const blocks = getConditionBlocks(node);
  if (blocks && key !== undefined) return planConditions(tree, node, blocks.operator, key, value);
  if (node.type === 'sequence' && isBracketed(tree, node.span)) {
    const write = (indent: string | undefined) => writeLike(tree, node.items[0], value, indent);
    return write('') === undefined ? undefined : planFlowInsert(tree, node, (indent) => write(indent) ?? '', ', ');
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

/** Writes a further `statement` block behind the last one. */
function planStatement(tree: Tree, { items }: SequenceNode, value: PlainValue): Edit[] | undefined {
  const last = items.at(-1);
  const lines = writeStatement(value, getPlaceholders(tree));
  if (!last || !lines) return undefined;
  const eol = getEol(tree.text);
  const indent = getLineIndent(tree.text, last.span.start);
  const newText = ['', ...lines].map((line) => eol + (line === '' ? '' : indent + line)).join('');
  return [{ span: { start: last.span.end, end: last.span.end }, newText }];
}

/** Writes a value as the place of `model` has it; `indent`: the blanks its line begins with, where it may have several. */
function writeLike(tree: Tree, model: Node | undefined, value: PlainValue, indent?: string): string | undefined {
  if (model?.type !== 'scalar' || !isAccountInput(model)) {
    return writeHcl(value, getPlaceholders(tree), { indent, eol: getEol(tree.text) });
  }
  if (isPlainSequence(value)) {
    const items = value.map((item) => writeLike(tree, model, item));
    return items.every((item) => item !== undefined) ? `[${items.join(', ')}]` : undefined;
  }
  const text = typeof value === 'string' ? toAccountInput(value) : undefined;
  return text === undefined ? undefined : quote(tree, text);
}

function quote(tree: Tree, text: string): string {
  return quoteText(text, getPlaceholders(tree));
}

function isBracketed(tree: Tree, span: Span): boolean {
  return tree.text[span.start] === '[' && tree.text[span.end - 1] === ']';
}
