import { isSecretName } from './secret-names';
import { isRandomLooking } from './secret-values';
import { type FoundSecret, findByFormat, findSecretInFile, MAX_SCANNED_LENGTH } from './secrets';

// `--token=x` and `TOKEN=x`, alone or within a script; `--token x` within a script; what is sent as a header.
const ASSIGNED = /(?:^|[\s"'`;&|(])-{0,2}([A-Za-z_][\w.-]{0,60})=["']?([^\s"'`;&|)]{8,512})/g;
const FOLLOWING = /(?:^|\s)--([A-Za-z][\w.-]{1,60})[ \t]{1,4}["']?([^\s"'`;&|)-][^\s"'`;&|)]{7,511})/g;
const HEADER = /\b(Bearer|Basic|authorization)[: \t]{1,4}([A-Za-z0-9+/=._~-]{16,2000})/gi;

/** The first secret within a word, a script or a header. */
export function findSecretInText(text: string): FoundSecret | undefined {
  const scanned = text.slice(0, MAX_SCANNED_LENGTH);
  const known = findByFormat(scanned);
  if (known) return known;
  for (const pattern of [ASSIGNED, FOLLOWING, HEADER]) {
    for (const match of scanned.matchAll(pattern)) {
      const [whole, written = '', value = ''] = match;
      const name = pattern === HEADER ? 'token' : written;
      if (!isSecretName(name) || !isRandomLooking(value)) continue;
      const end = match.index + whole.length;
      return toNamedSecret(name, end - value.length, end);
    }
  }
  return undefined;
}

/** What is found by its look beside a name, which is said as the label of what it may be. */
export function toNamedSecret(name: string, start: number, end: number): FoundSecret {
  const label = /pass|pwd/i.test(name) ? 'what looks like a password' : 'what looks like a secret';
  return { label, name, start, end, isKnownFormat: false };
}

/** True for a text in which a secret stands somewhere: nothing of it is for a report. */
export function holdsSecret(text: string): boolean {
  if (findSecretInFile(text)) return true;
  return text.split('\n').some((line) => findSecretInText(line) !== undefined);
}
