/**
 * Reads the body of a VS Code snippet into a tree, after the grammar in the VS Code documentation ("Snippets in Visual
 * Studio Code", section "Grammar"). What does not fit the grammar is text, as in the editor: nothing here throws.
 */
import { parseTransform, type Transform } from './snippet-transform';

/** One part of a snippet body: plain text, a tab stop (placeholder, choice, mirror), or a variable. */
export type Part =
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'stop';
      readonly index: number;
      readonly children: readonly Part[];
      readonly choices?: readonly string[];
      readonly transform?: Transform;
    }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly children: readonly Part[];
      readonly transform?: Transform;
    };

/** A parsed body, and the offset of every `$` that begins nothing and is not escaped. */
export interface ParsedSnippet {
  readonly parts: readonly Part[];
  readonly strayDollars: readonly number[];
}

interface Step<T> {
  readonly value: T;
  readonly end: number;
}

const SIMPLE = /\$(?:(\d+)|([_a-zA-Z][_a-zA-Z0-9]*))/y;
const OPENING = /\$\{(?:(\d+)|([_a-zA-Z][_a-zA-Z0-9]*))/y;

/** Parses a snippet body; lines of an array are joined with `\n`, as the editor does. */
export function parseSnippet(body: string | readonly string[]): ParsedSnippet {
  const source = typeof body === 'string' ? body : body.join('\n');
  const strayDollars: number[] = [];
  const { value } = parseParts(source, 0, false, strayDollars);
  return { parts: value, strayDollars };
}

/** Parses up to the end, or up to the `}` that closes a placeholder; `end` is -1 when that brace is missing. */
function parseParts(source: string, start: number, isNested: boolean, stray: number[]): Step<Part[]> {
  const parts: Part[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push({ kind: 'text', value: text });
    text = '';
  };
  let at = start;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '\\' && /^[$}\\]/.test(source.slice(at + 1))) {
      text += source.charAt(at + 1);
      at += 2;
    } else if (char === '}' && isNested) {
      flush();
      return { value: parts, end: at + 1 };
    } else if (char === '$') {
      const step = parseDollar(source, at, stray);
      if (step) {
        flush();
        parts.push(step.value);
        at = step.end;
      } else {
        stray.push(at);
        text += char;
        at += 1;
      }
    } else {
      text += char;
      at += 1;
    }
  }
  flush();
  return { value: parts, end: isNested ? -1 : at };
}

function parseDollar(source: string, at: number, stray: number[]): Step<Part> | undefined {
  const simple = matchAt(SIMPLE, source, at);
  if (simple) return { value: toPart(simple[1], simple[2], []), end: at + simple[0].length };
  const opening = matchAt(OPENING, source, at);
  if (!opening) return undefined;
  const [whole, index, name] = opening;
  const next = at + whole.length;
  switch (source.charAt(next)) {
    case '}':
      return { value: toPart(index, name, []), end: next + 1 };
    case ':': {
      const strayInside: number[] = [];
      const inner = parseParts(source, next + 1, true, strayInside);
      if (inner.end < 0) return undefined;
      stray.push(...strayInside);
      return { value: toPart(index, name, inner.value), end: inner.end };
    }
    case '|':
      return index === undefined || Number(index) === 0 ? undefined : parseChoice(source, Number(index), next + 1);
    case '/': {
      const transform = parseTransform(source, next + 1);
      return transform && { value: { ...toPart(index, name, []), transform: transform.value }, end: transform.end };
    }
    default:
      return undefined;
  }
}

function parseChoice(source: string, index: number, start: number): Step<Part> | undefined {
  const choices: string[] = [];
  let choice = '';
  let at = start;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '\\' && /^[,|\\]/.test(source.slice(at + 1))) {
      choice += source.charAt(at + 1);
      at += 2;
    } else if (char === ',' || char === '|') {
      if (choice === '') return undefined;
      choices.push(choice);
      choice = '';
      at += 1;
      if (char === ',') continue;
      if (source.charAt(at) !== '}') return undefined;
      const children: Part[] = [{ kind: 'text', value: choices[0] ?? '' }];
      return { value: { kind: 'stop', index, children, choices }, end: at + 1 };
    } else {
      choice += char;
      at += 1;
    }
  }
  return undefined;
}

function toPart(index: string | undefined, name: string | undefined, children: readonly Part[]) {
  return index === undefined
    ? ({ kind: 'variable', name: name ?? '', children } as const)
    : ({ kind: 'stop', index: Number(index), children } as const);
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
