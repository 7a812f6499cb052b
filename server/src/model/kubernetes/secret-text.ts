import { isSecretName, mayBeSecretName } from './secret-names';
import { isRandomLooking } from './secret-values';
import { describeNamed, type FoundSecret, findByFormat, MAX_SCANNED_LENGTH } from './secrets';

// `--token=x` and `TOKEN=x`, alone or within a script; `--token x` within a script; what is sent as a header.
const ASSIGNED = /(?:^|[\s"'`;&|(?:/])-{0,2}([A-Za-z_][\w.-]{0,60})=["']?([^\s"'`;&|)]{8,512})/g;
const FOLLOWING = /(?:^|\s)--([A-Za-z][\w.-]{1,60})[ \t]{1,4}["']?([^\s"'`;&|)-][^\s"'`;&|)]{7,511})/g;
// JSON that is not broken into lines, and elements of XML.
const PAIR = /"([A-Za-z_][\w.-]{0,80})"\s{0,8}:\s{0,8}"([^"\\\s]{8,512})"/g;
const ELEMENT = /<([A-Za-z_][\w.-]{0,60})>([^<>\s]{8,512})<\//g;
const HEADER = /\b(Bearer|Basic|authorization)[: \t]{1,4}([A-Za-z0-9+/=._~-]{16,2000})/gi;

/** The first secret within a word, a script or a header. */
export function findSecretInText(text: string): FoundSecret | undefined {
  const scanned = text.slice(0, MAX_SCANNED_LENGTH);
  return findByFormat(scanned) ?? findAssigned(scanned);
}

function findAssigned(text: string): FoundSecret | undefined {
  if (!mayBeSecretName(text) && !/basic/i.test(text)) return undefined;
  for (const pattern of [ASSIGNED, FOLLOWING, HEADER, PAIR, ELEMENT]) {
    const found = findNamed(text, pattern);
    if (found) return found;
  }
  return undefined;
}

function findNamed(text: string, pattern: RegExp): FoundSecret | undefined {
  for (const match of text.matchAll(pattern)) {
    const [whole, written = '', value = ''] = match;
    const name = pattern === HEADER ? 'token' : written;
    if (!isSecretName(name) || !isRandomLooking(value)) continue;
    const start = match.index + whole.lastIndexOf(value);
    return toNamedSecret(name, start, start + value.length);
  }
  return undefined;
}

/** What is found by its look beside a name, which is said as the label of what it may be. */
export function toNamedSecret(name: string, start: number, end: number): FoundSecret {
  return { label: describeNamed(name), name, start, end, isKnownFormat: false };
}

// The value is looked ahead for and then taken whole: a line that ends otherwise must not be tried with each part of it.
// One setting of a file: `password = x`, `password: "x"`, `export TOKEN=x`, `"apiKey": "x",`.
const SETTING =
  /^[\s,{]*(?:export\s+|set\s+|-\s+)?["']?([A-Za-z_][\w.-]{0,80})["']?\s{0,8}(?:=>|[:=])\s{0,8}["']?(?=([^\s"',;]{8,512}))\2["']?[\s,;})\]]*(?:[#;].*)?$/;

// A name, a sign and eight letters; what is longer than a thousand is no line that a person wrote.
const MIN_SETTING = 10;
const MAX_SETTING = 1000;

/** The first secret of a file: by its format, or as the value of a setting whose name promises one. */
export function findSecretInFile(text: string): FoundSecret | undefined {
  const scanned = text.slice(0, MAX_SCANNED_LENGTH);
  const known = findByFormat(scanned);
  if (known) return known;
  let start = 0;
  for (const line of scanned.split('\n')) {
    const isSetting = line.length > MIN_SETTING && line.length <= MAX_SETTING && mayBeSecretName(line);
    const found = isSetting ? findSetting(line) : undefined;
    if (found) return { ...found, start: start + found.start };
    start += line.length + 1;
  }
  return findAssigned(scanned);
}

function findSetting(line: string): FoundSecret | undefined {
  const [, name = '', value = ''] = SETTING.exec(line) ?? [];
  if (!isSecretName(name) || !isRandomLooking(value)) return undefined;
  return { label: describeNamed(name), name, start: line.lastIndexOf(value), isKnownFormat: false };
}

/** True for a text in which a secret stands somewhere: nothing of it is for a report. */
export function holdsSecret(text: string): boolean {
  return findSecretInFile(text) !== undefined;
}
