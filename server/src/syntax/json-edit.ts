import type { Edit } from '../text/edit';
import { getEol } from '../text/lines';
import type { PrimitiveChange } from './change';
import { getIndentUnit, getLineIndent, planFlowInsert, planFlowRemove } from './flow-edit';
import { getPair } from './node';
import { isFilledCollection, isPlainSequence, type PlainValue } from './plain-value';
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
      const isSpread = text.slice(0, node.span.start).includes('\n');
      const indent = isSpread ? getLineIndent(text, node.span.start) : undefined;
      return [{ span: node.span, newText: writeJson(change.value, text, indent) }];
    }
    case 'insert': {
      if (node?.type === 'mapping' && change.key !== undefined) {
        const name = JSON.stringify(change.key) + colon;
        return planFlowInsert(tree, node, (indent) => name + writeJson(change.value, text, indent), comma);
      }
      if (node?.type !== 'sequence') return undefined;
      return planFlowInsert(tree, node, (indent) => writeJson(change.value, text, indent), comma);
    }
    case 'remove': {
      const container = parent?.node;
      if (container?.type === 'sequence' && typeof step === 'number') return planFlowRemove(tree, container, step);
      if (container?.type !== 'mapping' || typeof step !== 'string') return undefined;
      const index = container.pairs.findLastIndex(({ key }) => key === step);
      return planFlowRemove(tree, container, index);
    }
    case 'rename': {
      const container = parent?.node;
      const pair = container?.type === 'mapping' && typeof step === 'string' ? getPair(container, step) : undefined;
      return pair && [{ span: pair.keySpan, newText: JSON.stringify(change.key) }];
    }
  }
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
