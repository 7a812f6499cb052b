import { decodeBase64 } from '../../model/kubernetes/secret-formats';

/** Base64 whose padding is missing or that has blanks in it, when it then stands for readable text. */
export function toMended(text: string): string | undefined {
  const plain = text.replace(/\s+/g, '').replace(/=+$/, '');
  const padded = plain.padEnd(plain.length + ((4 - (plain.length % 4)) % 4), '=');
  const decoded = plain.length < 4 || padded === text ? undefined : decodeBase64(padded);
  return decoded !== undefined && /^[\x20-\x7e\r\n\t]+$/.test(decoded) ? padded : undefined;
}
