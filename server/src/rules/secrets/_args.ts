import { isSecretName } from '../../model/kubernetes/secret-names';
import { isRandomLooking } from '../../model/kubernetes/secret-values';
import { type FoundSecret, findByFormat, MAX_SCANNED_LENGTH } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';

/** A secret in one word of a command line. */
export interface SecretArgument {
  /** The word that holds it. */
  readonly at: Ref;
  readonly found: FoundSecret;
  /** The word before it, where that is the option that it belongs to. */
  readonly option?: Ref;
}

// `--token=x` and `TOKEN=x`, alone or within a script; `--token x` within a script; what is sent as a header.
const ASSIGNED = /(?:^|[\s"'`;&|(])-{0,2}([A-Za-z_][\w.-]{0,60})=["']?([^\s"'`;&|)]{8,512})/g;
const FOLLOWING = /(?:^|\s)--([A-Za-z][\w.-]{1,60})[ \t]{1,4}["']?([^\s"'`;&|)-][^\s"'`;&|)]{7,511})/g;
const HEADER = /\b(Bearer|Basic|authorization)[: \t]{1,4}([A-Za-z0-9+/=._~-]{16,2000})/gi;

/** The secrets among the words of a command. */
export function findSecretArguments(words: readonly Ref[]): SecretArgument[] {
  return words.flatMap((at, index): SecretArgument[] => {
    const text = at.isPresent ? at.string : undefined;
    if (text === undefined) return [];
    const inside = findInText(text);
    if (inside) return [{ at, found: inside }];
    const option = words[index - 1];
    const name = /^--?([A-Za-z][\w.-]{0,60})$/.exec(option?.string ?? '')?.[1];
    if (!option || name === undefined || text.startsWith('-') || !isSecretName(name) || !isRandomLooking(text))
      return [];
    return [{ at, option, found: toNamed(name, 0, text.length) }];
  });
}

/** The first secret within a word, a script or a header. */
export function findInText(text: string): FoundSecret | undefined {
  const scanned = text.slice(0, MAX_SCANNED_LENGTH);
  const known = findByFormat(scanned);
  if (known) return known;
  for (const pattern of [ASSIGNED, FOLLOWING, HEADER]) {
    for (const match of scanned.matchAll(pattern)) {
      const [whole, written = '', value = ''] = match;
      const name = pattern === HEADER ? 'token' : written;
      if (!isSecretName(name) || !isRandomLooking(value)) continue;
      const end = match.index + whole.length;
      return toNamed(name, end - value.length, end);
    }
  }
  return undefined;
}

function toNamed(name: string, start: number, end: number): FoundSecret {
  const label = /pass|pwd/i.test(name) ? 'what looks like a password' : 'what looks like a secret';
  return { label, name, start, end, isKnownFormat: false };
}
