/**
 * Expands the body of a VS Code snippet to the text that stands in the editor after a person has gone through its tab
 * stops and changed nothing: placeholders keep their default, choices take the first, mirrors repeat.
 */
import { type Part, parseSnippet } from './snippet-parse';
import { applyTransform } from './snippet-transform';

/** A numbered place of a snippet where a person may type. */
export interface SnippetStop {
  readonly index: number;
  readonly choices: readonly string[];
  /** Whether this occurrence carries the default (the others are mirrors of it). */
  readonly hasDefault: boolean;
}

/** Names that the editor always knows; one without a value counts as empty, any other name stands for itself. */
const KNOWN_VARIABLE =
  /^(TM_(SELECTED_TEXT|CURRENT_(LINE|WORD)|LINE_(INDEX|NUMBER)|FILENAME(_BASE)?|DIRECTORY(_BASE)?|FILEPATH)|(REVERSE_)?RELATIVE_FILEPATH|CLIPBOARD|CURSOR_(INDEX|NUMBER)|WORKSPACE_(NAME|FOLDER)|(BLOCK_COMMENT_(START|END)|LINE_COMMENT)|CURRENT_(YEAR(_SHORT)?|MONTH(_NAME(_SHORT)?)?|DATE|DAY_NAME(_SHORT)?|HOUR|MINUTE|SECOND|MILLISECOND|(MILLI)?SECONDS_UNIX|TIMEZONE_(OFFSET|NAME))|RANDOM(_HEX)?|UUID)$/;

/** The text of a snippet with its defaults. `variables` gives values to variables such as `TM_FILENAME_BASE`. */
export function expandSnippet(
  body: string | readonly string[],
  variables: Readonly<Record<string, string>> = {},
): string {
  const { parts } = parseSnippet(body);
  const defaults = getDefaults(parts);
  const render = (part: Part, open: ReadonlySet<number>): string => {
    if (part.kind === 'text') return part.value;
    if (part.kind === 'variable') {
      const value = variables[part.name];
      if (part.transform) return applyTransform(part.transform, value ?? '');
      if (value !== undefined) return value;
      if (part.children.length > 0) return part.children.map((child) => render(child, open)).join('');
      return KNOWN_VARIABLE.test(part.name) ? '' : part.name;
    }
    if (open.has(part.index)) return '';
    const children = part.index === 0 ? part.children : (defaults.get(part.index) ?? []);
    const inside = new Set(open).add(part.index);
    const value = children.map((child) => render(child, inside)).join('');
    return part.transform ? applyTransform(part.transform, value) : value;
  };
  return parts.map((part) => render(part, new Set())).join('');
}

/** Every tab stop of a snippet in the order of the text, nested ones after the one that holds them. */
export function listSnippetStops(body: string | readonly string[]): readonly SnippetStop[] {
  const stops: SnippetStop[] = [];
  visit(parseSnippet(body).parts, (part) => {
    if (part.kind !== 'stop') return;
    stops.push({ index: part.index, choices: part.choices ?? [], hasDefault: part.children.length > 0 });
  });
  return stops;
}

/** The first default written for a number serves every occurrence of it, wherever it stands. */
function getDefaults(parts: readonly Part[]): ReadonlyMap<number, readonly Part[]> {
  const defaults = new Map<number, readonly Part[]>();
  visit(parts, (part) => {
    if (part.kind === 'stop' && part.children.length > 0 && !defaults.has(part.index)) {
      defaults.set(part.index, part.children);
    }
  });
  return defaults;
}

function visit(parts: readonly Part[], use: (part: Part) => void): void {
  for (const part of parts) {
    use(part);
    if (part.kind !== 'text') visit(part.children, use);
  }
}
