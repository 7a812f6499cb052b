import type { Tree } from '../node';

/** Literal strings of locals and of the defaults of variables, by the expression that names them: `local.name`, `var.name`. */
export type HclValues = ReadonlyMap<string, string>;

/** No values. */
export const NO_VALUES: HclValues = new Map();

/** What stands for a value that is not known although a file defines it. */
export function toUnknown(name: string): string {
  return `\${${name}}`;
}

/** References that lead to each other in a circle end here. */
const MAX_STEPS = 8;

const READ_WITH = new WeakMap<Tree, HclValues>();

/** Remembers by which values of other files a document was read, so that it can be read again in the same way. */
export function rememberValues(tree: Tree, values: HclValues): Tree {
  READ_WITH.set(tree, values);
  return tree;
}

/** The values of other files by which a document was read; undefined for one that is none of Terraform. */
export function getValues(tree: Tree): HclValues | undefined {
  return READ_WITH.get(tree);
}

/** True for a document of Terraform, be it in HCL or in JSON. */
export function isTerraform(tree: Tree): boolean {
  return tree.language === 'hcl' || READ_WITH.has(tree);
}

/**
 * A text with the values that are known in the places of their names, where `getValue` is told the place and what is written there. What
 * is not known stays as `${…}`.
 */
export function fillIn(
  text: string,
  getValue: (expression: string, at: number, written: string) => string | undefined,
): string {
  return text.replace(
    /(?<!\$)\$\{\s*((?:local|var)\.[\w-]+)\s*\}/g,
    (found: string, name: string, at: number) => getValue(name, at, found) ?? found,
  );
}

/** True for host and path, alone or in an ARN: what nobody writes twice who has given it a name. */
export function isAddress(value: string): boolean {
  return /^(?:arn:.*\/)?[\w-]+(?:\.[\w-]+)+\/\S+$/.test(value);
}

/** The names of values that a text asks for. */
export function listNames(text: string): ReadonlySet<string> {
  return new Set(text.match(/\b(?:local|var)\.[\w-]+/g) ?? []);
}

/**
 * What the definitions of several files come to: those that are literal once the others are filled in. A name that two files
 * define is not known.
 */
export function resolveDefinitions(files: Iterable<HclValues>): Map<string, string> {
  const open = new Map<string, string | undefined>();
  for (const definitions of files) {
    for (const [name, text] of definitions) open.set(name, open.has(name) ? undefined : text);
  }
  const known = new Map<string, string>();
  for (let step = 0, size = -1; step < MAX_STEPS && size !== known.size; step++) {
    size = known.size;
    for (const [name, text] of open) {
      const filled = text === undefined ? undefined : fillIn(text, (other) => known.get(other));
      if (filled !== undefined && !/\$\{|%\{/.test(filled)) known.set(name, filled);
    }
  }
  return known;
}
