import type { ScalarStyle, ScalarValue } from '../node';

// The tables of go-yaml v2, which sigs.k8s.io/yaml (kubectl, the API server, Helm) is built on. `y` and `n` are booleans there.
const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((w) => [w, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((w) => [w, null] as const),
]);

const DECIMAL = /^[-+]?(0|[1-9][0-9]*)$/;
const PREFIXED = /^([-+]?)0(x[0-9a-f]+|o?[0-7]+|b[01]+)$/i;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/**
 * What the API server reads for a scalar: a boolean, null or a number only for plain text that YAML 1.1 (go-yaml v2)
 * gives such a type; a string for all else. Sexagesimal numbers and timestamps stay strings, as there.
 */
export function resolveScalar(text: string, style: ScalarStyle): ScalarValue {
  if (style !== 'plain') return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  // Only a digit, a sign or a dot can start a number; most scalars are names, and end here.
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return text;
  return toNumber(text.replaceAll('_', '')) ?? text;
}

function toNumber(plain: string): number | undefined {
  if (DECIMAL.test(plain)) return Number(plain);
  const prefixed = PREFIXED.exec(plain);
  if (prefixed) {
    const digits = (prefixed[2] ?? '').toLowerCase();
    const size = digits.startsWith('x') ? 16 : digits.startsWith('b') ? 2 : 8;
    const amount = Number.parseInt(digits.replace(/^[xob]/, ''), size);
    return prefixed[1] === '-' ? -amount : amount;
  }
  if (!FLOAT.test(plain)) return undefined;
  const amount = Number(plain);
  // A number too large for a float stays a string, as there.
  return Number.isFinite(amount) ? amount : undefined;
}
