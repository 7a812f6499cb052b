import { resolveScalar } from '../scalar';

/** Which quotes a document prefers. */
export type Quote = '"' | "'";

// What starts a token of its own, or would be read as something else than a word by some YAML 1.1 reader.
const INDICATOR = /^[\s,[\]{}#&*!|>'"%@`=<]|^[-?:](?:\s|$)|^(?:---|\.\.\.)/;
// Timestamps, sexagesimal numbers and special floats: go-yaml leaves most of them strings, other readers do not.
const TYPED = /^(?:[-+]?\.(?:inf|nan)|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?.*|0o[0-7]+)$/i;
const UNSAFE = /:(?:\s|$)|\s#|\s$|[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;

/** True when a string can be written without quotes and is read back as that string by YAML 1.1 and 1.2 readers. */
export function isPlainSafe(text: string, isFlow: boolean): boolean {
  if (text === '' || resolveScalar(text, 'plain') !== text) return false;
  if (INDICATOR.test(text) || TYPED.test(text) || UNSAFE.test(text)) return false;
  // YAML 1.1 ends a plain scalar at these between brackets, `?` included.
  return !isFlow || !/[,[\]{}:?]/.test(text);
}

/** Writes a string between quotes; single quotes only where they can hold it. */
export function quote(text: string, preferred: Quote): string {
  if (preferred === "'" && !/[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u.test(text)) {
    return `'${text.replaceAll("'", "''")}'`;
  }
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Writes a string as plain text where that is safe, else between quotes. `hasQuotes` quotes it in any case. */
export function writeString(text: string, isFlow: boolean, preferred: Quote, hasQuotes = false): string {
  return !hasQuotes && isPlainSafe(text, isFlow) ? text : quote(text, preferred);
}
