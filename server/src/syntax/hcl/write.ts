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
    const name = /^[A-Za-z_][\w-]*$/.test(key) ? key : quoteText(key, placeholders);
    return written === undefined ? undefined : `${name} = ${written}`;
  });
  if (!entries.every((entry) => entry !== undefined)) return undefined;
  if (inner === undefined || entries.length === 0) return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  return `{${entries.map((entry) => eol + inner + entry).join('')}${eol}${indent}}`;
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
  const write = (item: PlainValue) => writeHcl(item, placeholders, { indent: undefined, eol: '' });
  const block = (name: string, attributes: readonly (readonly [name: string, value: PlainValue])[]) => {
    const width = Math.max(...attributes.map(([key]) => key.length));
    return ['', `${name} {`, ...attributes.map(([key, item]) => `  ${key.padEnd(width)} = ${write(item)}`), '}'];
  };
  const body = [
    ...(effect === 'Allow' ? [] : [`effect  = ${write(effect)}`]),
    `actions = ${write(action)}`,
    ...Object.entries(principal).flatMap(([type, identifiers]) =>
      block('principals', Object.entries({ type, identifiers })),
    ),
    ...Object.entries(condition).flatMap(([test, keys]) =>
      isPlainMapping(keys)
        ? Object.entries(keys).flatMap(([variable, values]) =>
            block('condition', Object.entries({ test, variable, values })),
          )
        : [],
    ),
  ];
  return ['statement {', ...body.map((line) => (line === '' ? line : `  ${line}`)), '}'];
}
