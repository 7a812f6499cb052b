// Which names promise a secret. A name alone never makes a finding: the value has to look like one, too.

const WORDS: ReadonlySet<string> = new Set([
  ...['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'pass', 'secret', 'token', 'credential', 'credentials'],
  ...['apikey', 'authkey', 'secretkey', 'accesskey', 'privatekey', 'bearer', 'authorization', 'auth', 'pat', 'psk'],
]);

/** Words that make a secret of a `key` behind them. */
const KEY_KINDS: ReadonlySet<string> = new Set([
  ...['access', 'account', 'admin', 'api', 'app', 'application', 'auth', 'client', 'cookie', 'crypt', 'encryption'],
  ...[
    'hmac',
    'integration',
    'jwt',
    'license',
    'master',
    'private',
    'secret',
    'security',
    'service',
    'session',
    'shared',
  ],
  ...['sign', 'signing', 'storage', 'webhook', 'write'],
]);

/** Words after which a name speaks of something about a secret: where it lies, how long it holds, what it is called. */
const ABOUT: ReadonlySet<string> = new Set([
  ...[
    'file',
    'filename',
    'path',
    'dir',
    'directory',
    'folder',
    'mount',
    'volume',
    'location',
    'source',
    'src',
    'store',
  ],
  ...['name', 'names', 'id', 'ref', 'reference', 'arn', 'alias', 'label', 'namespace', 'field', 'header', 'prefix'],
  ...['suffix', 'pattern', 'regex', 'format', 'type', 'kind', 'mode', 'method', 'algorithm', 'alg', 'scheme', 'class'],
  ...[
    'url',
    'uri',
    'endpoint',
    'host',
    'server',
    'domain',
    'issuer',
    'audience',
    'scope',
    'scopes',
    'realm',
    'provider',
  ],
  ...[
    'ttl',
    'timeout',
    'expiry',
    'expiration',
    'expires',
    'lifetime',
    'duration',
    'interval',
    'period',
    'age',
    'seconds',
  ],
  ...['length', 'size', 'count', 'limit', 'max', 'min', 'cost', 'rounds', 'policy', 'enabled', 'disabled', 'required'],
  ...['hash', 'hashed', 'digest', 'checksum', 'sha', 'sha1', 'sha256', 'sha512', 'md5', 'bcrypt', 'fingerprint', 'sum'],
  ...['version', 'revision', 'template', 'image', 'command', 'cmd', 'user', 'username', 'email', 'annotation'],
]);

/** Words with which nothing in a name is secret, wherever they stand. */
const PUBLIC: ReadonlySet<string> = new Set([
  ...[
    'public',
    'pub',
    'publishable',
    'cert',
    'certificate',
    'ca',
    'cabundle',
    'csr',
    'jwks',
    'checksum',
    'hash',
    'digest',
  ],
  ...['fingerprint', 'sha256', 'integrity', 'sitekey'],
]);

/** True for a name such as `DB_PASSWORD`, `githubToken` or `--client-secret`, and false for `passwordFile` and `TOKEN_TTL`. */
export function isSecretName(name: string): boolean {
  if (!mayBeSecretName(name)) return false;
  const words = toWords(name);
  const last = words.at(-1) ?? '';
  if (words.some((word) => PUBLIC.has(word)) || ABOUT.has(last)) return false;
  return words.some((word, index) => {
    if (WORDS.has(word)) return true;
    return word === 'key' && KEY_KINDS.has(words[index - 1] ?? '');
  });
}

// A part of each of the words: what has none of them need not be taken apart.
const HINT = /pass|pwd|secret|token|credential|key|bearer|auth|pat|psk/i;

/** False for a text in which no name of a secret can stand; quick. */
export function mayBeSecretName(text: string): boolean {
  return HINT.test(text);
}

const MAX_NAME = 100;

/** The words of a name, in lower case: `awsSecretKey` and `AWS_SECRET_KEY` have the same. */
function toWords(name: string): string[] {
  const tail = name.slice(-MAX_NAME);
  const split = tail.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return split
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
