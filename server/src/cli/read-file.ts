import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { toSystemReason } from './problem';
import { waitBriefly } from './wait';

/** A larger file is not read: no manifest is that long, and the time would be missed elsewhere. */
const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** How a file's text is written as bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A file, read: `text` without its byte order mark, as editors show it. */
export interface ReadFile {
  readonly text: string;
  readonly encoding: Encoding;
  readonly hasByteOrderMark: boolean;
  readonly bytes: Uint8Array;
}

/** What was read, or the reason why it could not be. */
export type ReadResult = ReadFile | { readonly reason: string };

/** Reads a file. Only a regular file, unless the user named it: a pipe that someone left in a folder would block for ever. */
export function readTextFile(path: string, isNamed: boolean): ReadResult {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return { reason: 'Cannot be read: it is a folder.' };
    if (!found.isFile() && !isNamed) return { reason: 'Not read: it is a pipe, a socket or a device.' };
    if (found.size > MAX_FILE_BYTES) return { reason: toTooLong(found.size) };
    return found.isFile() ? decodeText(readFileSync(path)) : readStream(path);
  } catch (error) {
    return { reason: `Cannot be read: ${toSystemReason(error)}.` };
  }
}

/** A pipe or a device, whose size is not known beforehand. */
function readStream(path: string): ReadResult {
  const descriptor = openSync(path, 'r');
  try {
    return readDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads standard input to its end. */
export function readStandardInput(): ReadResult {
  return readDescriptor(0);
}

/** Reads to the end, or to where it is too much. */
function readDescriptor(descriptor: number): ReadResult {
  const chunks: Uint8Array[] = [];
  for (let size = 0; size <= MAX_FILE_BYTES; ) {
    const chunk = Buffer.alloc(65_536);
    try {
      const count = readSync(descriptor, chunk);
      if (count === 0) break;
      size += count;
      chunks.push(chunk.subarray(0, count));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // On Windows the end of a pipe is an error.
      if (code === 'EOF') break;
      if (code !== 'EAGAIN') return { reason: `Cannot be read: ${toSystemReason(error)}.` };
      waitBriefly();
    }
  }
  const bytes = Buffer.concat(chunks);
  return bytes.length > MAX_FILE_BYTES ? { reason: `Not checked: ${TOO_LONG}` } : decodeText(bytes);
}

/** Reads bytes as text: UTF-8, or UTF-16 where a byte order mark says so. */
function decodeText(bytes: Uint8Array): ReadResult {
  const encoding = getEncoding(bytes);
  const name = encoding.toUpperCase().replace(/[LB]E$/, '');
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const isBinary = encoding === 'utf-8' && bytes.includes(0);
    return { reason: isBinary ? BINARY : `Cannot be read: it is not valid ${name}.` };
  }
  if (text.includes('\0')) return { reason: BINARY };
  const hasByteOrderMark = text.startsWith('\uFEFF');
  return { text: hasByteOrderMark ? text.slice(1) : text, encoding, hasByteOrderMark, bytes };
}

/** The bytes of a text, written the way another file's text was. */
export function encodeText(text: string, like: Pick<ReadFile, 'encoding' | 'hasByteOrderMark'>): Uint8Array {
  const marked = like.hasByteOrderMark ? `\uFEFF${text}` : text;
  if (like.encoding === 'utf-8') return Buffer.from(marked, 'utf8');
  const bytes = Buffer.from(marked, 'utf16le');
  return like.encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

const BINARY =
  'Cannot be read: it holds NUL characters, so it is a binary file, or UTF-16 or UTF-32 without a byte order mark.';

function getEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

const TOO_LONG = `files over ${MAX_FILE_BYTES / 1024 / 1024} MB are not read.`;

function toTooLong(size: number): string {
  return `Not checked: it has ${(size / 1024 / 1024).toFixed(1)} MB, and ${TOO_LONG}`;
}
