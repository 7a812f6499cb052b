import { decodeBase64 } from '../../model/kubernetes/secret-formats';

/** Base64 whose padding is missing or that has blanks in it, when it then stands for readable text. */
export function toMended(text: string): string | undefined {
  const plain = withoutPadding(text.replace(/\s+/g, ''));
  const padded = plain.padEnd(plain.length + ((4 - (plain.length % 4)) % 4), '=');
  const decoded = plain.length < 4 || padded === text ? undefined : decodeBase64(padded);
  return decoded !== undefined && /^[\x20-\x7e\r\n\t]+$/.test(decoded) ? padded : undefined;
}

function withoutPadding(text: string): string {
  let end = text.length;
  while (text[end - 1] === '=') end -= 1;
  return text.slice(0, end);
}

const MIN_INNER_LENGTH = 8;

/**
 * What a text stands for that is itself base64 of readable text; undefined for any other. Chance makes bytes of base64, but
 * seldom letters, so that a word or a random value is not taken for one.
 */
export function toInner(text: string): string | undefined {
  const plain = text.trim();
  const inner = plain.length < MIN_INNER_LENGTH || /[\r\n]/.test(plain) ? undefined : decodeBase64(plain);
  if (inner === undefined || !/^[\x20-\x7e\r\n\t]+$/.test(inner)) return undefined;
  // With few letters chance does it now and then, unless they are as people write them.
  if (inner.length < 9 && !/^[\w.@ -]+$/.test(inner)) return undefined;
  return isBasicCredentials(inner) ? undefined : inner;
}

/** `user:password`, which HTTP wants encoded. */
function isBasicCredentials(text: string): boolean {
  return /^[^\s:/{]{1,64}:[^\s/]/.test(text);
}
