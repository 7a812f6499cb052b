import { isPlainMapping, isPlainSequence, type PlainValue } from '../plain-value';
import { quoteText } from './template';

/** How a value is laid out: the blanks its line begins with (undefined: all on one line) and the line break. */
export interface HclLayout {
  readonly indent: string | undefined;
  readonly eol: string;
}

/** How the placeholders of texts are written. */
type Placeholders = ReadonlyMap<string, string>;

/** A value as an expression of HCL: texts, lists and objects. Undefined for what is none of them. */
export function writeHcl(value: PlainValue, placeholders: Placeholders, layout: HclLayout): string | undefined {
  if (typeof value === 'string') return writeText(value, placeholders);
  if (isPlainSequence(value)) {
    const items = value.map((item) => writeHcl(item, placeholders, { ...layout, indent: undefined }));
    return items.every((item) => item !== undefined) ? `[${items.join(', ')}]` : undefined;
  }
  if (!isPlainMapping(value)) return undefined;
  const { indent, eol } = layout;
  const inner = indent === undefined ? undefined : `${indent}  `;
  const entries = Object.entries(value).map(([key, item]) => {
    const written = writeHcl(item, placeholders, { indent: inner, eol });
    return written === undefined ? undefined : `${writeKey(key, placeholders)} = ${written}`;
  });
  if (!entries.every((entry) => entry !== undefined)) return undefined;
  if (inner === undefined || entries.length === 0) return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  return `{${entries.map((entry) => eol + inner + entry).join('')}${eol}${indent}}`;
}

/** The key of an entry of an object, in quotes where it needs them. */
export function writeKey(key: string, placeholders: Placeholders): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : quoteText(key, placeholders);
}

/** A text that is one reference is written as that, all others as strings. */
export function writeText(text: string, placeholders: Placeholders): string {
  const template = placeholders.get(text);
  return template?.startsWith('${') ? template.slice('${'.length, -1).trim() : quoteText(text, placeholders);
}

/**
 * A statement of a policy as the block that a policy document has for it, its lines without indentation. Undefined where it says
 * more than such a block is read as.
 */
export function writeStatement(value: PlainValue, placeholders: Placeholders): string[] | undefined {
  if (!isPlainMapping(value)) return undefined;
  const {
    Effect: effect = '',
    Principal: principal = {},
    Action: action = '',
    Condition: condition = {},
    ...rest
  } = value;
  if (!isPlainMapping(principal) || !isPlainMapping(condition) || Object.keys(rest).length > 0) return undefined;
  const conditions = writeConditions(condition, placeholders) ?? [];
  const principals = Object.entries(principal).map(([type, identifiers]) =>
    writeBlock('principals', { type, identifiers }, placeholders),
  );
  const body = [
    ...(effect === 'Allow' ? [] : [`effect  = ${writeInline(effect, placeholders)}`]),
    `actions = ${writeInline(action, placeholders)}`,
    ...[...principals, ...conditions].flatMap((block) => ['', ...block]),
  ];
  return ['statement {', ...body.map((line) => (line === '' ? line : `  ${line}`)), '}'];
}

/** The blocks of conditions, operators with their keys, each as its lines; undefined where there are none, or no such. */
export function writeConditions(condition: PlainValue, placeholders: Placeholders): string[][] | undefined {
  if (!isPlainMapping(condition)) return undefined;
  const blocks = Object.entries(condition).flatMap(([test, keys]) => {
    if (!isPlainMapping(keys)) return [];
    return Object.entries(keys).map(([variable, wanted]) => {
      const values = isPlainSequence(wanted) ? wanted : [wanted];
      return writeBlock('condition', { test, variable, values }, placeholders);
    });
  });
  return blocks.length === 0 ? undefined : blocks;
}

function writeBlock(name: string, attributes: Readonly<Record<string, PlainValue>>, placeholders: Placeholders) {
  const width = Math.max(...Object.keys(attributes).map((key) => key.length));
  const lines = Object.entries(attributes).map(
    ([key, value]) => `  ${key.padEnd(width)} = ${writeInline(value, placeholders)}`,
  );
  return [`${name} {`, ...lines, '}'];
}

function writeInline(value: PlainValue, placeholders: Placeholders): string {
  return writeHcl(value, placeholders, { indent: undefined, eol: '' }) ?? '';
}
