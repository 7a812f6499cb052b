import type { Span } from '../../text/span';
import type { HclNode } from './grammar';

/** The text of a string, here-document or expression as far as it is known here. */
export interface TemplateText {
  readonly text: string;
  /** True when nothing in it is computed. */
  readonly isLiteral: boolean;
}

/** The value of an expression such as `local.name`; undefined where it is not known here. */
export type Resolve = (expression: string) => string | undefined;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Reads the parts of a string or here-document. What is computed and not known stays as `${…}`. */
export function readTemplate(node: HclNode, source: string, resolve: Resolve, isQuoted: boolean): TemplateText {
  const { start, end } = getContent(node, isQuoted);
  const decode = isQuoted ? unescapeText : String;
  let text = '';
  let at = start;
  let isLiteral = true;
  for (const part of node.children) {
    if (!part || !/^template_(interpolation|directive)/.test(part.type)) continue;
    const written = source.slice(part.startIndex, part.endIndex);
    text += decode(source.slice(at, part.startIndex));
    at = part.endIndex;
    isLiteral = false;
    const inner = part.type === 'template_interpolation' ? written.slice(2, -1).trim() : undefined;
    text += (isQuoted && inner !== undefined ? resolve(inner) : undefined) ?? toPlaceholder(written);
  }
  return { text: text + decode(source.slice(at, end)), isLiteral };
}

/** Where the text of a string is, without its quotes; of a here-document, without the words around it. */
export function getContent(node: HclNode, isQuoted: boolean): Span {
  if (isQuoted) return { start: node.startIndex + 1, end: node.endIndex - 1 };
  const parts = node.children.flatMap((part) => (part?.type.startsWith('template_') ? [part] : []));
  const start = parts[0]?.startIndex ?? node.startIndex;
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
