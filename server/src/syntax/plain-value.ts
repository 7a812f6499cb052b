/** What may be written into a document. Keys are written in the order given. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** A mapping as a value. */
export type PlainMapping = { readonly [key: string]: PlainValue };

/** True for a mapping, empty or not. */
export function isPlainMapping(value: PlainValue): value is PlainMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a sequence, empty or not. */
export function isPlainSequence(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** True for a mapping or sequence that has something in it. */
export function isFilledCollection(value: PlainValue): value is PlainMapping | readonly PlainValue[] {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
