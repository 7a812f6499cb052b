import type { LabelRequirement } from './selectors';

const TOKEN = /\s*(?:"([^"]*)"|'([^']*)'|(&&|\|\||==|!=|[!(){},])|([\w./-]+))/y;

type Token = { readonly text: string; readonly isValue: boolean };

/** With more brackets than this it is no selector that anybody wrote, and reading it could be too deep. */
const MAX_BRACKETS = 500;

/** Asks for something that nothing has: what it stands for lies outside of every namespace. */
const NOTHING: LabelRequirement = { key: '', operator: 'In', values: [] };

/**
 * What a selector of Calico asks for, where all of it has to hold (`has(a) && b not in {"x"}`); undefined for one that says more
 * than the label selectors of the API can: alternatives, parts of values, a negated group.
 */
export function parseCalicoSelector(text: string): LabelRequirement[] | undefined {
  const tokens = text.split('(').length > MAX_BRACKETS ? undefined : toTokens(text);
  if (!tokens) return undefined;
  if (tokens.length === 0) return [];
  const rest = [...tokens];
  const found = readAll(rest);
  return rest.length === 0 ? found : undefined;
}

function toTokens(text: string): Token[] | undefined {
  const trimmed = text.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) return undefined;
    const value = match[1] ?? match[2];
    tokens.push({ text: value ?? match[3] ?? match[4] ?? '', isValue: value !== undefined });
  }
  return tokens;
}

function take(rest: Token[], text: string): boolean {
  const isThere = rest[0]?.isValue === false && rest[0].text === text;
  if (isThere) rest.shift();
  return isThere;
}

function readAll(rest: Token[]): LabelRequirement[] | undefined {
  const found: LabelRequirement[] = [];
  do {
    const one = readOne(rest);
    if (!one) return undefined;
    found.push(...one);
  } while (take(rest, '&&'));
  return found;
}

function readOne(rest: Token[]): LabelRequirement[] | undefined {
  const isNegated = take(rest, '!');
  if (take(rest, '(')) {
    const found = readAll(rest);
    return take(rest, ')') && !isNegated ? found : undefined;
  }
  const name = rest.shift();
  if (!name || name.isValue) return undefined;
  if (take(rest, '(')) {
    const key = take(rest, ')') ? undefined : rest.shift()?.text;
    if (key !== undefined && !take(rest, ')')) return undefined;
    return readCall(name.text, key, isNegated);
  }
  const values = isNegated ? undefined : readComparison(rest);
  return values && [{ key: name.text, ...values }];
}

function readCall(name: string, key: string | undefined, isNegated: boolean): LabelRequirement[] | undefined {
  if (name === 'has' && key) return [{ key, operator: isNegated ? 'DoesNotExist' : 'Exists', values: [] }];
  if (key !== undefined || isNegated) return undefined;
  if (name === 'all') return [];
  return name === 'global' ? [NOTHING] : undefined;
}

function readComparison(rest: Token[]): Omit<LabelRequirement, 'key'> | undefined {
  const word = rest.shift()?.text;
  if (word === '==' || word === '!=') {
    const value = rest.shift();
    return value?.isValue ? { operator: word === '==' ? 'In' : 'NotIn', values: [value.text] } : undefined;
  }
  const isNegated = word === 'not';
  if (!(isNegated ? take(rest, 'in') : word === 'in') || !take(rest, '{')) return undefined;
  const values: string[] = [];
  while (!take(rest, '}')) {
    const value = rest.shift();
    if (!value?.isValue) return undefined;
    values.push(value.text);
    take(rest, ',');
  }
  return { operator: isNegated ? 'NotIn' : 'In', values };
}
