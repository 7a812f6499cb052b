import { type FoundSecret, findByFormat } from '../../model/kubernetes/secrets';
import type { Span } from '../../text/span';

/** A secret in a text of which nothing else is known. */
export interface UnreadSecret {
  readonly found: FoundSecret;
  /** What stands before it: on its line, or on one above where it begins the line. */
  readonly span: Span;
}

const MOST = 20;

/** The secrets of a template of a Kubernetes object whose format cannot be mistaken. */
export function findUnreadSecrets(text: string): UnreadSecret[] {
  if (!/^[ \t-]*apiVersion:/m.test(text) || !/^[ \t-]*kind:/m.test(text)) return [];
  const secrets: UnreadSecret[] = [];
  collect(text, 0, text.length, secrets);
  return secrets.sort((a, b) => a.span.start - b.span.start);
}

/** Formats are looked for one after the other, so that there may be another before the one that is found, and after it. */
function collect(text: string, from: number, to: number, secrets: UnreadSecret[]): void {
  const found = secrets.length < MOST ? findByFormat(text.slice(from, to)) : undefined;
  if (!found) return;
  const start = from + found.start;
  secrets.push({ found, span: toSpanBefore(text, start) });
  collect(text, from, start, secrets);
  // A key between dashes has no end that is known: it reaches to its last line.
  const end = found.end === undefined ? text.indexOf('-----END', start + 1) : from + found.end;
  if (end > start) collect(text, end, to, secrets);
}

function toSpanBefore(text: string, secret: number): Span {
  let end = secret;
  for (;;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const written = text.slice(start, toWrittenEnd(text, start, end));
    const indentation = written.length - written.trimStart().length;
    if (indentation < written.length) return { start: start + indentation, end: start + written.length };
    if (start === 0) return { start: 0, end: Math.min(1, text.length) };
    end = start - 1;
  }
}

/** Where what is written ends before quotes and blanks. */
function toWrittenEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /["'\s]/.test(text.charAt(last - 1))) last -= 1;
  return last;
}
