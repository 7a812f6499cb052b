import { findKnownFormat } from './secret-formats';
import { isSecretName } from './secret-names';
import { isPlaceholder, isRandomLooking } from './secret-values';

/** More of a value than this is not looked at: it is as much as the API server takes for a whole object. */
export const MAX_SCANNED_LENGTH = 1_048_576;

/** A secret that was found in a text. Holds nothing of the secret itself, so that no message can show it. */
export interface FoundSecret {
  /** What it is, with an article: `a GitHub token`, `a password in a URL`. */
  readonly label: string;
  /** The name that is given to it in the text: `password` of `password=…`. */
  readonly name?: string;
  /** Where in the text it stands. */
  readonly start: number;
  /** Undefined where its end cannot be told. */
  readonly end?: number | undefined;
  /** True for a format that cannot be mistaken. */
  readonly isKnownFormat: boolean;
}

/** The secret that a value is or holds, by its format, or by its look together with its name; undefined for none. */
export function findSecret(name: string, value: string): FoundSecret | undefined {
  const known = findByFormat(value);
  if (known) return known;
  const text = value.trim();
  if (!isSecretName(name) || !isRandomLooking(text)) return undefined;
  const start = value.indexOf(text);
  return { label: describeNamed(name), start, end: start + text.length, isKnownFormat: false };
}

/** The secret that a text holds by its format alone: a known prefix, or a URL with a password in it. */
export function findByFormat(text: string): FoundSecret | undefined {
  const scanned = text.slice(0, MAX_SCANNED_LENGTH);
  const known = findKnownFormat(scanned);
  if (known) return { label: known.label, start: known.index, end: known.end, isKnownFormat: true };
  return findUrlPassword(scanned);
}

// A scheme, a user and a password before the host. Lengths are bounded to keep the search linear.
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/@"'<>{}]{0,80}):([^\s/@"'<>{}]{3,200})@[a-z0-9[]/gi;

// The same as the drivers of Go for MySQL take it: `user:password@tcp(host:port)/database`.
const DSN_PASSWORD = /(?:^|[\s"'=])([^\s:/@"'<>{}=]{1,80}):([^\s/@"'<>{}]{3,200})@(?:tcp|unix)\(/g;

function findUrlPassword(text: string): FoundSecret | undefined {
  if (!text.includes('@')) return undefined;
  const [isUrl, isDsn] = [text.includes('://'), text.includes('@tcp(') || text.includes('@unix(')];
  for (const pattern of [...(isUrl ? [URL_PASSWORD] : []), ...(isDsn ? [DSN_PASSWORD] : [])]) {
    for (const match of text.matchAll(pattern)) {
      const [whole, user = '', password = ''] = match;
      if (isWeak(user, password)) continue;
      const start = match.index + whole.lastIndexOf(`${password}@`);
      const label = pattern === URL_PASSWORD ? 'a password in a URL' : 'a password in a data source name';
      return { label, start, end: start + password.length, isKnownFormat: true };
    }
  }
  return undefined;
}

/** `postgres:postgres@`, `user:pass@`, `user:$(PASSWORD)@`: what examples show, and what is filled in later. */
function isWeak(user: string, password: string): boolean {
  return (
    isPlaceholder(password) || /^pass(?:word)?$|^\$/i.test(password) || password.toLowerCase() === user.toLowerCase()
  );
}

/** What the value of a name is called, without repeating the name. */
export function describeNamed(name: string): string {
  if (/pass|pwd/i.test(name)) return 'what looks like a password';
  return /token|bearer/i.test(name) ? 'what looks like a token' : 'what looks like a secret key';
}
