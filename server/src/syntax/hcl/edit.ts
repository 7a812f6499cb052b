import type { Edit } from '../../text/edit';
import { getEol, getLineStart } from '../../text/lines';
import type { Span } from '../../text/span';
import type { PrimitiveChange } from '../change';
import { getLineIndent, planFlowInsert, planFlowRemove } from '../flow-edit';
import { getPair, type Node, type ScalarNode, type SequenceNode, type Tree } from '../node';
import { isPlainMapping, isPlainSequence, type PlainMapping, type PlainValue } from '../plain-value';
import type { Ref, Step } from '../ref';
import { planBlockRemove, planEntryRemove } from './block-edit';
import { isAccountInput, toAccountInput } from './module-inputs';
import { getParts, planBesideParts } from './named-parts';
import { getPlaceholders } from './parse';
import { getConditionBlocks, isStatementBlocks } from './policy-document';
import { quoteText } from './template';
import { writeConditions, writeHcl, writeKey, writeStatement } from './write';

/**
 * The edits of one change in a file of HCL: of strings that are written as such, of lists of them and of keys, each in its
 * place. Undefined for all else, and where something is computed that a change would take away.
 */
export function planHclChange(ref: Ref, change: PrimitiveChange): Edit[] | undefined {
  const { tree, parent, step, node } = ref;
  if (change.op === 'set') return planSet(tree, node, change.value);
  if (change.op === 'rename') return parent?.node && planRename(tree, parent.node, step, change.key);
  if (change.op === 'insert') return node && planInsert(tree, node, change);
  // What a name stands for would be written in its place elsewhere.
  if (change.op !== 'remove' || !parent?.node || step === undefined || hasNames(tree, node)) return undefined;
  return planRemove(tree, parent.node, step, node);
}

/** True for conditions, or the values of one, that are computed. */
function hasNames(tree: Tree, node: Node | undefined): boolean {
  if (node?.type === 'mapping') {
    const condition = getPair(node, 'Condition');
    return condition ? hasNames(tree, condition.value) : node.pairs.some(({ value }) => hasNames(tree, value));
  }
  if (node?.type === 'sequence') return node.items.some((item) => hasNames(tree, item));
  if (node?.type !== 'scalar' || typeof node.value !== 'string' || node.span.start === node.span.end) return false;
  const written = tree.text.slice(node.span.start, node.span.end);
  return !/^(?:"|<<)/.test(written) || /[$%]\{/.test(written);
}

function planRename(tree: Tree, from: Node, step: Step | undefined, key: string): Edit[] | undefined {
  const pair = from.type === 'mapping' && typeof step === 'string' ? getPair(from, step) : undefined;
  if (!pair) return undefined;
  const { text } = tree;
  const tests = getConditionBlocks(from)?.tests.get(pair.key ?? '') ?? [];
  const places = tests.length > 0 ? tests : [pair.keySpan];
  // The name of an attribute or block is not the author's to choose, that of an entry of an object is.
  const isFree = ({ start }: Span) => text[start] === '"' || (tests.length === 0 && text[from.span.start] === '{');
  const newText =
    tests.length === 0 && text[pair.keySpan.start] !== '"' ? writeKey(key, getPlaceholders(tree)) : quote(tree, key);
  return places.every(isFree) ? places.map((span) => ({ span, newText })) : undefined;
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
  if (node?.type !== 'scalar') return undefined;
  const written = tree.text.slice(node.span.start, node.span.end);
  if (/^"/.test(written) && /[$%]\{/.test(written)) return planPart(tree, node, value);
  // A here-document ends with a line break, which few texts have, so what takes its place is written in quotes.
  if (!/^(?:"|<<)/.test(written) || /[$%]\{/.test(written)) return undefined;
  const newText = writeLike(tree, node, value);
  return newText === undefined ? undefined : [{ span: node.span, newText }];
}

/** Changes what is written as such of a text in quotes, beside what is computed in it. */
function planPart(tree: Tree, node: ScalarNode, value: PlainValue): Edit[] | undefined {
  const isAccount = isAccountInput(node);
  const toWritten = (text: string) => (isAccount ? toAccountInput(text) : text);
  const [before, after] = [toWritten(node.text), typeof value === 'string' ? toWritten(value) : undefined];
  if (before === undefined || after === undefined) return undefined;
  const content = { start: node.span.start + 1, end: node.span.end - 1 };
  const edit = planBesideParts(before, after, getParts(node), content);
  return edit && [{ ...edit, newText: quote(tree, edit.newText).slice(1, -1) }];
}

function planInsert(tree: Tree, node: Node, { key, value }: PrimitiveChange & { op: 'insert' }): Edit[] | undefined {
  if (isStatementBlocks(node) && node.type === 'sequence') return planStatement(tree, node, value);
  if (key === 'Condition' && isPlainMapping(value) && /^statement\s*\{/.test(tree.text.slice(node.span.start)))
    return planFirstConditions(tree, node, value);
  const blocks = getConditionBlocks(node);
  if (blocks && key !== undefined) {
    const condition = blocks.operator === undefined ? { [key]: value } : { [blocks.operator]: { [key]: value } };
    return planConditions(tree, node, [...blocks.spans.values()][0]?.[0], condition);
  }
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

/** Writes further `condition` blocks behind those that are there; as `model` is indented; `condition` is the operators with their keys. */
function planConditions(
  tree: Tree,
  { span }: Node,
  model: Span | undefined,
  condition: PlainMapping,
): Edit[] | undefined {
  const blocks = writeConditions(condition, getPlaceholders(tree));
  const indent = getLineIndent(tree.text, (model ?? span).start);
  const newText = blocks?.flat().map((line) => getEol(tree.text) + indent + line);
  return newText && [{ span: { start: span.end, end: span.end }, newText: newText.join('') }];
}

/** Writes the first `condition` blocks of a statement, before the brace that closes it on a line of its own. */
function planFirstConditions(tree: Tree, { span }: Node, condition: PlainMapping): Edit[] | undefined {
  const { text } = tree;
  const blocks = writeConditions(condition, getPlaceholders(tree));
  const at = getLineStart(text, span.end - 1);
  const indent = text.slice(at, span.end - 1);
  if (!blocks || at <= span.start || indent.trim() !== '') return undefined;
  const lines = blocks.flatMap((block) => ['', ...block.map((line) => `${indent}  ${line}`)]);
  return [{ span: { start: at, end: at }, newText: lines.map((line) => line + getEol(text)).join('') }];
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
