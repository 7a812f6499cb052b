/** Functions that give what they are given, as far as a policy goes. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'jsonencode',
  'toset',
  'tolist',
  'tostring',
  'sensitive',
  'nonsensitive',
]);

const OF_TEXTS: ReadonlyMap<string, (text: string) => string> = new Map([
  ['chomp', (text: string) => text.replace(/(?<![\r\n])[\r\n]+$/, '')],
  ['trimspace', (text: string) => text.trim()],
]);

/** True for a function of Terraform whose result means here what its argument does. */
export function isTransparent(name: string): boolean {
  return TRANSPARENT.has(name);
}

/** What a function of Terraform makes of one text; undefined for one that is not known here. */
export function applyFunction(name: string, text: string): string | undefined {
  return OF_TEXTS.get(name)?.(text);
}
