import { readSource } from '../../server/src/syntax/source-file';
import { resourcesToPlain } from './plain';

/** A fixture written another way: what a rule and its fixes must also hold for. */
export interface Variant {
  readonly name: string;
  /** The text written this way; undefined where this way is not legal for it. */
  readonly toText: (text: string) => string | undefined;
  /** The name that the file then has; such a way is only taken by cases of one file, which nothing names. */
  readonly toName?: (name: string) => string;
}

const FIRST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: first\n  namespace: unrelated\n';
const THIRD =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: third\n  namespace: unrelated\ndata:\n  key: value # kept\n';

function isSingleDocument(text: string): boolean {
  return !/^(---|\.\.\.)/m.test(text);
}

/** Indents with four spaces what is indented with two: each step of two, the dash of an item included, becomes four. */
export function toFourSpaces(text: string): string {
  return text.replace(/^( *)((?:- )*)/gm, (_, spaces: string, dashes: string) => {
    return spaces + spaces + dashes.replaceAll('- ', '-   ');
  });
}

/** Makes the document the only item of a `kind: List`. */
export function toListItem(text: string): string | undefined {
  if (!isSingleDocument(text)) return undefined;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  if (first === -1) return undefined;
  const items = lines.map((line, index) => (line === '' ? '' : `${index === first ? '  - ' : '    '}${line}`));
  return `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}`;
}

/** Makes the document an item of the list of its kind, which alone says what it is. */
export function toTypedListItem(text: string): string | undefined {
  if (!isSingleDocument(text) || !/^metadata:/m.test(text)) return undefined;
  const header = /^apiVersion: (\S+)\nkind: (\S+)\n/m.exec(text);
  const [lines = '', version, kind] = header ?? [];
  if (!header || kind?.endsWith('List')) return undefined;
  const list = toListItem(text.replace(lines, ''));
  return list?.replace('apiVersion: v1\nkind: List', `apiVersion: ${version}\nkind: ${kind}List`);
}

/** Writes the objects as JSON: one by itself, several as a List. */
export function toJson(text: string): string | undefined {
  const flow = toFlow(text);
  const values = flow === undefined ? [] : resourcesToPlain(flow);
  if (!values.every(isObject)) return undefined;
  const value = values.length > 1 ? { apiVersion: 'v1', kind: 'List', items: values } : values[0];
  return value === undefined ? undefined : `${JSON.stringify(value, null, 2)}\n`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'metadata' in value;
}

function hasDuplicateKeys(text: string): boolean {
  const problems = readSource(text, 'yaml').documents.flatMap(({ tree }) => tree.problems);
  return problems.some(({ kind }) => kind === 'duplicate-key');
}

/** Writes every document in flow style. */
export function toFlow(text: string): string | undefined {
  // Plain values hold a key once.
  if (hasDuplicateKeys(text)) return undefined;
  const values = resourcesToPlain(text);
  // Anchors are gone from plain values, and with them what the case is about.
  if (values.length === 0 || /[&*][a-z]/i.test(text.replace(/#.*$/gm, ''))) return undefined;
  return `${values.map((value) => JSON.stringify(value, null, 2)).join('\n---\n')}\n`;
}

/** As the second of three documents of its file. */
export function toMiddleDocument(text: string): string {
  const body = /^(---)/.test(text) ? text : `---\n${text}`;
  return `${FIRST}${body}${body.endsWith('\n') ? '' : '\n'}---\n${THIRD}`;
}

/** The ways in which every YAML fixture is also written. */
export const YAML_VARIANTS: readonly Variant[] = [
  { name: 'as written', toText: (text) => text },
  { name: 'CRLF', toText: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'BOM', toText: (text) => `\uFEFF${text}` },
  { name: 'four spaces', toText: toFourSpaces },
  { name: 'flow style', toText: toFlow },
  { name: 'second of three documents', toText: toMiddleDocument },
  { name: 'inside a List', toText: toListItem },
  { name: 'inside a list of its kind', toText: toTypedListItem },
  { name: 'as JSON', toText: toJson, toName: (name) => name.replace(/\.ya?ml$/, '.json') },
  { name: 'no final newline', toText: (text) => text.replace(/\n+$/, '') },
];

/** The ways in which every JSON fixture is also written. */
export const JSON_VARIANTS: readonly Variant[] = [
  { name: 'as written', toText: (text) => text },
  { name: 'CRLF', toText: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'BOM', toText: (text) => `\uFEFF${text}` },
  { name: 'tabs', toText: (text) => text.replace(/^( {2})+/gm, (indent) => '\t'.repeat(indent.length / 2)) },
  { name: 'no final newline', toText: (text) => text.replace(/\n+$/, '') },
];
