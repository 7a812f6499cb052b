import { getEol } from '../text/lines';
import { getIndentUnit } from './flow-edit';
import { isFilledCollection, isPlainSequence, type PlainValue } from './plain-value';

/** What stands between entries on one line, and behind keys: blanks only where the document has any behind its colons. */
export function getSeparators(text: string): readonly [comma: string, colon: string] {
  const isDense = !text.trim().includes('\n') && /"\s*:\S/.test(text) && !/"\s*:\s/.test(text);
  return isDense ? [',', ':'] : [', ', ': '];
}

/** Writes a value on several lines below `indent`, or on one where that is undefined. */
export function writeJson(value: PlainValue, text: string, indent: string | undefined): string {
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
