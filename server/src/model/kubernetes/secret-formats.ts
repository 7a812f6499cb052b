// Formats that issuers give to what they issue, so that it can be told from any other text. Sources: the issuers' own pages on
// the prefixes of their keys (AWS IAM identifiers, GitHub token formats, GitLab token prefixes, Slack token types, Stripe API
// keys), RFC 7468 and RFC 4716 for keys between dashes, RFC 7519 for JSON Web Tokens.

/** A format with what it is called. The first match whose `check` holds counts. */
interface SecretFormat {
  /** With an article, for a sentence: `an AWS access key id`. */
  readonly label: string;
  readonly pattern: RegExp;
  readonly check?: (match: RegExpMatchArray, text: string) => boolean;
  /** True where the pattern matches only the beginning. */
  readonly isOpenEnded?: boolean;
}

// Every pattern begins with literal text (or a class of few letters) and repeats nothing without bound beside a fixed end, so
// that the cost of a search grows with the length of the text alone.
const FORMATS: readonly SecretFormat[] = [
  {
    label: 'a private key',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----((?:[\s\S](?!-----)){0,600})/g,
    check: ([, body = '']) => hasKeyMaterial(body),
    isOpenEnded: true,
  },
  {
    label: 'a private key in base64',
    pattern: /\bLS0tLS1CRUdJTi[A-Za-z0-9+/]{40,120}/g,
    isOpenEnded: true,
    check: ([text]) => /PRIVATE KEY(?: BLOCK)?-----[\s\S]/.test(decodeStart(text)),
  },
  { label: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  {
    label: 'a GitHub token',
    pattern: /\b(?:gh[opsur]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g,
  },
  { label: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|ptt|agent|soat)-[A-Za-z0-9_-]{20,64}/g },
  { label: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,250}/g },
  {
    label: 'a Slack webhook address',
    pattern:
      /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{6,14}\/[AB][A-Z0-9]{6,14}\/[A-Za-z0-9]{16,40}/g,
  },
  { label: 'a Stripe live key', pattern: /\b[sr]k_live_[A-Za-z0-9]{16,250}\b/g },
  { label: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  { label: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { label: 'a PyPI token', pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,250}/g },
  { label: 'a SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g },
  { label: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { label: 'a Docker Hub token', pattern: /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{27,64}/g },
  { label: 'a Vault token', pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24,250}/g },
  { label: 'a Grafana token', pattern: /\bgl(?:sa|c)_[A-Za-z0-9_]{32,250}/g },
  { label: 'an age secret key', pattern: /\bAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\b/g },
  { label: 'an Azure storage key', pattern: /(?<=\bAccountKey=)[A-Za-z0-9+/]{86}==/g },
  { label: 'an OpenAI key', pattern: /\bsk-[A-Za-z0-9_-]{20,120}T3BlbkFJ[A-Za-z0-9_-]{20,120}/g },
  { label: 'an Anthropic key', pattern: /\bsk-ant-[a-z0-9]{3,8}-[A-Za-z0-9_-]{80,120}/g },
  {
    label: 'a JSON Web Token',
    pattern: /\beyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{20,1500}/g,
    check: ([text]) => !text.endsWith(TUTORIAL_SIGNATURE),
  },
];

// How each of the formats begins. Most texts have none of it, and are told by one search in place of twenty.
const BEGINNINGS =
  /-----BEGIN|LS0tLS1CRUdJTi|AKIA|ASIA|gh[opsur]_|github_pat_|gl(?:pat|dt|rt|ptt|agent|soat)-|gl(?:sa|c)_|xox[abeoprs]-|hooks\.slack|k_live_|AIza|npm_|pypi-|SG\.|do[opr]_v1_|dckr_|hv[sbr]\.|AGE-SECRET|AccountKey=|sk-|eyJ/;

// What every introduction to JSON Web Tokens shows.
const TUTORIAL_SIGNATURE = 'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';

/** The name of a format that a text holds, and where it begins; undefined for none. What says that it is an example is none. */
export function findKnownFormat(
  text: string,
): { readonly label: string; readonly index: number; readonly end: number | undefined } | undefined {
  if (!BEGINNINGS.test(text)) return undefined;
  for (const { label, pattern, check, isOpenEnded } of FORMATS) {
    for (const match of text.matchAll(pattern)) {
      if (isMadeUp(match[0]) || check?.(match, text) === false) continue;
      return {
        label: isServiceAccountKey(label, text) ? 'the key of a Google Cloud service account' : label,
        index: match.index,
        end: isOpenEnded ? undefined : match.index + match[0].length,
      };
    }
  }
  return undefined;
}

/** True for what an author writes in place of the real thing: `AKIAIOSFODNN7EXAMPLE`, `ghp_xxxxxxxx…`, `xoxb-your-token`. */
function isMadeUp(text: string): boolean {
  const tail = text.slice(0, 400);
  return /example|your|dummy|fake|redacted|placeholder|x{6}|0{8}|1{8}|123456789|abcdefgh|\.\.\.|\*{4}/i.test(tail);
}

/** Text between the dashes that is a key, not `…` or `<your key>`. */
function hasKeyMaterial(body: string): boolean {
  return /[A-Za-z0-9+/=]{40}/.test(body.slice(0, 600));
}

function isServiceAccountKey(label: string, text: string): boolean {
  return label === 'a private key' && /"type"\s{0,4}:\s{0,4}"service_account"/.test(text);
}

function decodeStart(text: string): string {
  const whole = text.slice(0, 120);
  return decodeBase64(whole.slice(0, whole.length - (whole.length % 4))) ?? '';
}

/** What standard base64 stands for, byte by byte as Latin-1; undefined for what is none. Line breaks are passed over, as in Go. */
export function decodeBase64(text: string): string | undefined {
  const plain = text.replace(/[\r\n]/g, '');
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return undefined;
  return atob(plain);
}
