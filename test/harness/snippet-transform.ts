/**
 * Transforms of VS Code snippets: `/regex/format/options}` after a tab stop or a variable.
 */

/** A pattern and what stands in place of each match. */
export interface Transform {
  readonly pattern: RegExp;
  readonly format: readonly Format[];
}

type Format =
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'group';
      readonly index: number;
      readonly modifier?: string;
      readonly ifMatched?: string;
      readonly ifMissing?: string;
    };

const GROUP =
  /\$(?:(\d+)|\{(\d+)(?::(?:\/([a-z]+)|\+((?:\\.|[^}\\])+)|\?((?:\\.|[^:\\])+):((?:\\.|[^}\\])+)|-?((?:\\.|[^}\\])+)))?\})/y;

/** Reads a transform that begins just after the first `/`; undefined when it is not one. `end` is behind its `}`. */
export function parseTransform(source: string, start: number): { value: Transform; end: number } | undefined {
  const regex = readUntil(source, start, '/');
  if (!regex) return undefined;
  const format: Format[] = [];
  let at = regex.end;
  while (source.charAt(at) !== '/') {
    if (at >= source.length) return undefined;
    GROUP.lastIndex = at;
    const group = GROUP.exec(source);
    if (group) {
      format.push(toGroup(group));
      at += group[0].length;
      continue;
    }
    if (source.charAt(at) === '\\' && /^[\\/]/.test(source.slice(at + 1))) at += 1;
    format.push({ kind: 'text', value: source.charAt(at) });
    at += 1;
  }
  const options = readUntil(source, at + 1, '}');
  if (!options) return undefined;
  try {
    return { value: { pattern: new RegExp(regex.text, options.text), format }, end: options.end };
  } catch {
    return undefined;
  }
}

/** The text with its match (with option `g`, its matches) replaced; the `else` of a format also serves when none is found. */
export function applyTransform({ pattern, format }: Transform, text: string): string {
  let hasMatched = false;
  const result = text.replace(pattern, (...match: unknown[]) => {
    hasMatched = true;
    return format.map((part) => renderFormat(part, match)).join('');
  });
  const hasElse = format.some((part) => part.kind === 'group' && part.ifMissing !== undefined);
  return hasMatched || !hasElse ? result : format.map((part) => renderFormat(part, [])).join('');
}

function toGroup(match: RegExpExecArray): Format {
  const [, plain, braced, modifier, onlyIf, ifMatched, otherwise, onlyElse] = match;
  const toPlain = (text: string) => text.replace(/\\([$}\\])/g, '$1');
  const matched = onlyIf ?? ifMatched;
  const missing = otherwise ?? onlyElse;
  return {
    kind: 'group',
    index: Number(plain ?? braced),
    ...(modifier !== undefined && { modifier }),
    ...(matched !== undefined && { ifMatched: toPlain(matched) }),
    ...(missing !== undefined && { ifMissing: toPlain(missing) }),
  };
}

function renderFormat(part: Format, match: readonly unknown[]): string {
  if (part.kind === 'text') return part.value;
  const found = match[part.index];
  const value = typeof found === 'string' ? found : '';
  if (part.modifier !== undefined) return modify(part.modifier, value);
  if (value !== '') return part.ifMatched ?? value;
  return part.ifMissing ?? '';
}

function modify(modifier: string, value: string): string {
  const capitalize = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const pascal = (value.match(/[a-z0-9]+/gi) ?? []).map(capitalize).join('');
  const separate = (mark: string) =>
    value
      .replace(/(\p{Ll})(\p{Lu})/gu, `$1${mark}$2`)
      .replace(/[\s_-]+/g, mark)
      .toLowerCase();
  switch (modifier) {
    case 'upcase':
      return value.toUpperCase();
    case 'downcase':
      return value.toLowerCase();
    case 'capitalize':
      return capitalize(value);
    case 'pascalcase':
      return pascal;
    case 'camelcase':
      return pascal.charAt(0).toLowerCase() + pascal.slice(1);
    case 'kebabcase':
      return separate('-');
    case 'snakecase':
      return separate('_');
    default:
      return value;
  }
}

function readUntil(source: string, start: number, end: string): { text: string; end: number } | undefined {
  let text = '';
  for (let at = start; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === end) return { text, end: at + 1 };
    if (char === '\\' && source.charAt(at + 1) === '/') {
      text += '/';
      at += 1;
      continue;
    }
    text += char;
  }
  return undefined;
}
