import type { Severity } from '../../engine/settings';
import type { FoundSecret } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';
import type { Span } from '../../text/span';

/** What to do about a secret that was written down, for the pages of rules. */
export const ROTATE =
  'A secret that was once committed stays in the history of the repository: replace it at its issuer, whatever else you do.';

/** How rules tell secrets from other text, for their pages. */
export const BY_VALUE =
  'A value is judged by what it is: a format that only secrets have (AWS access key ids, tokens of GitHub, GitLab, Slack or Stripe, private keys, JSON Web Tokens, URLs with a password), or one that looks random beside a name such as `DB_PASSWORD`. The name alone is never enough. Placeholders (`changeme`, `<token>`, `$(TOKEN)`), words that everybody knows (`password`, `admin`), hashes, UUIDs, certificates and public keys are not reported, and no message shows the secret.';

/** A known format is no guess. */
export function toSeverity({ isKnownFormat }: FoundSecret): Severity {
  return isKnownFormat ? 'error' : 'warning';
}

/**
 * The key or name to point at in place of the secret: reports show the text that is pointed at, and the secret itself must not
 * get into the log of a pipeline.
 */
export function atName(name: Ref, value: Ref): { at: Ref; span?: Span } {
  const span = name.scalar?.span;
  return span && !name.isShared ? { at: value, span } : atKey(value);
}

/** The same for an entry of a mapping. */
export function atKey(value: Ref): { at: Ref; span?: Span } {
  return value.keySpan ? { at: value, span: value.keySpan } : { at: value };
}

/** The nearest key above, so that what is pointed at is never the secret. */
export function atHolder(at: Ref): { at: Ref; span?: Span } {
  for (let ref: Ref | undefined = at; ref; ref = ref.parent) if (ref.keySpan) return { at, span: ref.keySpan };
  return { at: at.parent ?? at };
}

/** `"a", "b" and 3 more`. */
export function toNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}
