import type { Edit } from '../text/edit';
import { getChangedIndex, type PrimitiveChange } from './change';
import { getLineIndent, planFlowInsert, planFlowRemove } from './flow-edit';
import { isAccountInput, toAccountInput } from './hcl/module-inputs';
import { getParts, planBesideParts } from './hcl/named-parts';
import { getConditionBlocks } from './hcl/policy-document';
import { planBlockInsert, planBlocksRemove, toNamedText } from './json-blocks';
import { getSeparators, writeJson } from './json-write';
import { getPair, type Node, type ScalarNode } from './node';
import type { PlainValue } from './plain-value';
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
      const blocks = node ? planBlockInsert(tree, node, change.key, change.value) : 'other';
      if (blocks !== 'other') return blocks;
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
      const blocks = container && step !== undefined ? planBlocksRemove(tree, container, step) : 'other';
      if (blocks !== 'other') return blocks;
      if (container?.type === 'sequence' && typeof step === 'number') return planFlowRemove(tree, container, step);
      if (container?.type !== 'mapping' || typeof step !== 'string') return undefined;
      return planFlowRemove(tree, container, getChangedIndex(container, step, change));
    }
    case 'rename': {
      const container = parent?.node;
      const pair = container?.type === 'mapping' && typeof step === 'string' ? getPair(container, step) : undefined;
      const tests = container && getConditionBlocks(container)?.tests.get(pair?.key ?? '');
      const places = tests && tests.length > 0 ? tests : pair && [pair.keySpan];
      return places?.map((span) => ({ span, newText: JSON.stringify(toNamedText(tree, change.key)) }));
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
