import type { Edit } from '../text/edit';
import { getEol } from '../text/lines';
import { getChangedIndex, type PrimitiveChange } from './change';
import { getIndentUnit, getLineIndent, planFlowInsert, planFlowRemove } from './flow-edit';
import { isAccountInput, toAccountInput } from './hcl/module-inputs';
import { getParts, planBesideParts } from './hcl/named-parts';
import { getPlaceholders } from './hcl/parse';
import { getConditionBlocks } from './hcl/policy-document';
import { getPair, type Node, type ScalarNode, type Tree } from './node';
import { isFilledCollection, isPlainMapping, isPlainSequence, type PlainValue } from './plain-value';
import type { Ref } from './ref';

/**
 * The edits of one change in a JSON document, which is laid out as its neighbours are: on one line or on several, indented
 * with tabs or blanks. Undefined when the change declines.
 */
export function planJsonChange(ref: Ref, change: PrimitiveChange): Edit[] | undefined {
  const { tree, parent, step, node } = ref;
  const { text } = tree;
  const [comma, colon] = getSeparators(text);
  switch (change.op) {
    case 'set': {
      if (!node) return undefined;
      if (node.type === 'scalar' && getParts(node).length > 0) return planBesideNames(node, change.value);
      const isSpread = text.slice(0, node.span.start).includes('\n');
      const indent = isSpread ? getLineIndent(text, node.span.start) : undefined;
      const value = toWritten(node, change.value);
      return value === undefined ? undefined : [{ span: node.span, newText: writeJson(value, text, indent) }];
    }
    case 'insert': {
      const blocks = node && getConditionBlocks(node);
      if (node && blocks && change.key !== undefined)
        return planConditions(ref, node, blocks.operator, change.key, change.value);
      if (node?.type === 'mapping' && change.key !== undefined) {
        const name = JSON.stringify(change.key) + colon;
        return planFlowInsert(tree, node, (indent) => name + writeJson(change.value, text, indent), comma);
      }
      if (node?.type !== 'sequence') return undefined;
      const value = toWritten(node.items[0], change.value);
      if (value === undefined) return undefined;
      return planFlowInsert(tree, node, (indent) => writeJson(value, text, indent), comma);
    }
    case 'remove': {
      const container = parent?.node;
      if (container?.type === 'sequence' && typeof step === 'number') return planFlowRemove(tree, container, step);
      if (container?.type !== 'mapping' || typeof step !== 'string') return undefined;
      return planFlowRemove(tree, container, getChangedIndex(container, step, change));
    }
    case 'rename': {
      const container = parent?.node;
      const pair = container?.type === 'mapping' && typeof step === 'string' ? getPair(container, step) : undefined;
      return pair && [{ span: pair.keySpan, newText: JSON.stringify(toNamed(change.key, tree)) }];
    }
  }
}

/** Changes what is written as such of a text beside the names in it. */
function planBesideNames(node: ScalarNode, value: PlainValue): Edit[] | undefined {
  const after = toWritten(node, value);
  const before = toWritten(node, node.text);
  if (typeof after !== 'string' || typeof before !== 'string') return undefined;
  const content = { start: node.span.start + 1, end: node.span.end - 1 };
  const edit = planBesideParts(before, after, getParts(node), content);
  return edit && [{ ...edit, newText: JSON.stringify(edit.newText).slice(1, -1) }];
}

/** The value as the place of `model` has it: subjects of a module's inputs without what the module puts before them. */
function toWritten(model: Node | undefined, value: PlainValue): PlainValue | undefined {
  if (model?.type !== 'scalar' || !isAccountInput(model)) return value;
  return typeof value === 'string' ? toAccountInput(value) : undefined;
}

/** A text with the names that Terraform has for parts of it. */
function toNamed(text: string, tree: Tree): string {
  let named = text;
  for (const [value, name] of getPlaceholders(tree)) named = named.replace(value, () => name);
  return named;
}

/** Writes further conditions of a policy document of Terraform behind those that are there, which have to be in a list. */
function planConditions(
  { tree }: Ref,
  { span }: Node,
  operator: string | undefined,
  key: string,
  value: PlainValue,
): Edit[] | undefined {
  const { text } = tree;
  if (!/^\s*[,\]]/.test(text.slice(span.end))) return undefined;
  const keys = operator === undefined ? (isPlainMapping(value) ? Object.entries(value) : []) : [[key, value] as const];
  const isSpread = text.slice(0, span.start).includes('\n');
  const indent = isSpread ? getLineIndent(text, span.start) : undefined;
  const [comma] = getSeparators(text);
  const separator = indent === undefined ? comma : `,${getEol(text)}${indent}`;
  const blocks = keys.map(([variable, wanted]) => {
    const block = {
      test: operator ?? key,
      variable: toNamed(variable, tree),
      values: isPlainSequence(wanted) ? wanted : [wanted],
    };
    return separator + writeJson(block, text, indent);
  });
  return blocks.length === 0 ? undefined : [{ span: { start: span.end, end: span.end }, newText: blocks.join('') }];
}

/** What stands between entries on one line, and behind keys: blanks only where the document has any behind its colons. */
function getSeparators(text: string): readonly [comma: string, colon: string] {
  const isDense = !text.trim().includes('\n') && /"\s*:\S/.test(text) && !/"\s*:\s/.test(text);
  return isDense ? [',', ':'] : [', ', ': '];
}

/** Writes a value on several lines below `indent`, or on one where that is undefined. */
function writeJson(value: PlainValue, text: string, indent: string | undefined): string {
  if (!isFilledCollection(value)) return JSON.stringify(value);
  if (indent !== undefined) {
    return JSON.stringify(value, null, getIndentUnit(text)).replaceAll('\n', `${getEol(text)}${indent}`);
  }
  const [comma, colon] = getSeparators(text);
  if (isPlainSequence(value)) return `[${value.map((item) => writeJson(item, text, undefined)).join(comma)}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}${colon}${writeJson(item, text, undefined)}`,
  );
  return `{${entries.join(comma)}}`;
}
