import type { Span } from '../../text/span';
import type { HclNode } from './grammar';

/** A part of a text that is computed: where it is in the text, and where its expression is written. */
export interface ComputedPart {
  readonly inner: Span;
  readonly outer: Span;
  /** True where its value is known. */
  readonly isKnown: boolean;
}

/** The text of a string, here-document or expression as far as it is known here. */
export interface TemplateText {
  readonly text: string;
  /** What is computed in it, in its order. */
  readonly parts: readonly ComputedPart[];
}

/** The value of an expression such as `local.name`; undefined where it is not known here. */
export type Resolve = (expression: string) => string | undefined;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Reads the parts of a string, or of a here-document as it is written. What is computed and not known stays as `${…}`. */
export function readTemplate(node: HclNode, source: string, resolve: Resolve, isQuoted: boolean): TemplateText {
  const { start, end } = getContent(node, source, isQuoted);
  const decode = isQuoted ? unescapeText : String;
  const parts: ComputedPart[] = [];
  let text = '';
  let at = start;
  for (const part of listComputed(node)) {
    const written = source.slice(part.startIndex, part.endIndex);
    text += decode(source.slice(at, part.startIndex));
    at = part.endIndex;
    const known = resolvePart(part, written, resolve);
    const value = known ?? toPlaceholder(written);
    const inner = { start: text.length, end: text.length + value.length };
    parts.push({ inner, outer: { start: part.startIndex, end: part.endIndex }, isKnown: known !== undefined });
    text += value;
  }
  return { text: text + decode(source.slice(at, end)), parts };
}

function listComputed(node: HclNode): HclNode[] {
  return node.children.flatMap((part) => (part && /^template_(interpolation|directive)/.test(part.type) ? [part] : []));
}

function resolvePart(part: HclNode, written: string, resolve: Resolve): string | undefined {
  return part.type === 'template_interpolation' ? resolve(written.slice(2, -1).trim()) : undefined;
}

/** What stands for an interpolation while lines are cut. */
const MARK = '\u0000';

/**
 * The value of a here-document: its lines up to the one with the closing word, the line break before that one included; by `<<-` without the
 * indentation that they share.
 */
export function readHereDocument(node: HclNode, source: string, resolve: Resolve): string {
  const [opening, word] = node.children;
  const closing = node.children.at(-1);
  if (!opening || !word || !closing) return '';
  const from = source.indexOf('\n', word.endIndex) + 1;
  const to = source.lastIndexOf('\n', closing.startIndex) + 1;
  const values: string[] = [];
  let text = '';
  let at = from;
  for (const part of listComputed(node)) {
    const written = source.slice(part.startIndex, part.endIndex);
    text += source.slice(at, part.startIndex) + MARK;
    values.push(resolvePart(part, written, resolve) ?? toPlaceholder(written));
    at = part.endIndex;
  }
  text = (text + source.slice(at, Math.max(at, to))).replaceAll('\r\n', '\n');
  if (source.startsWith('<<-', opening.startIndex)) text = withoutSharedIndent(text);
  const [first = '', ...rest] = text.replace(/\$\$\{|%%\{/g, (escaped) => escaped.slice(1)).split(MARK);
  return first + rest.map((piece, index) => (values[index] ?? '') + piece).join('');
}

function withoutSharedIndent(text: string): string {
  const lines = text.split('\n');
  const shared = lines.reduce(
    (least, line) => (line.trim() === '' ? least : Math.min(least, line.length - line.trimStart().length)),
    Number.POSITIVE_INFINITY,
  );
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(shared))).join('\n');
}

/** Where the text of a string is, without its quotes; of a here-document, the lines between those with its words. */
export function getContent(node: HclNode, source: string, isQuoted: boolean): Span {
  if (isQuoted) return { start: node.startIndex + 1, end: node.endIndex - 1 };
  const parts = node.children.flatMap((part) => (part?.type.startsWith('template_') ? [part] : []));
  const [, word] = node.children;
  const start = word ? source.indexOf('\n', word.endIndex) + 1 : node.startIndex;
  return { start, end: parts.at(-1)?.endIndex ?? start };
}

/**
 * An interpolation as a placeholder of the same length: what in it would be taken for a part of the text around it (quotes,
 * braces, the `oidc-provider/` of an ARN) is blotted out.
 */
export function toPlaceholder(written: string): string {
  const inner = written
    .slice(2, -1)
    .replace(/"/g, "'")
    .replace(/[\\{}]/g, '_')
    .replace(/[\r\n]/g, ' ');
  return `\${${inner.replaceAll('provider/', 'provider_')}}`;
}

function unescapeText(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{/gs, (found, sequence?: string) => {
    if (sequence === undefined) return found.slice(1);
    if (!/^[uU]./.test(sequence)) return ESCAPES[sequence] ?? sequence;
    const code = Number.parseInt(sequence.slice(1), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** A text as a quoted string of HCL in which nothing is computed but the placeholders given. */
export function quoteText(text: string, placeholders: ReadonlyMap<string, string>): string {
  const known = [...placeholders.keys()].sort((a, b) => b.length - a.length);
  let rest = text;
  let written = '';
  while (rest !== '') {
    const found = known.find((placeholder) => rest.startsWith(placeholder));
    if (found !== undefined) {
      written += placeholders.get(found) ?? found;
      rest = rest.slice(found.length);
      continue;
    }
    const isTemplate = rest.startsWith('${') || rest.startsWith('%{');
    const [unit = ''] = rest;
    written += isTemplate ? `${unit}${unit}` : JSON.stringify(unit).slice(1, -1);
    rest = rest.slice(unit.length);
  }
  return `"${written}"`;
}
