// What a value must look like to be taken for a secret beside a name that promises one.

const MIN_LENGTH = 8;
const MAX_LENGTH = 512;

/** Words that stand where a secret should go, or are none for being known to everybody. */
const COMMON_WORDS =
  /change_?me|replace_?me|replace|insert|example|sample|dummy|fake|placeholder|redacted|password|passwort|passw0rd|p4ssw0rd|passwd|secret|token|credentials?|api_?key|your|default|admin|root|user|guest|test|demo|todo|fixme|none|null|undefined|unset|empty|qwerty|letmein|supersecret|abcdef|abc|xyz|foobar|foo|bar|baz|hello|world|string|value|here|base64|encoded|key|my|the|some|this|not|real|very|long|random|strong|secure|generated?|minimum|characters?|chars|bytes?/gi;

/**
 * True for a value that stands for one to come, or for one that everybody knows: empty, `<token>`, `$(TOKEN)`, `{{ token }}`,
 * `%TOKEN%`, `ENC[…]`, `vault:…`, `changeme`, `password`, `xxxx`, `1234`.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text.length > MAX_LENGTH) return false;
  if (
    text === '' ||
    /^<[^<>]*>$|<[a-zA-Z][^<>]{0,60}>|\$\(|\$\{|\{\{|\}\}|%\(|^%\w+%$|^\$[A-Za-z_]\w*$|^__\w+__$|^@\w+@$|^\[.*\]$|\.\.\.|…|^\*[\w*]*\*$/.test(
      text,
    )
  )
    return true;
  if (/^(?:ENC|AES256|vault|ref\+|op:\/\/|secret:\/\/|ssm:|arn:|env:|file:|awssm|gcpsm|bao:|k8s:\/\/)/i.test(text))
    return true;
  if (/(.)\1{5}/.test(text)) return true;
  const rest = text
    .replace(COMMON_WORDS, '')
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/0?1?2?3456?7?8?9?0?|123|2\d{3}/g, '');
  return rest.length < 4;
}

/** Bits of information per character, by how often each character occurs (Shannon). */
export function getEntropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

const SEPARATORS = /[-_./:,=]/g;

/** True for a value that says what it is without being secret: a path, an address, a UUID, a hash, a public key, a version. */
export function isPublicValue(value: string): boolean {
  if (/^(?:\/|\.{1,2}\/|~\/|[a-z][a-z0-9+.-]{0,20}:\/\/)/i.test(value)) return true;
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)) return true;
  if (/^(?:sha(?:1|224|256|384|512)|md5)[:\-=]/i.test(value) || /@sha256:/.test(value)) return true;
  if (/^(?:\$(?:1|2[abxy]?|5|6|7|y|argon2\w{0,2}|scrypt|apr1|pbkdf2[\w-]{0,10})\$|\{S?SHA|pbkdf2[_:])/i.test(value))
    return true;
  if (/^(?:ssh-|ecdsa-|age1|LS0tLS1CRUdJTiBD|LS0tLS1CRUdJTiBQVUJ|MII[A-Z][A-Za-z0-9+/]{3}[AB]g)/.test(value))
    return true;
  if (/^[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,12}$/i.test(value)) return true;
  if (/^v?\d{1,4}(?:\.\d{1,6}){1,3}(?:[-+:/][\w.-]{0,60})?$/.test(value)) return true;
  return /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,12}(?::\d{1,5})?$/.test(value);
}

/**
 * True for a value that looks made by a generator, or chosen as a good password: long enough, with letters and digits or signs
 * in no order. Names of objects, words and identifiers are not: `redis-ha-token-2`, `mySecretName`.
 */
export function isRandomLooking(value: string): boolean {
  if (value.length < MIN_LENGTH || value.length > MAX_LENGTH || /[\s"'`]/.test(value)) return false;
  if (isPlaceholder(value) || isPublicValue(value)) return false;
  const plain = value.replace(SEPARATORS, '');
  if (plain.length < MIN_LENGTH - 1 || !/[0-9!@#$%^&*?~+|\\;<>(){}[\]]/.test(plain) || !/[A-Za-z]/.test(plain))
    return false;
  const least = plain.length >= 16 ? 3 : 2.7;
  return getEntropy(plain) >= least && countChanges(plain) >= 3;
}

/** How often the kind of character changes; a capital and the small letters behind it are of one kind. */
function countChanges(value: string): number {
  let changes = 0;
  let last = '';
  for (const character of value) {
    const kind = /[a-z]/.test(character)
      ? 'small'
      : /[A-Z]/.test(character)
        ? 'capital'
        : /\d/.test(character)
          ? 'digit'
          : 'sign';
    if (last !== '' && kind !== last && !(last === 'capital' && kind === 'small')) changes++;
    last = kind;
  }
  return changes;
}
