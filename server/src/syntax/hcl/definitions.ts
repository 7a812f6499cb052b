import { parseJson } from '../json';
import { MAX_DOCUMENT_LENGTH } from '../limits';
import { getPair, type MappingNode, type Node } from '../node';
import { Converter } from './convert';
import { getHclParser } from './grammar';
import { type HclValues, NO_VALUES, toUnknown } from './values';

const IN_HCL = /^[ \t]*(?:locals[ \t]*\{|variable[ \t]+"?[\w-]+"?[ \t]*\{)/m;
const IN_JSON = /"(?:locals|variable)"\s*:/;

/** True for a text that gives names to values, which other files of its folder may use. */
export function hasDefinitions(text: string, isJson = false): boolean {
  return (isJson ? IN_JSON : IN_HCL).test(text);
}

/** What a file calls by which name; `${…}` stands in the texts for what is computed. Never throws. */
export function readDefinitions(text: string, isJson: boolean): HclValues {
  if (!hasDefinitions(text, isJson) || text.length > MAX_DOCUMENT_LENGTH) return NO_VALUES;
  try {
    const root = isJson ? parseJson(text).root : readRoot(text);
    return root?.type === 'mapping' ? collectDefinitions(root) : NO_VALUES;
  } catch {
    return NO_VALUES;
  }
}

/**
 * The values that a file of variables (`terraform.tfvars`) sets, by `var.name`; what is no text is `${var.name}`, and so is all that one
 * seems to set that cannot be read. Never throws.
 */
export function readAssignments(text: string, isJson: boolean): HclValues {
  if (text.length > MAX_DOCUMENT_LENGTH) return NO_VALUES;
  const root = readAssigning(text, isJson);
  if (root?.type !== 'mapping') return new Map(listAssigned(text).map((name) => [name, toUnknown(name)]));
  return new Map(
    root.pairs.flatMap(({ key, value }) => {
      const isText = value?.type === 'scalar' && typeof value.value === 'string';
      return key === undefined ? [] : [[`var.${key}`, isText ? value.text : toUnknown(`var.${key}`)] as const];
    }),
  );
}

/** The file as one mapping; undefined for text that is no such, as it is while someone types. */
function readAssigning(text: string, isJson: boolean): Node | undefined {
  try {
    if (!isJson) return readRoot(text);
    const { root, problems } = parseJson(text);
    return problems.length === 0 ? root : undefined;
  } catch {
    return undefined;
  }
}

/** What a text may set, by the words that an equals sign or a colon follows. */
function listAssigned(text: string): string[] {
  return text.split(/[\n,{]/).flatMap((part) => {
    const name = /^\s*"?([A-Za-z_][\w-]*)"?\s*[=:]/.exec(part)?.[1];
    return name === undefined ? [] : [`var.${name}`];
  });
}

function readRoot(text: string): Node | undefined {
  return getHclParser()?.(text, (root) => (root.hasError ? undefined : new Converter(text).toRoot(root)));
}

/** What the root of a file calls by which name. */
export function collectDefinitions(root: MappingNode): HclValues {
  const found = new Map<string, string>();
  const remember = (name: string, value: Node | undefined) => {
    if (value?.type === 'scalar' && typeof value.value === 'string') found.set(name, value.text);
  };
  for (const locals of listOf(getPair(root, 'locals')?.value)) {
    for (const { key, value } of locals.pairs) remember(`local.${key}`, value);
  }
  for (const variables of listOf(getPair(root, 'variable')?.value)) {
    for (const { key, value } of variables.pairs) {
      for (const body of listOf(value)) remember(`var.${key}`, getPair(body, 'default')?.value);
    }
  }
  return found;
}

/** A block, or each of several: HCL has them as a sequence, JSON may have either. */
function listOf(node: Node | undefined): MappingNode[] {
  if (node?.type === 'mapping') return [node];
  if (node?.type !== 'sequence') return [];
  return node.items.flatMap((item) => (item?.type === 'mapping' ? [item] : []));
}
